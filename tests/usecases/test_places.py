"""A channel whose id changes, that is made anew or closed to the bot is found again by name, or told at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.community import CHANNEL, CLOSES, DAY, EMBEDDED, HOUR, MINUTE, PLACE, Community

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import PlaceGone
from cop_bot.domain.place import Place
from cop_bot.ports import PlaceFound
from cop_bot.store import schema
from cop_bot.usecases.admin.check_health import check_health
from cop_bot.usecases.people.sync_places import look_again, move_place, sync_places
from cop_bot.usecases.record.record_posts import record_posts

pytestmark = EMBEDDED


@pytest.fixture
async def cop(community: Community) -> Community:
    """The first session is open."""
    await community.open()
    return community


async def place(cop: Community) -> Place:
    (only,) = await cop.rows(Place)
    return only


async def ready(cop: Community) -> tuple[bool, object]:
    is_ready, findings = await check_health(
        replace(cop.ports, schema=schema.head()), last_tick_s=1, too_old_s=30, platforms={}
    )
    return is_ready, findings["lost_channels"]


async def test_a_channel_that_gets_another_id_is_followed(cop: Community) -> None:
    await move_place(cop.ports, "console", PLACE, "C2")
    cop.chat.places[CHANNEL] = PlaceFound("C2", "cop-power", bot_is_in=True)
    cop.chat.present["C2"] = cop.chat.present[PLACE]
    await sync_places(cop.ports)
    assert ((await place(cop)).platform_id, (await place(cop)).reachable) == ("C2", True)
    await record_posts(cop.ports, [replace(cop.post("U1", "Said under the new id"), place="C2")])
    assert [row.text for row in await cop.rows(Contribution)] == ["Said under the new id"]


async def test_a_channel_that_was_made_anew_is_found_by_its_name(cop: Community) -> None:
    cop.chat.places[CHANNEL] = PlaceFound("C9", "cop-power", bot_is_in=True)
    cop.chat.present["C9"] = cop.chat.present[PLACE]
    await look_again(cop.ports, "console", PLACE)
    assert await sync_places(cop.ports)
    found = await place(cop)
    assert (found.platform_id, found.reachable, found.read_until) == ("C9", True, None)


async def test_a_channel_that_is_gone_is_told_once_a_day_and_the_bot_is_not_ready(
    cop: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(_: str) -> list[str]:
        raise PlaceGone("channel_not_found")

    assert await ready(cop) == (True, [])
    monkeypatch.setattr(cop.chat, "members", gone)
    cop.chat.places.clear()
    cop.clock.move_wall(HOUR)
    for _ in range(3):
        await sync_places(cop.ports)
    await cop.settle()
    told = [said for said in cop.chat.said if said.to.person == "U2" and "can't reach #cop-power" in said.text]
    assert len(told) == 1
    assert await ready(cop) == (False, [CHANNEL])


async def test_a_shift_tells_the_channel_of_the_plenary_too(community: Community) -> None:
    await community.open(rest="plenary: {at: 2026-03-26T12:00}\nroles: {facilitators: [U2]}")
    await community.types("U2", "programme shift 7d yes")
    await community.settle()
    (said,) = community.chat.keyed("shift")
    assert "Plenary" in said.text
    assert "2 April 2026" in said.text


async def test_after_the_last_session_is_left_out_the_findings_come_when_it_was_to_close(community: Community) -> None:
    await community.open(sessions=2)
    await community.contributes("U1", "Let partners chair the budget meeting")
    await community.until(CLOSES + MINUTE)
    question = await community.types("U2", "session skip")
    assert "the findings over all sessions come when it was to close" in question
    await community.types("U2", "session skip yes")
    for _ in range(3):
        await community.go(DAY)
    assert community.chat.keyed("programme/1/summary") == []
    last = (await community.sessions())[-1]
    community.clock.move_to(last.closes_at + timedelta(minutes=1))
    for _ in range(3):
        await community.go(MINUTE)
    assert len(community.chat.keyed("programme/1/summary")) == 1


async def test_a_session_that_was_closed_by_hand_shows_the_minute_of_its_close(cop: Community) -> None:
    cop.clock.move(DAY + timedelta(seconds=20))
    await cop.types("U2", "session close yes")
    session = (await cop.sessions())[0]
    assert session.closed_at is not None
    assert session.last_minute == session.closed_at.replace(second=0, microsecond=0)
