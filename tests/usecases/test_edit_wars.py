"""Whoever changes a cited post over and over, or objects over and over, does not have the model paid for each time."""

from __future__ import annotations

from datetime import timedelta

from support.community import CLOSES, EMBEDDED, HOUR, MINUTE, Community
from support.fake_model import FakeModel
from support.hand_clock import START

from cop_bot.domain.summary import LEASE_OFFLINE, Summary, settling

SAID = "Let partners in the South chair the meeting that decides on the budget"


async def published(cop: Community) -> FakeModel:
    model = FakeModel()
    cop.with_model(model)
    await cop.open(2)
    await cop.contributes("U1", SAID)
    await cop.contributes("U3", "Donors should carry the currency risk because partners have no reserves")
    await cop.until(CLOSES)
    await cop.settle()
    assert len(model.asked) == 1
    return model


async def test_all_edits_of_a_few_minutes_are_one_version(community: Community) -> None:
    model = await published(community)
    kept = await community.kept(1)
    for at in range(20):
        await community.edits(kept, f"{SAID} in year {at}", edited=f"{at + 1:06}")
        await community.tick()
    assert len(model.asked) == 1
    await community.go(timedelta(minutes=6))
    await community.settle()
    assert len(model.asked) == 2
    assert "in year 19" in community.chat.keyed("session/1/summary")[0].text


@EMBEDDED
async def test_an_edit_war_of_three_days_costs_a_few_versions(community: Community) -> None:
    model = await published(community)
    kept = await community.kept(1)
    for at in range(3 * 24):
        await community.edits(kept, f"{SAID} in year {at}", edited=f"{at + 1:06}")
        await community.go(HOUR)
    assert 10 <= len(model.asked) <= 20  # and not 73


async def test_objecting_and_taking_it_back_costs_no_more(community: Community) -> None:
    model = await published(community)
    for at in range(20):
        await community.types("U3", f"summary object 1 That was not said {at}")
        await community.types("U3", "summary object 1 withdraw")
        await community.tick()
    assert len(model.asked) == 1


async def test_a_facilitator_need_not_wait(community: Community) -> None:
    model = await published(community)
    await community.edits(await community.kept(1), f"{SAID} at last")
    await community.tick()
    await community.types("U2", "summary publish yes")
    await community.settle()
    assert len(model.asked) == 2


async def test_without_a_model_nobody_waits(community: Community) -> None:
    await published(community)
    community.with_model(None)
    await community.edits(await community.kept(1), f"{SAID} at last")
    await community.settle()
    assert [row.version for row in await community.rows(Summary)] == [1, 2]


def test_each_version_waits_longer_than_the_one_before_up_to_six_hours() -> None:
    assert [settling(version) / MINUTE for version in (1, 2, 3, 4)] == [0, 5, 10, 20]
    assert settling(500) == 6 * HOUR


def test_two_replicas_do_not_take_an_enormous_session_from_each_other_for_ever() -> None:
    summary, wall, lengths = Summary.wanted(1, 1, START, START), START, []
    for attempt in range(5):
        summary.take(f"replica {attempt % 2}", wall, LEASE_OFFLINE)
        assert summary.lease_until is not None
        lengths.append((summary.lease_until - wall) / LEASE_OFFLINE)
        wall = summary.lease_until
    assert lengths == [1, 2, 4, 8, 8]
    summary.fail("out", wall)
    summary.take("replica 1", wall, LEASE_OFFLINE)
    assert summary.lease_until == wall + LEASE_OFFLINE
