"""What facilitators do is in an audit, and their last step can be undone while nobody has acted on it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, PLACE, Community

from cop_bot.domain.audit import Audited
from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.reminder import BY_HAND, Reminder
from cop_bot.domain.standing import standing
from cop_bot.domain.summary import Summary
from cop_bot.store import queries
from cop_bot.usecases.exports.export_audit import export_audit
from handlers.commands.facilitators import VERBS

pytestmark = EMBEDDED

IDEA = "Let partners in the South chair the meeting that decides on the budget"
PLENARY = "plenary: {at: 2026-03-26T14:00, invite: {send: [P1D]}}"
REMINDERS = ", remind: [{before: P1D, to: quiet}]"


@pytest.fixture
async def cop(community: Community) -> Community:
    """The first of three sessions is open."""
    await community.open(3, rhythm=REMINDERS)
    return community


async def steps(cop: Community) -> list[str]:
    return [" ".join(filter(None, (one.command, one.about))) for one in await cop.rows(Audited)]


async def stands(cop: Community) -> object:
    async with cop.ports.reading() as unit:
        timetable = await queries.programmes.timetable(unit, await cop.programme_id())
        assert timetable is not None
        return standing(timetable)


async def undoes(cop: Community) -> str:
    answer = await cop.types("U2", "undo yes")
    await cop.settle()
    return answer


DOING = {
    "programme shift": "programme shift 7d yes",
    "session open": "session open yes",
    "session close": "session close yes",
    "session extend": "session extend 1d",
    "session reopen": "session reopen",
    "session skip": "session skip yes",
    "session edit": "session edit theme-3 Who pays?",
    "remind": "remind yes",
    "summary draft": "summary draft 1 out",
    "summary publish": "summary publish yes",
    "summary answer": "summary answer 1 We looked again",
    "facilitators add": "facilitators add <@U3>",
    "facilitators remove": "facilitators remove <@U3> yes",
    "undo": "undo yes",
}
"""Every command of facilitators that changes something."""
READING = {"programme show", "session list", "audit"}


async def test_every_use_of_a_facilitators_power_is_in_the_audit(cop: Community) -> None:
    assert {*DOING, *READING} == {*VERBS}
    await cop.contributes("U1", IDEA)
    await cop.types("U2", "session skip theme-2 yes")
    order = ["remind", "session extend", "session close", "summary draft", "summary publish"]
    for command in order:
        await cop.types("U2", DOING[command])
        await cop.settle()
    await cop.types("U2", f"summary draft add {IDEA}")
    await cop.types("U2", "summary publish yes")
    await cop.settle()
    await cop.go(3 * MINUTE)
    await cop.types("U1", "summary object 1 Not so")
    await cop.settle()
    more = ["summary answer", "session reopen", "facilitators add", "facilitators remove", "programme shift"]
    more += ["session edit", "session skip", "undo"]
    for command in more:
        await cop.types("U2", DOING[command])
        await cop.settle()
    await cop.types("U2", "session close yes")
    await cop.types("U2", "session open yes")
    assert {one.command for one in await cop.rows(Audited)} == {*DOING}
    said = await cop.types("U2", "audit")
    assert "Bram: /cop session open" in said
    assert "/cop session skip theme-3 (undone)" in said
    assert "/cop facilitators add Carla" in said
    assert "facilitators" in await cop.types("U1", "audit")


async def test_what_is_done_to_others_contributions_is_in_it_and_ones_own_is_not(cop: Community) -> None:
    await cop.contributes("U1", IDEA)
    await cop.contributes("U2", IDEA)
    await cop.types("U1", "kind #1 lesson")
    await cop.types("U2", "kind #2 lesson")
    assert await steps(cop) == []
    await cop.types("U2", "kind #1 question")
    await cop.types("U2", "withdraw #1 yes")
    assert await steps(cop) == ["kind #1 question", "withdraw #1"]


async def test_what_is_refused_is_not_in_it(cop: Community) -> None:
    await cop.types("U1", "session close yes")
    await cop.types("U2", "session skip nowhere yes")
    await cop.types("U2", "session extend 30d")
    assert await steps(cop) == []


async def test_operators_export_it_without_names_of_those_who_were_forgotten(cop: Community) -> None:
    await cop.types("U2", "facilitators add <@U3>")
    await cop.types("U2", "undo yes")

    async def exported() -> list[dict[str, object]]:
        return [json.loads(line) async for line in export_audit(cop.ports.reading, "power")]

    first, second = await exported()
    assert (first["command"], first["member"], first["person"]) == ("facilitators add", "U2", "U3")
    assert first["undone_at"]
    assert (second["command"], second["about"]) == ("undo", "facilitators add")
    await cop.types("U3", "settings forget yes")
    assert [line["person"] for line in await exported()] == [None, None]


@pytest.mark.parametrize(
    "typed", ["programme shift 7d yes", "session extend 2d", "session skip yes", "session close yes"]
)
async def test_an_undone_step_leaves_everything_as_it_stood(community: Community, typed: str) -> None:
    cop = community
    await cop.open(3, PLENARY, rhythm=REMINDERS)
    if "extend" in typed:
        await cop.types("U2", "session skip theme-2 yes")
        await cop.settle()
    before = await stands(cop)
    await cop.types("U2", typed)
    await cop.settle()
    assert await stands(cop) != before
    asked = await cop.types("U2", "undo")
    assert typed.removesuffix(" yes").split()[1] in asked
    assert "is undone" in await undoes(cop)
    assert await stands(cop) == before


async def test_what_was_said_is_corrected_in_the_channel_and_not_unsaid(cop: Community) -> None:
    await cop.types("U2", "session skip yes")
    await cop.settle()
    await undoes(cop)
    said = cop.chat.texts(place=PLACE)
    assert any("Theme 2 is left out" in text or "left out of the programme" in text for text in said)
    assert "A correction" in said[-1]
    assert "Theme 2" in said[-1]


async def test_a_session_that_opened_too_early_opens_at_its_time_after_all(cop: Community) -> None:
    await cop.types("U2", "session close yes")
    await cop.types("U2", "session open yes")
    await cop.settle()
    assert await cop.states() == ["closed", "open", "planned"]
    await undoes(cop)
    assert await cop.states() == ["closed", "planned", "planned"]
    await cop.until(OPENS + 7 * DAY)
    assert await cop.states() == ["closed", "open", "planned"]
    assert len(cop.chat.keyed("session/2/opening")) == 2


async def test_once_somebody_has_contributed_an_opening_stays(cop: Community) -> None:
    await cop.types("U2", "session close yes")
    await cop.types("U2", "session open yes")
    await cop.settle()
    await cop.contributes("U1", IDEA)
    assert "too late" in await undoes(cop)
    assert await cop.states() == ["closed", "open", "planned"]


async def test_what_has_happened_since_is_not_undone(cop: Community) -> None:
    await cop.types("U2", "programme shift 7d yes")
    await cop.until(CLOSES + HOUR)
    before = await stands(cop)
    assert "too late" in await undoes(cop)
    assert await stands(cop) == before


async def test_nothing_that_would_be_due_at_once_is_put_back(cop: Community) -> None:
    await cop.types("U2", "programme shift 14d yes")
    await cop.types("U2", "session extend 7d")
    await cop.until(CLOSES + HOUR)
    before = await stands(cop)
    assert "too late" in await undoes(cop)
    assert await stands(cop) == before


@pytest.mark.parametrize("typed", ["remind yes", "summary publish yes", "withdraw #1 yes"])
async def test_what_others_have_read_or_what_is_erased_is_not_undone(cop: Community, typed: str) -> None:
    await cop.contributes("U1", IDEA)
    if "publish" in typed:
        await cop.until(CLOSES)
        await cop.contributes("U1", "Publish every report on the wall of the school")
    await cop.types("U2", typed)
    assert "can't be undone" in await cop.types("U2", "undo")
    assert "can't be undone" in await undoes(cop)


async def test_steps_are_undone_one_after_the_other_from_the_last_on(cop: Community) -> None:
    before = await stands(cop)
    await cop.types("U2", "programme shift 7d yes")
    await cop.types("U2", "session skip yes")
    await undoes(cop)
    await undoes(cop)
    assert await stands(cop) == before
    assert "no step to undo" in await undoes(cop)


async def test_a_kind_and_a_facilitator_are_put_back(cop: Community) -> None:
    await cop.contributes("U1", IDEA)
    await cop.types("U2", "kind #1 talk")
    await undoes(cop)
    assert (await cop.kept(1)).kind is Kind.IDEA
    await cop.types("U2", "facilitators add <@U3>")
    await cop.types("U2", "facilitators remove <@U3> yes")
    assert "Carla" not in await cop.types("U2", "facilitators list")
    await undoes(cop)
    assert "Carla" in await cop.types("U2", "facilitators list")
    await undoes(cop)
    assert "Carla" not in await cop.types("U2", "facilitators list")


async def test_only_facilitators_undo(cop: Community) -> None:
    await cop.types("U2", "session skip yes")
    assert "facilitators" in await cop.types("U1", "undo yes")
    assert await cop.states() == ["open", "skipped", "planned"]


async def test_a_session_closed_too_early_is_open_again_until_it_was_to_close(cop: Community) -> None:
    await cop.contributes("U1", IDEA)
    await cop.types("U2", "session close yes")
    await cop.settle()
    await cop.go(HOUR)
    late = await cop.contributes("U3", "Publish every report on the wall of the school")
    assert late.late
    assert "open again" in await cop.types("U2", "session reopen")
    await cop.settle()
    assert (await cop.session(1)).closes_at == CLOSES
    assert "open again" in cop.chat.texts(place=PLACE)[-1]
    assert not (await cop.kept(2)).late
    await cop.until(CLOSES)
    newest = cop.chat.keyed("session/1/summary/")
    assert any("wall of the school" in said.text for said in newest)
    assert len([one for one in await cop.rows(Summary) if one.session_id == 1]) == 2


async def test_while_it_is_open_again_no_summary_is_written(cop: Community) -> None:
    await cop.contributes("U1", IDEA)
    await cop.types("U2", "session close yes")
    await cop.settle()
    await cop.types("U2", "session reopen")
    await cop.settle()
    await cop.edits(await cop.kept(1), f"{IDEA}, and not only on that")
    await cop.go(DAY)
    assert [one.version for one in await cop.rows(Summary) if one.content] == [1]


async def test_one_that_closed_at_its_time_is_open_again_for_as_long_as_is_said(community: Community) -> None:
    cop = community
    await cop.open(1, rhythm=REMINDERS)
    await cop.contributes("U1", IDEA)
    await cop.until(CLOSES + HOUR)
    assert "Say for how long" in await cop.types("U2", "session reopen")
    await cop.types("U2", "session reopen 2d")
    await cop.settle()
    assert (await cop.session(1)).closes_at == CLOSES + 2 * DAY
    assert [one.next_at is not None for one in await cop.rows(Reminder) if one.rule != BY_HAND] == [True]
    await cop.until(CLOSES + 2 * DAY)
    assert await cop.states() == ["closed"]
    assert cop.chat.keyed("programme/1/summary/")


async def test_after_a_day_or_while_the_next_is_open_nothing_is_reopened(cop: Community) -> None:
    await cop.until(CLOSES + 9 * HOUR + MINUTE)
    assert await cop.states() == ["closed", "open", "planned"]
    assert "at once" in await cop.types("U2", "session reopen 1d")
    await cop.types("U2", "session close yes")
    await cop.go(timedelta(hours=25))
    assert "within the last day" in await cop.types("U2", "session reopen")


async def test_it_is_not_reopened_into_the_next(cop: Community) -> None:
    await cop.until(CLOSES + HOUR)
    assert "next session would already be open" in await cop.types("U2", "session reopen 3d")
    assert await cop.states() == ["closed", "planned", "planned"]


async def test_contributions_are_numbered_on(cop: Community) -> None:
    await cop.contributes("U1", IDEA)
    await cop.types("U2", "session close yes")
    await cop.types("U2", "session reopen")
    await cop.contributes("U3", "Publish every report on the wall of the school")
    assert [one.number for one in await cop.rows(Contribution)] == [1, 2]
