"""What is a command and what is an address, in what people type on the console."""

from __future__ import annotations

import pytest

from cop_bot.platforms.console.parse import after_mention, links, mentions_first


@pytest.mark.parametrize("text", ["@CoP Bot status", " @cop bot: status", "@CoP Bot, status"])
def test_a_text_that_begins_with_the_bots_name_is_a_command(text: str) -> None:
    assert mentions_first(text)
    assert after_mention(text) == "status"


@pytest.mark.parametrize("text", ["status", "I asked @CoP Bot status", "@CoP Bottle status"])
def test_every_other_text_is_not(text: str) -> None:
    assert not mentions_first(text)
    assert after_mention(text) == text


def test_an_address_ends_before_the_punctuation_of_its_sentence() -> None:
    text = "See https://example.org/a. Or (https://example.org/b_(c)), https://example.org/a, mailto:a@example.org"
    assert links(text) == ("https://example.org/a", "https://example.org/b_(c)")
