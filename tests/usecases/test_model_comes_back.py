"""The model was out for longer than the programme's patience: it is tried again, and its summary is an update."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, SECOND, Community
from support.fake_model import FakeModel

from cop_bot.domain.summary import LATER, MODEL_GIVEN_UP, SETTLES, Summary, SummaryState
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.summaries.write_summary import summarise_next

BUDGET = "Let partners in the South chair the meeting that decides on the budget"
RISK = "Donors should carry the currency risk because partners have no reserves"
PATIENCE = 6 * HOUR


@pytest.fixture
def model() -> FakeModel:
    return FakeModel(fails=-1)


@pytest.fixture
async def cop(community: Community, model: FakeModel) -> Community:
    """The first session has closed while the model was out, and its summary was written offline."""
    community.with_model(model)
    await community.open()
    await community.contributes("U1", BUDGET)
    await community.contributes("U3", RISK)
    await community.until(CLOSES)
    await community.go(PATIENCE + MINUTE)
    assert "no AI" in summary(community)
    model.asked.clear()
    return community


def summary(cop: Community) -> str:
    (said,) = cop.chat.keyed("session/1/summary")
    return said.text


async def versions(cop: Community) -> list[tuple[int, str, str, bool]]:
    rows = await cop.rows(Summary, Summary.session_id == 1)
    return [(row.version, row.state.value, row.maker, row.only_model) for row in rows]


async def test_when_the_model_is_back_its_summary_replaces_the_offline_one_in_the_same_post(
    cop: Community, model: FakeModel
) -> None:
    (first,) = cop.chat.keyed("session/1/summary")
    model.fails = 0
    await cop.go(LATER + SECOND)
    (only,) = cop.chat.keyed("session/1/summary")
    assert (only.ref, only.edits) == (first.ref, 1)
    assert model.name in only.text
    assert "no AI" not in only.text
    assert await versions(cop) == [(1, "published", "offline", False), (2, "published", model.name, True)]
    await cop.go(DAY)
    assert len(model.asked) == 1


@EMBEDDED
async def test_it_is_tried_ever_less_often_and_given_up_after_a_week(cop: Community, model: FakeModel) -> None:
    tries = []
    began = cop.clock.wall()
    while cop.clock.wall() - began < MODEL_GIVEN_UP + DAY:
        model.asked.clear()
        await cop.go(15 * MINUTE)
        if any(asked.subject == "session/1" for asked in model.asked):
            tries.append(cop.clock.wall() - began)
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert tries[0] <= LATER + 15 * MINUTE
    assert waits == sorted(waits)
    assert timedelta(hours=6) <= max(waits) <= timedelta(hours=6, minutes=15)
    assert 20 < len(tries) < 40
    assert await versions(cop) == [(1, "published", "offline", False)]
    (said,) = cop.chat.keyed("session/1/summary")
    assert said.edits == 0


@EMBEDDED
async def test_a_model_that_is_taken_away_is_not_waited_for(cop: Community) -> None:
    cop.with_model(None)
    await cop.go(HOUR)
    assert await versions(cop) == [(1, "published", "offline", False)]


@EMBEDDED
async def test_the_findings_do_not_wait_for_it(community: Community, model: FakeModel) -> None:
    community.with_model(model)
    await community.open(1)
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    await community.go(PATIENCE + MINUTE)
    for _ in range(4):
        await community.go(PATIENCE)
    assert BUDGET in community.chat.keyed("programme/1/summary")[0].text
    assert (2, "wanted", "", True) in await versions(community)


@EMBEDDED
async def test_the_findings_follow_when_the_last_summary_changes(community: Community, model: FakeModel) -> None:
    community.with_model(model)
    await community.open(1)
    kept = await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    for _ in range(4):
        await community.go(PATIENCE)
    (findings,) = community.chat.keyed("programme/1/summary")
    model.fails = 0
    await community.edits(kept, f"{BUDGET} and on the audit")
    for _ in range(3):
        await community.go(2 * SETTLES)
    assert "and on the audit" in findings.text
    assert findings.edits == 1
    await community.go(2 * DAY)
    assert findings.edits == 1


@EMBEDDED
async def test_an_edit_while_it_is_waited_for_waits_no_longer_than_others(cop: Community, model: FakeModel) -> None:
    await cop.edits(await cop.kept(1), f"{BUDGET} and on the audit")
    assert (await versions(cop))[1] == (2, "wanted", "", False)
    await cop.go(SETTLES)
    assert len(model.asked) == 1
    await cop.go(PATIENCE + 15 * MINUTE)
    assert "and on the audit" in summary(cop)
    assert "no AI" in summary(cop)
    model.fails = 0
    await cop.go(LATER + SECOND)
    assert model.name in summary(cop)
    assert "and on the audit" in summary(cop)
    assert [row[:2] for row in await versions(cop)] == [(1, "published"), (2, "published"), (3, "published")]


@EMBEDDED
async def test_an_edit_when_the_model_is_back_brings_its_version_within_minutes(
    cop: Community, model: FakeModel
) -> None:
    model.fails = 0
    await cop.edits(await cop.kept(1), f"{BUDGET} and on the audit")
    await cop.go(SETTLES)
    assert "and on the audit" in summary(cop)
    assert model.name in summary(cop)


@EMBEDDED
async def test_what_is_withdrawn_while_it_is_waited_for_leaves_at_once_and_does_not_come_back(
    cop: Community, model: FakeModel
) -> None:
    await cop.types("U1", "withdraw #1 yes")
    await cop.settle()
    assert BUDGET not in summary(cop)
    model.fails = 0
    await cop.go(LATER + SECOND)
    assert model.name in summary(cop)
    assert RISK in summary(cop)
    assert BUDGET not in summary(cop)


async def test_an_edit_while_the_model_writes_is_in_the_version_after(cop: Community, model: FakeModel) -> None:
    model.fails, model.hold, model.reached = 0, asyncio.Event(), asyncio.Event()
    cop.clock.move(LATER + SECOND)
    writing = asyncio.create_task(summarise_next(cop.ports))
    await model.reached.wait()
    await cop.edits(await cop.kept(1), f"{BUDGET} and on the audit")
    model.hold.set()
    await writing
    await cop.go(2 * SETTLES)
    assert "and on the audit" in summary(cop)
    assert [row[:3] for row in await versions(cop)] == [
        (1, "published", "offline"),
        (2, "published", model.name),
        (3, "published", model.name),
    ]


async def test_an_edit_while_the_first_summary_is_written_is_not_lost(community: Community) -> None:
    model = FakeModel(hold=asyncio.Event())
    community.with_model(model)
    await community.open()
    kept = await community.contributes("U1", BUDGET)
    community.clock.move_to(CLOSES)
    await run_due(community.ports)
    writing = asyncio.create_task(summarise_next(community.ports))
    await model.reached.wait()
    await community.edits(kept, f"{BUDGET} and on the audit")
    assert model.hold is not None
    model.hold.set()
    await writing
    await community.go(SETTLES)
    assert "and on the audit" in summary(community)


async def test_two_replicas_try_it_once(cop: Community, model: FakeModel) -> None:
    model.fails, model.hold, model.reached = 0, asyncio.Event(), asyncio.Event()
    cop.clock.move(LATER + SECOND)
    first = asyncio.create_task(summarise_next(cop.ports))
    await model.reached.wait()
    assert await summarise_next(replace(cop.ports, owner="second")) is False
    model.hold.set()
    await first
    await cop.settle()
    assert len(model.asked) == 1
    assert model.name in summary(cop)


async def test_who_comes_too_late_with_a_lost_lease_changes_nothing(cop: Community, model: FakeModel) -> None:
    model.fails, model.hold, model.reached = 0, asyncio.Event(), asyncio.Event()
    cop.clock.move(LATER + SECOND)
    frozen = asyncio.create_task(summarise_next(cop.ports))
    await model.reached.wait()
    cop.clock.move(5 * MINUTE)
    assert await summarise_next(replace(cop.ports, owner="second", model=FakeModel(name="second")))
    model.hold.set()
    await frozen
    await cop.settle()
    assert [row[:3] for row in await versions(cop)] == [(1, "published", "offline"), (2, "published", "second")]
    assert cop.chat.keyed("session/1/summary")[0].edits == 1


@EMBEDDED
async def test_a_draft_can_be_published_while_the_model_is_waited_for(community: Community, model: FakeModel) -> None:
    community.with_model(model)
    await community.open(2, "summary: {review: facilitator}")
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    await community.go(PATIENCE + MINUTE)
    assert [(row.state, row.only_model) for row in await community.rows(Summary)] == [
        (SummaryState.DRAFTED, False),
        (SummaryState.WANTED, True),
    ]
    await community.types("U2", "summary publish yes")
    await community.settle()
    assert BUDGET in summary(community)
    model.fails = 0
    await community.go(LATER + SECOND)
    assert model.name in summary(community)


@EMBEDDED
async def test_while_the_next_session_runs_a_later_summary_disturbs_nobody(cop: Community, model: FakeModel) -> None:
    await cop.until(OPENS + 7 * DAY)
    model.fails = 0
    await cop.go(6 * HOUR)
    assert await cop.states() == ["closed", "open", "planned"]
    assert model.name in summary(cop)
