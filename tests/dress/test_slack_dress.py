"""How a message looks in Slack, and what members can't do to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_bot.domain.message import (
    Bullets,
    Button,
    Buttons,
    Code,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Person,
    Words,
)
from cop_bot.dress.slack import blocks, plain

OPENS = Moment(datetime(2020, 11, 23, 8, 0, tzinfo=UTC), "Europe/Amsterdam")

HOSTILE = [
    "<!channel> <!here> <!everyone>",
    "<@U123> <!subteam^S1>",
    "<https://evil.example|https://bank.example>",
    "&lt;!channel&gt;",
    "*bold* _italic_ ~gone~ `code` ```open",
    "> quoted",
    ":boom:",
]


def elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = block["elements"][0]["elements"]
    return found


def test_a_deadline_is_shown_in_each_readers_zone_and_the_fallback_names_one() -> None:
    message = Message((Paragraph((Words("Opens "), OPENS)),))
    date = elements(blocks(message)[0])[1]
    assert date["type"] == "date"
    assert date["timestamp"] == 1606118400
    assert date["format"] == "{date_long_pretty} {time}"
    assert "09:00" in date["fallback"]
    assert "Europe/Amsterdam" in date["fallback"]
    assert plain(message) == f"Opens <!date^1606118400^{{date_long_pretty}} {{time}}|{date['fallback']}>"


def test_the_fallback_of_a_time_speaks_the_members_language() -> None:
    assert "maandag" in plain(Message((Paragraph((OPENS,)),), "nl"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_members_words_stay_words(text: str) -> None:
    message = Message((Paragraph((Words(text),)), Bullets(((Words(text),),)), Note((Words(text),)), Heading(text)))
    dressed = blocks(message)
    assert elements(dressed[0]) == [{"type": "text", "text": text}]
    assert dressed[1]["elements"][0]["elements"][0]["elements"] == [{"type": "text", "text": text}]
    assert dressed[3]["text"] == {"type": "plain_text", "text": text, "emoji": False}
    for line in plain(message).splitlines():
        assert not any(sign in line for sign in "<>")


@given(st.text(max_size=40))
def test_small_print_never_formats_mentions_or_links(text: str) -> None:
    for block in blocks(Message((Note((Words(text),)),))):
        if block["type"] == "context":
            shown = block["elements"][0]
            assert shown["verbatim"] is True
            assert not any(sign in shown["text"] for sign in "<>*_~`")
        else:
            assert "".join(part["text"] for part in elements(block)) == text


def test_small_print_keeps_its_links_and_moments() -> None:
    note = Note((Words("Next: "), OPENS, Words(" "), Link("https://example.org/a|b", "agenda")))
    (block,) = blocks(Message((note,)))
    assert block["type"] == "context"
    assert block["elements"][0]["text"].startswith("Next: <!date^1606118400^")
    assert block["elements"][0]["text"].endswith("<https://example.org/a%7Cb|agenda>")


def test_only_web_addresses_become_links() -> None:
    message = Message((Paragraph((Link("javascript:alert(1)", "here"), Link("https://example.org/p1", "#12"))),))
    shown = elements(blocks(message)[0])
    assert shown == [
        {"type": "text", "text": "here (javascript:alert(1))"},
        {"type": "link", "url": "https://example.org/p1", "text": "#12"},
    ]


def test_the_key_is_the_id_of_the_first_block() -> None:
    message = Message((Paragraph((Words(""),)), Heading("Theme 1"), Paragraph((Words("Welcome"),))))
    dressed = blocks(message, "a1/session/1/opening")
    assert [block.get("block_id") for block in dressed] == ["a1/session/1/opening", None]


def test_people_are_named_and_not_called() -> None:
    message = Message((Paragraph((Person("Amina", "U1"), Words(" asked"), Code("/cop help"))),))
    assert elements(blocks(message)[0]) == [
        {"type": "text", "text": "Amina"},
        {"type": "text", "text": " asked"},
        {"type": "text", "text": "/cop help", "style": {"code": True}},
    ]
    assert plain(message) == "Amina asked`/cop help`"


def test_buttons_carry_what_would_be_typed_and_say_whether_their_message_stays() -> None:
    row = Buttons((Button("Erase it all", "settings forget yes", "danger"), Button("Leave it", "cancel")))
    message = Message((Paragraph((Words("Sure?"),)), row))
    asked = blocks(message)[1]["elements"]
    assert [(one["value"], one.get("style")) for one in asked] == [("settings forget yes", "danger"), ("cancel", None)]
    assert len({one["action_id"] for one in asked}) == 2
    assert all(one["action_id"].startswith("cop:answer:") for one in asked)
    assert all(one["action_id"].startswith("cop:notice:") for one in blocks(message, "key")[1]["elements"])


def test_a_button_that_slack_would_refuse_is_left_to_typing() -> None:
    row = Buttons((Button("x" * 90, "help"), Button("Say it", "idea " + "x" * 2_000)))
    (only,) = blocks(Message((row,)))[0]["elements"]
    assert len(only["text"]["text"]) == 75


def test_what_is_too_long_for_one_element_is_still_all_there() -> None:
    heading, text = "h" * 151, "t" * 7_000
    dressed = blocks(Message((Heading(heading), Paragraph((Words(text),)), Note((Words(text),)))))
    assert elements(dressed[0]) == [{"type": "text", "text": heading, "style": {"bold": True}}]
    for block in dressed[1:]:
        assert "".join(part["text"] for part in elements(block)) == text
        assert max(len(part["text"]) for part in elements(block)) <= 3_000


def test_lists_have_their_title_above_and_empty_parts_are_left_out() -> None:
    message = Message((Bullets(((Words("one"),), (Words(""),)), "Ideas"), Paragraph(()), Bullets(())))
    (block,) = blocks(message)
    above, listed = block["elements"]
    assert above["elements"] == [{"type": "text", "text": "Ideas", "style": {"bold": True}}]
    assert (listed["style"], len(listed["elements"])) == ("bullet", 1)
    assert plain(message).startswith("Ideas\n• one")
