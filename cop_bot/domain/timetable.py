"""A programme with all that is planned of it, and what of that is due: pure functions of the state and the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cop_bot.domain import wall_clock
from cop_bot.domain.breaks import after_breaks, touched
from cop_bot.domain.gathering import Gathering, GatheringKind
from cop_bot.domain.mistakes import InABreak, NextWouldBeOpen, NoSuchSession, OpensInThePast, SessionsWouldOverlap
from cop_bot.domain.programme import Programme, in_language
from cop_bot.domain.reminder import BY_HAND, Reminder
from cop_bot.domain.scheduled import Due, Move, Scheduled
from cop_bot.domain.session import Session, SessionState


@dataclass(slots=True)
class Timetable:
    """The aggregate as one transaction holds it. Sessions are in the order of their opening."""

    programme: Programme
    sessions: list[Session]
    gatherings: list[Gathering] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)

    @property
    def scheduled(self) -> list[Scheduled]:
        """Everything that falls due, of whatever kind."""
        return [*self.sessions, *self.gatherings, *self.reminders]

    def due(self, now: datetime) -> list[Due]:
        """All that is due, in the order of its own times: after a down-time things are made good as they should have
        come.
        """
        found = [due for thing in self.scheduled for due in thing.falls_due() if due.at <= now]
        return sorted(found, key=lambda due: (due.at, due.do))

    def settle(self) -> None:
        """Note on the programme when anything of it is due next; after every change."""
        moments = [due.at for thing in self.scheduled for due in thing.falls_due()]
        self.programme.next_due = min(moments, default=None)

    @property
    def is_over(self) -> bool:
        """Whether no session is left to open or to close."""
        return all(s.state in (SessionState.CLOSED, SessionState.SKIPPED) for s in self.sessions)

    def open_session(self) -> Session | None:
        """The session that is open, or None."""
        return next((s for s in self.sessions if s.is_open), None)

    def next_session(self) -> Session | None:
        """The session that opens next, or None."""
        return next((s for s in self.sessions if s.is_planned), None)

    def coming_after(self, session: Session) -> Session | None:
        """The session that opens next, for the summary of this one; None once another has opened since."""
        opened = (SessionState.OPEN, SessionState.CLOSED)
        since = [s for s in self.sessions if s.opens_at > session.opens_at and s.state in opened]
        return None if since else self.next_session()

    def last_closed(self) -> Session | None:
        """The session that closed last, or None."""
        closed = [s for s in self.sessions if s.state is SessionState.CLOSED]
        return max(closed, key=lambda s: s.closes_at, default=None)

    def session(self, wanted: str) -> Session:
        """The session with this number (`2`), id (`risk`) or title, however written.

        Raises NoSuchSession.
        """
        sought = wanted.strip().casefold()
        for session in self.sessions:
            titles = {in_language(session.title, language).casefold() for language in session.title}
            if sought in (str(session.position), session.slug.casefold()) or sought in titles:
                return session
        close = [s for s in self.sessions if sought and any(sought in t.casefold() for t in s.title.values())]
        if len(close) == 1:
            return close[0]
        raise NoSuchSession

    def gathering(self, kind: GatheringKind) -> Gathering | None:
        """The kick-off or the plenary, if there is one."""
        return next((g for g in self.gatherings if g.kind is kind), None)

    def reminders_of(self, session: Session) -> list[Reminder]:
        """The reminders of a session."""
        return [r for r in self.reminders if r.session_id == session.id]

    def shift(self, days: int, now: datetime) -> list[Session]:
        """Move every session that is still planned, and the plenary, by days on the wall clock; returns the moved
        sessions.

        What would land in a break opens after it, and what follows keeps its distance. Raises SessionsWouldOverlap,
        OpensInThePast.
        """
        moved, running = [s for s in self.sessions if s.is_planned], self.open_session()
        move = self._move(days, moved, now)
        for session in moved:
            opens_at = move.of(session.opens_at, move.sessions[session.id])
            if opens_at < now:
                raise OpensInThePast
            if running and opens_at < running.closes_at:
                raise SessionsWouldOverlap
        for thing in self.scheduled:
            thing.shift(move)
        self.settle()
        return moved

    def _move(self, days: int, sessions: list[Session], now: datetime) -> Move:
        zone, settings = self.programme.zone, self.programme.decided()
        by, why = dict[int | None, int](), dict[int | None, str]()
        before: tuple[date, date] | None = None  # when the session before opened, and opens now
        for session in sessions:
            first, last = self._days_of(session)
            opens = first + timedelta(days=days)
            if before is not None:
                distance = first - before[0]
                apart = min(distance, timedelta(days=settings.every)) if settings.every else distance
                opens += timedelta(weeks=max(0, -(-(before[1] + apart - opens).days // 7)))
            opens, pause = after_breaks(opens, (last - first).days + 1, settings.breaks)
            by[session.id] = (opens - first).days
            if pause is not None:
                why[session.id] = pause.why
            before = (first, opens)
        return Move(zone, now, by, self._plenary_days(max(by.values(), default=days)), why)

    def _plenary_days(self, days: int) -> int:
        """How far the plenary moves, so that it is in no break either."""
        plenary = self.gathering(GatheringKind.PLENARY)
        if plenary is None:
            return days
        day = wall_clock.local_time(plenary.starts_at, self.programme.zone).date()
        free, _ = after_breaks(day + timedelta(days=days), 1, self.programme.decided().breaks)
        return (free - day).days

    def _days_of(self, session: Session) -> tuple[date, date]:
        """The first and the last day of its window, as the programme's calendar has them."""
        zone = self.programme.zone
        first = wall_clock.local_time(session.opens_at, zone).date()
        return first, wall_clock.local_time(session.last_minute, zone).date()

    def open_early(self, session: Session, now: datetime) -> None:
        """Whether this session may open before its time. Raises InABreak if a break lies between now and then."""
        opens, _ = self._days_of(session)
        today = wall_clock.local_time(now, self.programme.zone).date()
        self._must_be_free(today, opens - timedelta(days=1))

    def extend(self, session: Session, days: int) -> None:
        """A later close for the open session, by days on the wall clock.

        Its reminders that count from the close move with it. Raises NextWouldBeOpen, InABreak.
        """
        closes_at = wall_clock.shift(session.closes_at, self.programme.zone, days)
        _, last = self._days_of(session)
        self._must_be_free(last + timedelta(days=1), last + timedelta(days=days))
        following = self.next_session()
        if following and following.opens_at < closes_at:
            raise NextWouldBeOpen(days=days)
        session.extend(closes_at)
        for reminder in self.reminders_of(session):
            if reminder.rule.startswith("before") and not reminder.has_begun:
                reminder.move(wall_clock.shift(reminder.at, self.programme.zone, days))
        self.settle()

    def reopen(self, session: Session, closes_at: datetime) -> None:
        """A session that is closed is open until then. Reminders that come after its old close, counted from the new
        one, are sent. Raises NextWouldBeOpen, InABreak.
        """
        by = closes_at - session.closes_at
        _, last = self._days_of(session)
        new_last = wall_clock.local_time(closes_at - timedelta(microseconds=1), self.programme.zone).date()
        self._must_be_free(last + timedelta(days=1), new_last)
        following = self.next_session()
        if following and following.opens_at < closes_at:
            raise NextWouldBeOpen(days=by.days + 1)
        session.reopen(closes_at)
        for reminder in self.reminders_of(session):
            moved = reminder.at + by if reminder.rule.startswith("before") else reminder.at
            if reminder.next_at is None and reminder.rule != BY_HAND and moved > (session.closed_at or moved):
                reminder.move(moved)
        session.closed_at = None
        self.settle()

    def _must_be_free(self, first: date, last: date) -> None:
        pause = touched(self.programme.decided().breaks, first, last) if first <= last else None
        if pause is not None:
            raise InABreak(why=pause.why, begins=pause.begins, ends=pause.ends, zone=self.programme.zone)
