"""What people type around summaries, with their mistakes: whoever is unclear is told how, and nothing else is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.community import CLOSES, EMBEDDED, OPENS, Community

pytestmark = EMBEDDED
BUDGET = "Let partners in the South chair the meeting that decides on the budget"
RISK = "Whoever has the money should carry the risk of the exchange rate"
REVIEW = "summary: {review: facilitator}"


@pytest.fixture
async def cop(community: Community) -> Community:
    """The first session has closed with a draft that nobody has published, the second is open."""
    await community.open(2, REVIEW)
    await community.contributes("U1", BUDGET)
    await community.until(OPENS + timedelta(weeks=1))
    await community.contributes("U3", RISK)
    return community


async def test_a_preview_of_an_open_session_does_not_say_how_to_post_it(cop: Community) -> None:
    said = await cop.types("U2", "summary draft")
    assert RISK in said
    assert "when the session closes" in said
    assert "summary publish" not in said


async def test_a_facilitator_reads_and_publishes_the_draft_that_is_named(cop: Community) -> None:
    said = await cop.types("U2", "summary draft theme-1")
    assert BUDGET in said
    assert "/cop summary publish theme-1" in said
    await cop.until(OPENS + timedelta(weeks=2))
    asked = await cop.types("U2", "summary publish theme-1")
    assert "Theme 1 · Theme 1" in asked
    assert "/cop summary publish theme-1 yes" in asked
    await cop.types("U2", "summary publish theme-1 yes")
    await cop.settle()
    assert [BUDGET in said.text for said in cop.chat.keyed("/summary/")] == [True]
    await cop.types("U2", "summary publish yes")
    await cop.settle()
    assert [RISK in said.text for said in cop.chat.keyed("session/2/summary/")] == [True]


async def test_of_two_drafts_each_says_how_to_post_it(cop: Community) -> None:
    await cop.until(OPENS + timedelta(weeks=2))
    told = [said.text for said in cop.chat.keyed("/draft/")]
    for theme, text in zip(("theme-1", "theme-2"), told, strict=True):
        assert f"/cop summary publish {theme}." in text


async def test_what_has_not_closed_is_not_published_and_what_has_not_opened_has_no_draft(cop: Community) -> None:
    assert "no draft" in await cop.types("U2", "summary publish theme-2 yes")
    assert "no session of that name" in await cop.types("U2", "summary publish nowhere yes")
    assert cop.chat.keyed("/summary/") == []


async def test_an_answer_without_words_is_told_how_to_answer(community: Community) -> None:
    await community.open()
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    await community.types("U3", "summary object 1 Not so")
    for typed in ("summary answer 1", "summary answer theme-1 1", "summary answer"):
        assert "/cop summary answer 1 We looked again" in await community.types("U2", typed)


async def test_a_misspelt_second_word_is_no_theme(community: Community) -> None:
    await community.open()
    await community.until(CLOSES)
    for typed, meant in (
        ("summary objct 1 That is not what I said", "summary object"),
        ("samenvatting volledg", "summary full"),
        ("summary publsh", "summary publish"),
    ):
        assert f"Did you mean /cop {meant}" in await community.types("U3", typed)
    assert "/cop agenda" in await community.types("U3", "summary of everything")


@pytest.mark.parametrize("word", ["findings", "Conclusions", "bevindingen"])
async def test_the_findings_have_a_name(community: Community, word: str) -> None:
    await community.open(1)
    await community.contributes("U1", BUDGET)
    assert "after the last session" in await community.types("U3", f"summary {word}")
    await community.until(CLOSES)
    said = await community.types("U3", f"summary {word}")
    assert "findings" in said
    assert BUDGET in said
