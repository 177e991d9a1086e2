"""What people say to the bot alone counts: an answer to a reminder, a greeting, words beneath a summary."""

from __future__ import annotations

import pytest
from support.community import CLOSES, EMBEDDED, MINUTE, PLACE, Community

from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.usecases.record.contribute import MOST_AT_ONCE, WITHIN
from cop_bot.usecases.summaries.ask_about_replies import ask_about_replies

pytestmark = EMBEDDED


@pytest.fixture
async def cop(community: Community) -> Community:
    """A session is open, with #1 in it."""
    await community.open()
    await community.contributes("U2", "Let partners chair the budget meeting")
    return community


async def alone(cop: Community, who: str, text: str) -> str:
    return await cop.types(who, text, place=None)


async def test_the_answer_to_a_reminder_is_a_contribution_and_is_posted_for_its_author(cop: Community) -> None:
    answer = await alone(cop, "U1", "I think cyclones should be written into every contract")
    kept = await cop.kept(2)
    assert (kept.text, kept.kind) == ("I think cyclones should be written into every contract", Kind.IDEA)
    assert "Kept as #2" in answer
    await cop.settle()
    assert any("cyclones" in text for text in cop.chat.texts(place=PLACE))


@pytest.mark.parametrize(
    ("text", "kind", "parent"),
    [
        ("In the thread they said that banks decide", Kind.IDEA, None),
        ("#1 We tried this", Kind.FEEDBACK, 1),
        ("Who decides on the budget of the next year in Malawi?", Kind.QUESTION, None),
        ("*Lesson:* ask first", Kind.LESSON, None),
    ],
)
async def test_it_is_of_the_kind_that_it_would_be_in_the_channel(
    cop: Community, text: str, kind: Kind, parent: int | None
) -> None:
    await alone(cop, "U1", text)
    kept = await cop.kept(2)
    assert (kept.kind, kept.parent) == (kind, parent)


@pytest.mark.parametrize("text", ["hi", "Thanks!", "olá", "when is the next session?", "What can you do?", "👍"])
async def test_a_greeting_is_answered_kindly_with_what_is_open(cop: Community, text: str) -> None:
    answer = await alone(cop, "U1", text)
    assert "Theme 1" in answer
    assert "I don't know" not in answer
    assert len(await cop.rows(Contribution)) == 1


async def test_between_sessions_it_says_what_comes_and_keeps_nothing(cop: Community) -> None:
    await cop.until(CLOSES + MINUTE)
    await cop.types("U2", "session skip yes")
    assert "Next:" in await alone(cop, "U1", "hello")


async def test_words_in_the_channel_after_our_name_are_told_that_they_are_not_kept(cop: Community) -> None:
    answer = await cop.types("U1", "is great, let us use it for the budget too")
    assert "Nothing was kept" in answer


async def test_words_beneath_a_summary_are_no_late_idea_and_their_author_is_asked(cop: Community) -> None:
    await cop.until(CLOSES)
    for _ in range(3):
        await cop.go(MINUTE)
    (summary,) = cop.chat.keyed("session/1/summary")
    reply = await cop.contributes("U1", "I disagree with line 1, that is not what I said", thread=summary.ref.message)
    assert reply.kind is Kind.TALK
    for _ in range(2):
        await ask_about_replies(cop.ports, [reply])
    await cop.settle()
    (asked,) = [said for said in cop.chat.said if said.to.person == "U1" and "beneath the summary" in said.text]
    assert "Line 1" in str(asked.message)
    await alone(cop, "U1", "summary object theme-1 1 that is not what I said")
    assert "that is not what I said" in await alone(cop, "U2", "summary objections theme-1")


async def test_praise_beneath_a_summary_is_talk_and_nobody_is_asked(cop: Community) -> None:
    await cop.until(CLOSES)
    for _ in range(3):
        await cop.go(MINUTE)
    (summary,) = cop.chat.keyed("session/1/summary")
    reply = await cop.contributes("U1", "Great summary, thanks!", thread=summary.ref.message)
    await ask_about_replies(cop.ports, [reply])
    await cop.settle()
    assert reply.kind is Kind.TALK
    assert not [said for said in cop.chat.said if said.to.person == "U1" and "beneath" in said.text]


async def test_one_member_cannot_keep_everybody_elses_words_waiting(cop: Community) -> None:
    for number in range(MOST_AT_ONCE):
        assert "Kept as" in await alone(cop, "U1", f"idea Number {number}")
    assert "at most 20 contributions" in await alone(cop, "U1", "idea One more")
    cop.clock.move_wall(WITHIN + MINUTE)
    assert "Kept as" in await alone(cop, "U1", "idea One more")
