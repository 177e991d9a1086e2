"""A programme file is applied to what is still planned, and never to what has happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, OPENS, Community, plan

from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.gathering import Gathering
from cop_bot.domain.member import Facilitator
from cop_bot.domain.reminder import Reminder
from cop_bot.domain.summary import Summary
from cop_bot.ports import PlaceFound, Profile
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme

pytestmark = EMBEDDED
WEEK = timedelta(weeks=1)
PLENARY = "plenary: {at: 2026-03-26T13:15, where: {kind: Zoom}, invite: {send: [P14D, P2D, PT1H]}}"


async def windows(community: Community) -> list[tuple[datetime, datetime]]:
    return [(session.opens_at, session.closes_at) for session in await community.sessions()]


async def test_a_file_becomes_sessions_in_utc(community: Community) -> None:
    await community.begin()
    assert await windows(community) == [(OPENS + n * WEEK, CLOSES + n * WEEK) for n in range(3)]


async def test_a_restart_with_the_same_file_undoes_no_shift(community: Community) -> None:
    planned = await community.begin()
    await community.types("U2", "programme shift 7d yes")
    after = await windows(community)
    assert await plan_programme(community.ports, planned) is False
    assert await windows(community) == after
    assert after[0][0] == OPENS + WEEK


async def test_a_changed_file_changes_what_is_still_planned_and_nothing_else(community: Community) -> None:
    await community.open()
    kept = await community.contributes("U1", "An idea")
    before = await windows(community)
    themes = (
        "  - {id: theme-1, title: Renamed, days: 3}\n"
        "  - {id: theme-2, title: Renamed too, opens: 2026-03-10T10:00}\n"
        "  - {id: theme-3, title: Theme 3, opens: 2026-03-30T09:00}"
    )
    assert await plan_programme(community.ports, plan(themes=themes))
    after = await windows(community)
    first, second, third = await community.sessions()
    assert (first.title, first.is_open, after[0]) == ({"en": "Theme 1"}, True, before[0])
    assert (second.title, after[1][0]) == ({"en": "Renamed too"}, datetime(2026, 3, 10, 9, tzinfo=UTC))
    assert after[2][0] == datetime(2026, 3, 30, 7, tzinfo=UTC), "summer time has begun"
    assert (await community.kept(1)).session_id == kept.session_id == first.id
    assert third.is_planned


async def test_a_planned_theme_that_left_the_file_is_skipped_and_a_new_one_is_added(community: Community) -> None:
    await community.open()
    themes = "  - {id: theme-1, title: A}\n  - {id: theme-3, title: C}\n  - {id: theme-4, title: D}"
    await plan_programme(community.ports, plan(themes=themes))
    states = {session.slug: session.state.value for session in await community.sessions()}
    assert states == {"theme-1": "open", "theme-2": "skipped", "theme-3": "planned", "theme-4": "planned"}


async def test_facilitators_are_told_of_a_change_and_nobody_else_is(community: Community) -> None:
    await community.open()
    await plan_programme(community.ports, plan(2))
    await community.settle()
    told = community.chat.keyed("/plan/")
    assert [said.to.person for said in told] == ["U2"]


async def test_the_first_plan_is_no_change(community: Community) -> None:
    await community.open()
    assert community.chat.keyed("/plan/") == []


async def test_sessions_that_were_over_before_the_programme_was_known_are_left_out(community: Community) -> None:
    community.clock.move_to(OPENS + WEEK + HOUR)
    await community.begin()
    await community.settle()
    assert await community.states() == ["skipped", "open", "planned"]
    assert await community.rows(Summary) == []
    assert len(community.chat.keyed("session/1/")) == 0


async def test_a_file_that_does_not_fit_what_is_open_is_refused_whole(community: Community) -> None:
    await community.open()
    before = await windows(community)
    await community.types("U2", "session extend 3d")
    themes = "  - {id: theme-2, title: B, opens: 2026-03-05T09:00}\n  - {id: theme-3, title: C}"
    with pytest.raises(OperatorMistake, match="theme-2"):
        await plan_programme(community.ports, plan(themes=themes))
    assert await windows(community) == before


async def test_a_programme_does_not_change_its_channel_while_a_session_is_open(community: Community) -> None:
    await community.open()
    with pytest.raises(OperatorMistake, match="while a session is open"):
        await plan_programme(community.ports, plan(channel="#elsewhere"))


async def test_a_platform_that_is_not_configured_is_named(community: Community) -> None:
    with pytest.raises(OperatorMistake, match="teams"):
        await plan_programme(community.ports, replace(plan(), platform="teams"))
    with pytest.raises(OperatorMistake, match="names no platform"):
        await plan_programme(replace(community.ports, chats={}), plan())


async def test_two_replicas_that_start_at_once_plan_the_programme_once(community: Community) -> None:
    assert [await plan_programme(community.ports, plan()) for _ in range(2)] == [True, False]
    assert len(await community.sessions()) == 3


async def test_reminders_of_planned_sessions_follow_the_file(community: Community) -> None:
    await community.open(rhythm=", remind: [{at: midway, to: quiet}]")
    await plan_programme(
        community.ports, plan(rhythm=", remind: [{before: P1D, to: quiet}, {before: PT12H, to: quiet}]")
    )
    reminders = await community.rows(Reminder)
    assert [reminder.session_id for reminder in sorted(reminders, key=lambda r: r.at)] == [1, 2, 2, 3, 3]


async def test_facilitators_named_by_mail_are_found_on_the_platform(community: Community) -> None:
    community.chat.emails["amina@example.org"] = "U1"
    await community.begin(2, "roles: {facilitators: [amina@example.org, nobody@example.org]}")
    facilitators = {row.member_id: row.named for row in await community.rows(Facilitator)}
    assert facilitators == {(await community.member("U1")).id: "", None: "nobody@example.org"}
    assert "Only facilitators" not in await community.types("U1", "session list")


async def test_while_no_facilitator_is_known_administrators_may_act(community: Community) -> None:
    community.chat.people["U1"] = Profile("U1", "Amina", is_admin=True)
    await community.begin(2, "roles: {facilitators: [nobody@example.org]}")
    assert "Only facilitators" not in await community.types("U1", "session list")
    assert "Only facilitators" in await community.types("U3", "session list")


async def test_gatherings_are_announced_at_their_times_each_once(community: Community) -> None:
    await community.begin(3, PLENARY)
    starts = datetime(2026, 3, 26, 12, 15, tzinfo=UTC)
    counts = []
    for before in (15 * DAY, 14 * DAY, 3 * DAY, 2 * DAY, HOUR, 0 * HOUR, -HOUR):
        await community.until(starts - before)
        counts.append(len(community.chat.keyed("/announcement/")))
    assert counts == [0, 1, 1, 2, 3, 3, 3]
    assert "Zoom" in community.chat.keyed("/announcement/")[0].text


async def test_announcements_that_were_missed_are_made_once_and_none_after_the_start(community: Community) -> None:
    starts = datetime(2026, 3, 26, 12, 15, tzinfo=UTC)
    await community.begin(3, PLENARY)
    await community.until(starts - DAY)
    assert len(community.chat.keyed("/announcement/")) == 1
    await community.until(starts)
    assert len(community.chat.keyed("/announcement/")) == 1


async def test_an_announcement_that_waits_for_the_platform_is_not_made_after_the_start(community: Community) -> None:
    starts = datetime(2026, 3, 26, 12, 15, tzinfo=UTC)
    await community.begin(1, PLENARY)
    await community.until(CLOSES)
    community.chat.places.clear()
    async with community.ports.unit() as unit:
        from cop_bot.domain.place import Place

        (await unit.get_one(Place, 1)).bot_is_in = False
    await community.until(starts - HOUR)
    community.chat.places["#cop-power"] = PlaceFound("C1", "cop-power", bot_is_in=True)
    await community.until(starts)
    await sync_places(community.ports)
    await community.go(HOUR)
    assert community.chat.keyed("/announcement/3") == []


async def test_a_gathering_that_leaves_the_file_and_comes_back_stops_nothing(community: Community) -> None:
    await community.begin(3, PLENARY)
    await community.until(datetime(2026, 3, 12, 13, 0, tzinfo=UTC))
    assert len(community.chat.keyed("/announcement/")) == 1
    await plan_programme(community.ports, plan(3))
    await plan_programme(community.ports, plan(3, PLENARY))
    await community.until(datetime(2026, 3, 24, 13, 0, tzinfo=UTC))
    assert await community.states() == ["closed", "closed", "closed"]
    assert len(await community.rows(Gathering)) == 1
    assert len(community.chat.keyed("/announcement/")) >= 2
