"""Members object to a line, facilitators are told and answer, and the next version shows it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, Community
from support.fake_model import FakeModel

from cop_bot.domain import brief as briefs
from cop_bot.domain.objection import Objection
from cop_bot.domain.summary import Summary, SummaryState
from cop_bot.ports import Later

BUDGET = "Let partners in the South chair the meeting that decides on the budget"
RISK = "Donors should carry the currency risk because partners have no reserves"
NOT_SO = "I never said that donors alone should carry it"


@pytest.fixture
async def cop(community: Community) -> Community:
    """The first session has closed and its summary is out. Bram facilitates."""
    await community.open()
    await community.contributes("U1", BUDGET)
    await community.contributes("U3", RISK)
    await community.contributes("U4", "Who audits the donors?")
    await community.until(CLOSES)
    return community


def summary(cop: Community, session: int = 1) -> str:
    return "\n".join(said.text for said in cop.chat.keyed(f"session/{session}/summary"))


def told(cop: Community, who: str = "U2") -> list[str]:
    return [said.text for said in cop.chat.keyed("/objection/") if said.to.person == who]


async def line_of(cop: Community, words: str) -> int:
    published = [s for s in await cop.rows(Summary) if s.state is SummaryState.PUBLISHED]
    lines = briefs.from_json(published[-1].content).lines()
    return next(number for number, line in enumerate(lines, start=1) if words in line.text)


async def test_an_objection_reaches_the_facilitators_and_the_next_version(cop: Community) -> None:
    line = await line_of(cop, RISK)
    assert NOT_SO in await cop.types("U3", f"summary object {line} {NOT_SO}")
    await cop.settle()
    (notice,) = told(cop)
    assert NOT_SO in notice
    assert RISK in notice
    assert "https://chat.example.org/C1/" in notice
    assert "summary answer" in notice
    assert [s.version for s in await cop.rows(Summary)] == [1, 2]
    text = summary(cop)
    assert "version 2" in text
    assert text.index(RISK) < text.index(NOT_SO)
    assert "1 objection" in text
    assert "Carla" not in text


async def test_the_answer_of_a_facilitator_stands_under_the_objection(cop: Community) -> None:
    await cop.types("U3", f"summary object {await line_of(cop, RISK)} {NOT_SO}")
    await cop.settle()
    await cop.go(HOUR)
    assert "Only facilitators" in await cop.types("U3", "summary answer 1 No")
    await cop.types("U2", "summary answer 1 We looked again: you are right")
    await cop.settle()
    text = summary(cop)
    assert text.index(NOT_SO) < text.index("We looked again")
    assert "version 3" in text
    assert "answered" in text
    assert "already" in await cop.types("U2", "summary answer theme-1 1 We looked again: you are right")


async def test_everybody_can_read_the_objections_and_nobody_is_named(cop: Community) -> None:
    assert "Nobody objects" in await cop.types("U1", "summary objections")
    await cop.types("U3", f"summary object 1 {NOT_SO}")
    for who in ("U1", "U2", "U3"):
        listed = await cop.types(who, "summary objections theme-1")
        assert NOT_SO in listed
        assert "Carla" not in listed


async def test_what_is_taken_back_is_gone_everywhere(cop: Community) -> None:
    await cop.types("U3", f"summary object 1 {NOT_SO}")
    await cop.settle()
    await cop.types("U1", "summary object 1 Mine stays")
    await cop.settle()
    await cop.types("U3", "summary object 1 withdraw")
    await cop.settle()
    assert NOT_SO not in summary(cop)
    assert NOT_SO not in await cop.types("U1", "summary objections")
    assert NOT_SO not in repr(await cop.rows(Objection))
    assert "Mine stays" in summary(cop)
    assert "have not objected" in await cop.types("U3", "summary object 1 retirer")
    assert "2" in await cop.types("U1", "summary objections"), "the second one keeps its number"


async def test_what_is_taken_back_before_the_facilitators_heard_it_is_never_said(cop: Community) -> None:
    cop.chat.will(Later(timedelta(minutes=10), "ratelimited"), on="/objection/")
    await cop.types("U3", f"summary object 1 {NOT_SO}")
    await cop.settle()
    await cop.types("U3", "summary object 1 withdraw")
    await cop.go(11 * MINUTE)
    assert told(cop) == []
    assert NOT_SO not in repr(await cop.notices())


async def test_a_facilitator_can_remove_what_nobody_should_have_to_read(cop: Community) -> None:
    await cop.types("U3", f"summary object 1 {NOT_SO}")
    await cop.settle()
    await cop.types("U2", "summary answer 1 withdraw")
    await cop.settle()
    assert NOT_SO not in summary(cop)
    assert "no objection of that number" in await cop.types("U2", "summary answer 1 Too late")


async def test_who_is_forgotten_objects_to_nothing_any_more(cop: Community) -> None:
    await cop.types("U3", f"summary object 1 {NOT_SO}")
    await cop.settle()
    await cop.types("U3", "settings forget yes")
    await cop.settle()
    assert NOT_SO not in summary(cop)
    assert NOT_SO not in repr(await cop.rows(Objection))


@EMBEDDED
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("summary object", "number of the line"),
        ("summary object That is wrong", "number of the line"),
        ("summary object 99 That is wrong", "no line 99"),
        ("summary object 0 That is wrong", "no line 0"),
        ("summary object 1", "few words"),
        ("summary object 1 " + "a" * 1001, "1,000"),
        ("summary object nowhere 1 That is wrong", "no session of that name"),
        ("summary object theme-2 1 That is wrong", "no summary yet"),
        ("summary object 1 withdraw", "have not objected"),
        ("summary object findings 1 That is wrong", "Name the theme"),
        ("summary objections theme-2", "no summary yet"),
        ("summary full theme-3", "no summary yet"),
    ],
)
async def test_what_can_not_be_objected_is_said_and_changes_nothing(cop: Community, typed: str, answer: str) -> None:
    assert answer in await cop.types("U3", typed)
    assert await cop.rows(Objection) == []
    assert len(await cop.rows(Summary)) == 1


@EMBEDDED
async def test_before_there_is_a_summary_there_is_nothing_to_object_to(community: Community) -> None:
    await community.open()
    assert "no summary yet" in await community.types("U1", "summary object 1 That is wrong")
    assert "no summary yet" in await community.types("U1", "summary full")


async def test_the_same_objection_twice_is_one(cop: Community) -> None:
    await cop.types("U3", f"summary object 1 {NOT_SO}")
    await cop.settle()
    assert "already" in await cop.types("U3", f"summary object 1 {NOT_SO.upper()}")
    assert len(await cop.rows(Objection)) == 1
    assert len(await cop.rows(Summary)) == 2
    await cop.types("U1", f"summary object 1 {NOT_SO}")
    assert len(await cop.rows(Objection)) == 2, "another member may say the same"


@EMBEDDED
async def test_nobody_fills_the_summary_with_objections(cop: Community) -> None:
    for number in range(10):
        assert "kept" in await cop.types("U3", f"summary object 1 Reason {number}")
    assert "10 objections" in await cop.types("U3", "summary object 1 Reason 11")
    await cop.types("U3", "summary object 1 withdraw")
    assert "kept" in await cop.types("U3", "summary object 1 Reason 11")
    assert "kept" in await cop.types("U1", "summary object 1 Somebody else")


async def test_the_time_to_object_counts_from_the_first_version(cop: Community) -> None:
    await cop.go(2 * DAY)
    assert "kept" in await cop.types("U3", f"summary object 1 {NOT_SO}")
    await cop.settle()
    await cop.go(DAY - MINUTE)
    assert "kept" in await cop.types("U1", "summary object 1 Just in time")
    await cop.go(2 * MINUTE)
    said = await cop.types("U4", "summary object 1 Too late")
    assert "over" in said
    assert "12 March 2026" in said
    assert "erased" in await cop.types("U1", "summary object 1 withdraw"), "one's own words can always be taken back"


@EMBEDDED
async def test_the_programme_says_how_long_members_may_object(community: Community) -> None:
    await community.open(2, "summary: {ratify: P1D}")
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    await community.go(23 * HOUR)
    assert "kept" in await community.types("U3", f"summary object 1 {NOT_SO}")
    await community.go(2 * HOUR)
    assert "over" in await community.types("U4", "summary object 1 Too late")


async def test_the_latest_summary_is_meant_unless_the_thread_or_a_name_says_another(cop: Community) -> None:
    first = cop.chat.keyed("session/1/summary")[0].ref.message
    await cop.contributes("U1", "In the second week we learnt to ask earlier", at=CLOSES + 2 * DAY)
    await cop.until(CLOSES + 7 * DAY)
    for typed, thread, session in (
        ("summary object 1 Said of the latest", None, 2),
        ("summary object 1 Said in its thread", first, 1),
        ("summary object Theme 1 1 Said by its name", None, 1),
    ):
        said = await cop.types("U3", typed, thread=thread, place="C1")
        await cop.settle()
        if session == 1:
            assert "over" in said, "the first one is a week old"
        else:
            assert "Said of the latest" in summary(cop, 2)


async def test_the_thread_of_the_summary_says_which_one(cop: Community) -> None:
    root = cop.chat.keyed("session/1/summary")[0].ref.message
    await cop.types("U3", f"summary object 1 {NOT_SO}", thread=root, message="m90")
    await cop.settle()
    assert NOT_SO in summary(cop)


async def test_in_the_thread_of_the_findings_a_theme_has_to_be_named(community: Community) -> None:
    await community.open(1)
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    await community.settle()
    (findings,) = community.chat.keyed("programme/1/summary")
    said = await community.types("U3", f"summary object 1 {NOT_SO}", thread=findings.ref.message, message="m90")
    assert "Name the theme" in said
    said = await community.types("U3", f"summary object theme-1 1 {NOT_SO}", thread=findings.ref.message, message="m91")
    assert NOT_SO in said


async def test_in_the_thread_of_something_else_the_latest_summary_is_meant(cop: Community) -> None:
    opening = cop.chat.keyed("session/1/opening")[0].ref.message
    for thread in (opening, (await cop.kept(1)).message):
        await cop.types("U3", f"summary object 1 {NOT_SO} in {thread}", thread=thread, message=f"typed-{thread}")
        await cop.settle()
        assert f"{NOT_SO} in {thread}" in summary(cop)


async def test_alone_with_the_bot_one_can_object_too(cop: Community) -> None:
    await cop.types("U3", f"object 1 {NOT_SO}", place=None)
    await cop.settle()
    assert NOT_SO in summary(cop)


@EMBEDDED
async def test_words_that_call_people_call_nobody(cop: Community) -> None:
    await cop.types("U3", "summary object 1 <@U1|amina> knows better")
    await cop.settle()
    assert "@amina knows better" in summary(cop)
    assert "<@U1" not in summary(cop)


async def test_while_the_model_is_out_the_version_that_stands_shows_the_objection(community: Community) -> None:
    model = FakeModel()
    community.with_model(model)
    await community.open()
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    community.with_model(FakeModel(fails=-1))
    await community.types("U3", f"summary object 1 {NOT_SO}")
    await community.settle()
    assert NOT_SO in summary(community)
    await community.go(8 * HOUR)
    for _ in range(30):
        await community.go(15 * MINUTE)
    assert "no AI" not in summary(community), "the offline summariser does not write over the model"
    community.with_model(FakeModel())
    for _ in range(60):
        await community.go(15 * MINUTE)
    assert "version 2" in summary(community)
    assert NOT_SO in summary(community)


async def test_what_was_withdrawn_is_in_no_objection_and_in_no_list_of_changes(cop: Community) -> None:
    await cop.types("U1", f"summary object {await line_of(cop, RISK)} {NOT_SO}")
    await cop.settle()
    await cop.types("U3", "withdraw #2 yes")
    await cop.settle()
    assert RISK not in summary(cop)
    assert RISK not in repr(await cop.rows(Objection))
    assert NOT_SO in summary(cop), "the objection itself stands until it is taken back"


async def test_a_number_means_a_line_of_the_version_that_was_read(cop: Community) -> None:
    """A version that came a moment ago replaced the one that somebody was reading while they typed."""
    line = await line_of(cop, RISK)
    await cop.types("U3", f"summary object {line} {NOT_SO}")
    await cop.settle()
    assert "version 2" in summary(cop)
    cop.clock.move_wall(cop.clock.wall_at(cop.clock.now()) - cop.clock.wall())
    await cop.types("U4", f"summary object {line} Nor did I, in Fiji")
    cop.clock.move(5 * MINUTE)
    await cop.types("U1", f"summary object {line} Nor did anybody in Maputo")
    assert [one.version for one in await cop.rows(Objection)] == [1, 1, 2]
