"""Sessions open and close on time, in order, once; a down-time is made good at the next start."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, PLACE, SECOND, Community, ports_on
from support.fake_chat import FakeChat, Fate
from support.hand_clock import HandClock
from support.killing import KilledError

from cop_bot.domain.notice import LEASE
from cop_bot.domain.programme import Programme
from cop_bot.domain.scheduled import Do
from cop_bot.domain.session import Session
from cop_bot.domain.summary import back_off
from cop_bot.ports import PlaceFound
from cop_bot.store import queries
from cop_bot.store.engine import Database, connect
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.delivery.release_leases import release_leases
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.open_session import open_session
from cop_bot.usecases.programme.run_due import DOES, SUMMARY_FIRST, run_due


def doers() -> dict[Any, Any]:
    """Who does what is due."""
    assert isinstance(DOES, dict)
    return DOES


AFTER_THREE_WEEKS = OPENS + timedelta(weeks=3)


async def test_a_session_opens_and_closes_on_time_and_says_so(community: Community) -> None:
    await community.begin()
    await community.until(OPENS - SECOND)
    assert await community.states() == ["planned", "planned", "planned"]
    await community.until(OPENS)
    assert await community.states() == ["open", "planned", "planned"]
    (opening,) = community.chat.keyed("opening")
    assert "Theme 1" in opening.text
    assert opening.to.place == PLACE
    await community.until(CLOSES - SECOND)
    assert await community.states() == ["open", "planned", "planned"]
    await community.until(CLOSES)
    assert await community.states() == ["closed", "planned", "planned"]
    assert len(community.chat.keyed("summary")) == 1


async def test_the_last_minute_belongs_to_the_session(community: Community) -> None:
    await community.open()
    community.clock.move_to(CLOSES - SECOND)
    kept = await community.contributes("U1", "At 23:59:59 on the clocks of Amsterdam")
    assert not kept.late


async def test_after_a_down_time_sessions_open_and_close_in_their_order_each_once(community: Community) -> None:
    await community.begin()
    await community.until(AFTER_THREE_WEEKS + HOUR)
    assert await community.states() == ["closed", "closed", "closed"]
    told = [said.key.removeprefix("d0/") for said in community.chat.said]
    assert [key for key in told if "opening" in key] == [f"session/{n}/opening" for n in (1, 2, 3)]
    assert [key for key in told if "/summary/" in key] == [
        *(f"session/{n}/summary/1/1" for n in (1, 2, 3)),
        "programme/1/summary/1/1",
    ]
    assert len(told) == len(set(told))


def _told(community: Community) -> list[str]:
    return [said.key.removeprefix("d0/") for said in community.chat.said]


async def _down_until_the_next_opening(community: Community) -> None:
    """The first session was open, and now both its close and the opening of the second are made good at once."""
    await community.open()
    community.clock.move_to(OPENS + 7 * DAY)


@EMBEDDED
async def test_an_opening_waits_for_a_summary_whose_first_attempt_has_failed(community: Community) -> None:
    await _down_until_the_next_opening(community)
    community.chat.down = True
    await community.tick()
    assert await community.states() == ["closed", "planned", "planned"], "no summary: the history can't be read"
    community.chat.down = False
    community.clock.move(back_off(1))
    await community.settle()
    assert _told(community) == ["session/1/opening", "session/1/summary/1/1", "session/2/opening"]


@EMBEDDED
async def test_an_opening_waits_no_longer_than_a_minute_for_the_summary(community: Community) -> None:
    await _down_until_the_next_opening(community)
    community.chat.down = True
    await community.tick()
    for wait, second in ((SUMMARY_FIRST - 10 * SECOND, "planned"), (10 * SECOND, "open")):
        community.clock.move(wait)
        await community.tick()
        assert await community.states() == ["closed", second, "planned"]


@pytest.mark.parametrize("fate", ["killed before", "killed after"])
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "one of two"])
async def test_an_opening_stays_below_a_summary_at_whose_posting_we_were_killed(
    community: Community, fate: Fate, alone: bool
) -> None:
    await _down_until_the_next_opening(community)
    community.chat.will(fate, on="summary")
    with pytest.raises(KilledError):
        await community.tick()
    assert await community.states() == ["closed", "open", "planned"], "the opening waits to be said"
    community.ports = replace(community.ports, owner="second")
    if alone:
        await release_leases(community.ports)
    for _ in range(LEASE // SECOND):
        community.clock.move_wall(SECOND)
        await community.tick()
    await community.settle()
    assert _told(community) == ["session/1/opening", "session/1/summary/1/1", "session/2/opening"]


async def test_a_session_that_should_have_opened_while_we_were_down_opens_late_and_closes_as_planned(
    community: Community,
) -> None:
    await community.begin()
    await community.until(OPENS + 3 * DAY)
    (first, *_) = await community.sessions()
    assert (first.opens_at, first.opened_at, first.closes_at) == (OPENS, OPENS + 3 * DAY, CLOSES)
    await community.until(CLOSES)
    assert await community.states() == ["closed", "planned", "planned"]


async def test_one_closes_before_the_next_opens(community: Community) -> None:
    adjoining = "  - {id: a, title: A, closes: 2026-03-02T12:00}\n  - {id: b, title: B, opens: 2026-03-02T12:01}"
    await community.open(themes=adjoining)
    await community.until(OPENS + 3 * HOUR + MINUTE)
    assert await community.states() == ["closed", "open"]


async def test_nothing_is_done_twice_however_often_the_clock_ticks(community: Community) -> None:
    await community.open()
    assert [await run_due(community.ports) for _ in range(3)] == [0, 0, 0]
    assert len(community.chat.keyed("opening")) == 1


async def test_an_outage_delays_the_announcement_but_not_the_session(community: Community) -> None:
    await community.begin()
    community.chat.down = True
    for _ in range(50):
        community.chat.will("lost post")
    await community.until(OPENS)
    assert await community.states() == ["open", "planned", "planned"]
    assert community.chat.said == []
    community.chat.down, community.chat.fates = False, []
    for _ in range(4):
        await community.go(10 * MINUTE)
    assert len(community.chat.keyed("opening")) == 1


async def test_a_place_that_is_not_known_yet_delays_nothing_but_the_words(community: Community) -> None:
    found = community.chat.places.pop("#cop-power")
    await community.begin()
    await community.until(OPENS)
    assert await community.states() == ["open", "planned", "planned"]
    assert community.chat.said == []
    community.chat.places["#cop-power"] = found
    await sync_places(community.ports)
    await community.go(MINUTE)
    assert len(community.chat.keyed("opening")) == 1


async def test_a_tick_asks_only_programmes_of_which_something_is_due(community: Community) -> None:
    await community.open()
    async with community.ports.reading() as unit:
        assert await queries.programmes.due(unit, CLOSES - SECOND) == []
        assert await queries.programmes.due(unit, CLOSES) == [1]
    await community.until(AFTER_THREE_WEEKS)
    (programme,) = await community.rows(Programme)
    assert programme.next_due is None


async def test_what_goes_wrong_in_one_programme_stops_no_other(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    await community.begin(1)
    await community.begin(1, slug="other", channel="#other")

    async def open_all_but_the_first(unit: object, ports: object, timetable: object, session: Session) -> None:
        if session.programme_id == 1:
            raise ValueError("something unforeseen")
        await open_session(unit, ports, timetable, session)  # type: ignore[arg-type]

    monkeypatch.setitem(doers(), Do.OPEN, open_all_but_the_first)
    await community.until(OPENS)
    assert sorted(await community.states()) == ["open", "planned"]


async def test_a_failing_tick_changes_nothing_and_the_next_one_does_it_all(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    await community.begin()

    async def fail(*_: object) -> None:
        raise ValueError("something unforeseen")

    with monkeypatch.context() as patch:
        patch.setitem(doers(), Do.CLOSE, fail)
        await community.until(OPENS + 8 * DAY)
        assert await community.states() == ["planned", "planned", "planned"]
        assert await community.notices() == []
    await community.settle()
    assert await community.states() == ["closed", "open", "planned"]


async def test_two_replicas_that_tick_at_once_open_and_close_each_session_once(
    postgres_url: str, clock: HandClock, chat: FakeChat
) -> None:
    async with _two(postgres_url) as databases:
        replicas = [ports_on(database, clock, chat, owner=f"p{n}") for n, database in enumerate(databases)]
        community = Community(replicas[0], clock, chat)
        for number, slug in enumerate(("power", "trust", "money"), start=1):
            chat.places[f"#{slug}"] = PlaceFound(f"C{number}", slug, bot_is_in=True)
            await community.begin(slug=slug, channel=f"#{slug}")
        for moment in (OPENS, CLOSES, AFTER_THREE_WEEKS):
            clock.move_to(moment)
            for _ in range(3):  # each opening waits a minute for the summary before it, which nobody writes here
                await asyncio.gather(*(run_due(ports) for ports in replicas * 6))
                clock.move_wall(61 * SECOND)
        assert set(await community.states()) == {"closed"}
        for _ in range(30):
            clock.move_wall(2 * SECOND)
            await asyncio.gather(*(deliver_notices(ports) for ports in replicas * 3))
        openings = [said.key for said in chat.keyed("opening")]
        assert sorted(openings) == sorted(f"d0/session/{n}/opening" for n in range(1, 10))


class _two:  # noqa: N801  reads as what it is: async with two databases
    """Two engines on one database, as two processes have them."""

    def __init__(self, url: str) -> None:
        self.databases = [connect(url), connect(url)]

    async def __aenter__(self) -> list[Database]:
        return self.databases

    async def __aexit__(self, *_: object) -> None:
        for database in self.databases:
            await database.close()


async def test_over_a_change_of_the_clocks_a_session_still_opens_at_nine(community: Community) -> None:
    await community.begin(6)
    opens = [session.opens_at for session in await community.sessions()]
    assert opens[3] == datetime(2026, 3, 23, 8, 0, tzinfo=UTC)
    assert opens[4] == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)


async def test_the_opening_says_whether_a_model_will_read(community: Community, chat: FakeChat) -> None:
    class Model:
        name = "m"

    await community.begin(2, "privacy: {ai: no}")
    community.ports = replace(community.ports, model=Model())  # type: ignore[arg-type]
    await community.until(OPENS)
    assert "An AI model reads it" not in chat.keyed("opening")[0].text
