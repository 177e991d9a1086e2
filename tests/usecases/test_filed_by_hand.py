"""Who says which guiding question a contribution answers is believed, before anything that is guessed."""

from __future__ import annotations

import pytest
from support.community import CLOSES, MINUTE, PLACE, Community

from cop_bot.domain import brief as briefs
from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.summary import Summary
from cop_bot.usecases.record.record_posts import record_posts

QUESTIONS = "questions: [{en: Who decides?, es: ¿Quién decide?}, {en: Who pays?}]"
THEMES = f"  - {{id: one, title: {{en: Power}}, {QUESTIONS}}}\n  - {{id: two, title: Trust}}"


@pytest.fixture
async def cop(community: Community) -> Community:
    """A session with two guiding questions is open, with #1 in it; Bram (U2) facilitates."""
    await community.open(2, themes=THEMES)
    await community.contributes("U1", "Let partners chair the budget meeting")
    return community


async def filed(cop: Community) -> dict[int | None, int | None]:
    return {row.number: row.answers for row in await cop.rows(Contribution)}


@pytest.mark.parametrize(
    ("text", "kind", "question", "words"),
    [
        ("idea q2: Pay the fees first", Kind.IDEA, 2, "Pay the fees first"),
        ("Q2: Pay the fees first", Kind.IDEA, 2, "Pay the fees first"),
        ("q1 - Let the board decide", Kind.IDEA, 1, "Let the board decide"),
        ("*Lesson Q1:* Ask first", Kind.LESSON, 1, "Ask first"),
        ("vraag q1: wie beslist", Kind.QUESTION, 1, "wie beslist"),
        ("q3: There is no third question", Kind.IDEA, None, "q3: There is no third question"),
        ("q2 was a good quarter for us", Kind.IDEA, None, "q2 was a good quarter for us"),
        ("Faq2: read it first", Kind.IDEA, None, "Faq2: read it first"),
    ],
)
async def test_a_question_before_the_words_files_them(
    cop: Community, text: str, kind: Kind, question: int | None, words: str
) -> None:
    kept = await cop.contributes("U1", text)
    assert (kept.kind, kept.answers, kept.text) == (kind, question, words)


async def test_by_command_it_is_the_same(cop: Community) -> None:
    await cop.types("U1", "idea q2 Pay the fees first")
    await cop.types("U1", "lesson Q1: Ask first")
    assert await filed(cop) == {1: None, 2: 2, 3: 1}
    assert (await cop.kept(2)).text == "Pay the fees first"


async def test_who_presses_twice_says_it_once(cop: Community) -> None:
    await cop.types("U1", "idea q2 Pay the fees first")
    await cop.types("U1", "idea q2 Pay the fees first")
    assert await filed(cop) == {1: None, 2: 2}


@pytest.mark.parametrize("typed", ["kind #1 q2", "kind #1 Q2"])
async def test_a_contribution_is_filed_afterwards(cop: Community, typed: str) -> None:
    answer = await cop.types("U1", typed)
    assert "Who pays?" in answer
    assert await filed(cop) == {1: 2}


async def test_a_word_to_the_bot_alone_or_in_the_channel_is_enough(cop: Community) -> None:
    assert "Who pays?" in await cop.types("U1", "#1 q2", place=None)
    await cop.go(MINUTE)
    await cop.says("U1", "#1 q1")
    assert await filed(cop) == {1: 1}


async def test_a_facilitator_files_for_others_and_nobody_else_does(cop: Community) -> None:
    await cop.says("U3", "#1 q1")
    assert (await filed(cop))[1] is None
    assert "somebody else's" in await cop.types("U3", "kind #1 q1")
    await cop.says("U2", "#1 q2")
    assert (await filed(cop))[1] == 2
    await cop.types("U2", "undo yes")
    assert (await filed(cop))[1] is None


async def test_a_word_that_is_read_again_changes_nothing(cop: Community) -> None:
    """As when the history of the channel is read after an outage."""
    first = cop.post("U1", "#1 q1")
    await record_posts(cop.ports, [first])
    assert await filed(cop) == {1: 1}
    await cop.go(MINUTE)
    await cop.types("U1", "kind #1 q2")
    await record_posts(cop.ports, [first])
    assert await filed(cop) == {1: 2}
    await cop.types("U2", "kind #1 q1")
    await cop.types("U2", "undo yes")
    await record_posts(cop.ports, [first])
    assert (await filed(cop))[1] == 2


async def test_a_question_that_is_not_there_is_told(cop: Community) -> None:
    assert "no question 7" in await cop.types("U1", "kind #1 q7")
    assert await filed(cop) == {1: None}


async def test_the_summary_shows_it_under_the_question(cop: Community) -> None:
    await cop.contributes("U3", "q1: Cyclones should be written into every contract")
    await cop.contributes("U1", "q2: A joint reserve carried us over the months without a grant")
    await cop.until(CLOSES)
    await cop.settle()
    summary = (await cop.rows(Summary))[0]
    answers = {point.cites[0]: point.answers for point in briefs.from_json(summary.content).points}
    assert answers[2] == 1
    assert answers[3] == 2
    assert any("Who pays?" in text for text in cop.chat.texts(place=PLACE))
    await cop.types("U1", "kind #1 q2")
    await cop.settle()
    latest = (await cop.rows(Summary))[-1]
    assert {point.cites[0]: point.answers for point in briefs.from_json(latest.content).points}[1] == 2


async def test_an_edit_keeps_what_was_filed_and_changes_it_where_it_says_so(cop: Community) -> None:
    kept = await cop.contributes("U1", "q2: Pay the fees first")
    await cop.edits(kept, "Pay all the fees first")
    assert (await cop.kept(2)).answers == 2
    await cop.edits(kept, "q1: Pay all the fees first", "2")
    assert (await cop.kept(2)).answers == 1
