"""What is due, in which order, and what a change of the plan moves: decisions without any database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from cop_bot.domain.breaks import Break
from cop_bot.domain.gathering import Gathering, GatheringKind
from cop_bot.domain.mistakes import (
    InABreak,
    MemberMistake,
    NoSuchSession,
    SessionIsNotOpen,
    SessionIsNotPlanned,
    SessionsWouldOverlap,
)
from cop_bot.domain.plan import GatheringPlan, Plan, ReminderPlan, SessionPlan, Settings
from cop_bot.domain.programme import Programme
from cop_bot.domain.reminder import LOOK_AHEAD, Reminder
from cop_bot.domain.scheduled import Do
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import Timetable
from cop_bot.domain.wall_clock import local_time
from cop_bot.usecases.programme.run_due import DOES

DAY = timedelta(days=1)
ZONE = "Europe/Amsterdam"
FIRST = datetime(2026, 3, 2, 8, tzinfo=UTC)


def timetable(sessions: int = 3, *, gap: timedelta = timedelta(0)) -> Timetable:
    """Sessions of a week, a reminder a day before each close, a plenary the day after the last one."""
    programme = Programme(id=1, workspace_id=1, slug="power", zone="Europe/Amsterdam", place_id=1, digest="")
    made, reminders = [], []
    for number in range(sessions):
        opens = FIRST + number * timedelta(weeks=1)
        closes = opens + timedelta(weeks=1) - gap
        session = Session.planned(
            1, 1, number + 1, SessionPlan(f"t{number + 1}", {"en": f"T {number + 1}"}, opens, closes)
        )
        session.id = number + 1
        made.append(session)
        reminders.append(Reminder.planned(session, ReminderPlan(closes - DAY, "before P1D")))
    starts = FIRST + sessions * timedelta(weeks=1) + DAY
    plenary = Gathering.planned(1, GatheringPlan("plenary", starts, None, announce_at=(starts - 2 * DAY,)))
    return Timetable(programme, made, [plenary], reminders)


def test_nothing_is_due_before_its_time() -> None:
    assert timetable().due(FIRST - timedelta(seconds=1)) == []


def test_what_is_due_comes_in_the_order_of_its_own_times_and_a_close_before_an_opening() -> None:
    due = timetable().due(FIRST + timedelta(weeks=2))
    assert [action.do for action in due] == [Do.OPEN, Do.REMIND, Do.CLOSE, Do.OPEN, Do.REMIND, Do.CLOSE, Do.OPEN]
    assert [action.at for action in due] == sorted(action.at for action in due)


def test_the_programme_notes_when_anything_of_it_is_due_next() -> None:
    plan = timetable(1)
    plan.settle()
    assert plan.programme.next_due == FIRST
    plan.sessions[0].open(FIRST)
    plan.settle()
    assert plan.programme.next_due == FIRST + 6 * DAY - LOOK_AHEAD
    plan.reminders[0].over()
    plan.gatherings.clear()
    plan.settle()
    assert plan.programme.next_due == FIRST + 7 * DAY
    plan.sessions[0].close(FIRST + 7 * DAY)
    plan.settle()
    assert plan.programme.next_due is None


def test_whenever_something_is_due_the_programme_is_asked() -> None:
    """`next_due` is never later than what `due` would find."""
    plan = timetable()
    for hours in range(0, 24 * 25, 7):
        now = FIRST + timedelta(hours=hours)
        plan.settle()
        assert bool(plan.due(now)) == (plan.programme.next_due is not None and plan.programme.next_due <= now)
        for action in plan.due(now):
            if isinstance(action.subject, Session):
                (action.subject.open if action.do is Do.OPEN else action.subject.close)(now)
            elif isinstance(action.subject, Gathering):
                action.subject.announce(now)
            elif isinstance(action.subject, Reminder):
                action.subject.over()


@pytest.mark.parametrize("wanted", ["2", "t2", "T2", " T 2 ", "t 2"])
def test_a_session_is_found_by_its_number_id_or_title(wanted: str) -> None:
    assert timetable().session(wanted).slug == "t2"


@pytest.mark.parametrize("wanted", ["", "4", "t", "T "])
def test_a_name_that_fits_none_or_several_finds_nothing(wanted: str) -> None:
    with pytest.raises(NoSuchSession):
        timetable().session(wanted)


def test_a_shift_moves_what_is_planned_with_its_reminders_and_the_plenary() -> None:
    plan = timetable()
    plan.sessions[0].open(FIRST)
    plan.shift(28, FIRST + DAY)
    assert plan.sessions[0].opens_at == FIRST
    hour = timedelta(hours=1)
    assert plan.sessions[1].opens_at == FIRST + timedelta(weeks=5) - hour, "nine o'clock in summer time"
    assert plan.reminders[1].at == plan.sessions[1].closes_at - DAY
    assert plan.gatherings[0].starts_at == FIRST + timedelta(weeks=7) + DAY - hour
    assert plan.gatherings[0].announcements == [plan.gatherings[0].starts_at - 2 * DAY]


def test_a_shift_into_the_past_or_into_the_open_session_is_refused_whole() -> None:
    plan = timetable()
    plan.sessions[0].open(FIRST)
    before = [(s.opens_at, s.closes_at) for s in plan.sessions]
    with pytest.raises(SessionsWouldOverlap):
        plan.shift(-3, FIRST + DAY)
    with pytest.raises(MemberMistake):
        timetable().shift(-3, FIRST)
    assert [(s.opens_at, s.closes_at) for s in plan.sessions] == before


def test_an_extension_moves_the_reminders_that_count_from_the_close() -> None:
    plan = timetable(gap=timedelta(days=4))
    first = plan.sessions[0]
    first.open(FIRST)
    closes = first.closes_at
    plan.extend(first, 2)
    assert first.closes_at == closes + 2 * DAY
    assert plan.reminders[0].at == first.closes_at - DAY
    with pytest.raises(SessionsWouldOverlap, match="NextWouldBeOpen"):
        plan.extend(first, 7)


def test_a_session_goes_only_forward() -> None:
    session = timetable().sessions[0]
    with pytest.raises(SessionIsNotOpen):
        session.close(FIRST)
    session.open(FIRST)
    for step in (session.skip, lambda: session.open(FIRST), lambda: session.move(FIRST, FIRST)):
        with pytest.raises(SessionIsNotPlanned):
            step()
    session.close(FIRST + DAY)
    with pytest.raises(SessionIsNotOpen):
        session.extend(FIRST + 30 * DAY)


def test_a_session_opened_or_closed_by_hand_covers_what_it_really_covered() -> None:
    session = timetable().sessions[0]
    session.open(FIRST - DAY)
    assert session.covers(FIRST - DAY)
    session.close(FIRST + DAY)
    assert not session.covers(FIRST + DAY)
    assert session.is_late(FIRST + DAY)
    assert not session.is_late(FIRST + 2 * DAY)


def test_announcements_that_were_missed_are_made_once_and_none_after_the_start() -> None:
    starts = FIRST + 20 * DAY
    times = tuple(starts - days * DAY for days in (14, 2, 1))
    gathering = Gathering.planned(1, GatheringPlan("kickoff", starts, None, announce_at=times))
    assert gathering.kind is GatheringKind.KICKOFF
    assert not gathering.announce(starts - 15 * DAY)
    assert gathering.announce(starts - 2 * DAY)
    assert not gathering.announce(starts - 2 * DAY)
    assert gathering.next_announcement() == starts - DAY
    assert not gathering.announce(starts)
    assert gathering.next_announcement() is None


def test_a_summary_announces_the_next_session_only_until_it_has_opened() -> None:
    plan = timetable()
    first, second, third = plan.sessions
    first.open(first.opens_at)
    assert plan.coming_after(first) is second
    first.close(first.closes_at)
    assert plan.coming_after(first) is second
    second.open(second.opens_at)
    assert plan.coming_after(first) is None
    assert plan.coming_after(second) is third


# Breaks: 2026-03-23 to 2026-04-05, two weeks

PAUSE = Break(date(2026, 3, 23), date(2026, 4, 5), "spring")


def with_break(sessions: int = 3, *, every: int = 7) -> Timetable:
    plan = timetable(sessions)
    settings = Settings(breaks=(PAUSE,), every=every)
    plan.programme.replan(Plan("power", {"en": "P"}, "Europe/Amsterdam", "#cop", "d", (), settings=settings))
    return plan


def days(plan: Timetable) -> list[tuple[date, date]]:
    """First and last day of each session, in Amsterdam."""
    return [(local_time(s.opens_at, ZONE).date(), local_time(s.last_minute, ZONE).date()) for s in plan.sessions]


@pytest.mark.parametrize("by", range(1, 60))
def test_no_shift_lands_in_a_break_nor_makes_sessions_overlap(by: int) -> None:
    plan = with_break()
    before = days(plan)
    moved = plan.shift(by, FIRST)
    assert len(moved) == 3
    for (was, _), (first, last) in zip(before, days(plan), strict=True):
        assert last < PAUSE.begins or first > PAUSE.ends
        assert (last - first).days == 7 - 1 + 1
        assert first >= was + timedelta(days=by)
        assert (first - was).days % 7 == by % 7, "the weekday is that of the shift"
    for (_, last), (first, _) in pairwise(days(plan)):
        assert first >= last
    plenary = plan.gathering(GatheringKind.PLENARY)
    assert plenary is not None
    assert not PAUSE.begins <= local_time(plenary.starts_at, ZONE).date() <= PAUSE.ends
    assert plenary.starts_at > plan.sessions[-1].closes_at
    for session, reminder in zip(plan.sessions, plan.reminders, strict=True):
        assert reminder.at == session.closes_at - DAY


def test_what_a_break_moved_says_why_and_what_follows_keeps_its_distance() -> None:
    plan = with_break()
    plan.shift(14, FIRST)
    assert [first for first, _ in days(plan)] == [date(2026, 4, 6), date(2026, 4, 13), date(2026, 4, 20)]
    assert [session.moved_because for session in plan.sessions] == ["spring", "", ""]


def test_a_session_is_not_extended_into_a_break() -> None:
    plan = with_break(1)
    session = plan.sessions[0]
    session.open(FIRST)
    with pytest.raises(InABreak) as refused:
        plan.extend(session, 14)
    assert refused.value.values == {"why": "spring", "begins": PAUSE.begins, "ends": PAUSE.ends, "zone": ZONE}
    plan.extend(session, 13)


def test_a_session_is_not_opened_before_a_break_that_comes_before_it() -> None:
    plan = with_break(1)
    plan.shift(42, FIRST)
    session = plan.sessions[0]
    assert days(plan)[0][0] == date(2026, 4, 13)
    for days_before in (42, 14, 8):
        with pytest.raises(InABreak):
            plan.open_early(session, session.opens_at - days_before * DAY)
    plan.open_early(session, session.opens_at - 7 * DAY)


def test_every_kind_of_due_thing_has_somebody_who_does_it() -> None:
    assert set(DOES) == set(Do)
