"""A programme with all that is planned of it, and what of that is due: pure functions of the state and the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from cop_bot.domain import wall_clock
from cop_bot.domain.gathering import Gathering, GatheringKind
from cop_bot.domain.mistakes import NextWouldBeOpen, NoSuchSession, OpensInThePast, SessionsWouldOverlap
from cop_bot.domain.programme import Programme, in_language
from cop_bot.domain.reminder import Reminder
from cop_bot.domain.session import Session, SessionState


class Do(IntEnum):
    """What to do; at the same moment a session closes before the next one opens."""

    CLOSE = 1
    OPEN = 2
    ANNOUNCE = 3
    REMIND = 4


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that is due since `at`."""

    at: datetime
    do: Do
    subject: Session | Gathering | Reminder


@dataclass(slots=True)
class Timetable:
    """The aggregate as one transaction holds it. Sessions are in the order of their opening."""

    programme: Programme
    sessions: list[Session]
    gatherings: list[Gathering] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)

    def due(self, now: datetime) -> list[Action]:
        """All that is due, in the order of its own times: after a down-time things are made good as they should have
        come.
        """
        actions: list[Action] = []
        for session in self.sessions:
            if session.is_planned and session.opens_at <= now:
                actions.append(Action(session.opens_at, Do.OPEN, session))
            if session.state in (SessionState.PLANNED, SessionState.OPEN) and session.closes_at <= now:
                actions.append(Action(session.closes_at, Do.CLOSE, session))
        actions += [Action(at, Do.ANNOUNCE, g) for g in self.gatherings if (at := g.next_announcement()) and at <= now]
        actions += [Action(r.next_at, Do.REMIND, r) for r in self.reminders if r.next_at and r.next_at <= now]
        return sorted(actions, key=lambda action: (action.at, action.do))

    def settle(self) -> None:
        """Note on the programme when anything of it is due next; after every change."""
        moments = [s.opens_at for s in self.sessions if s.is_planned]
        moments += [s.closes_at for s in self.sessions if s.is_open]
        moments += [at for g in self.gatherings if (at := g.next_announcement())]
        moments += [r.next_at for r in self.reminders if r.next_at]
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

        Raises SessionsWouldOverlap, OpensInThePast.
        """
        zone, moved = self.programme.zone, [s for s in self.sessions if s.is_planned]
        windows = [
            (s, wall_clock.shift(s.opens_at, zone, days), wall_clock.shift(s.closes_at, zone, days)) for s in moved
        ]
        running = self.open_session()
        for session, opens_at, closes_at in windows:
            if opens_at < now:
                raise OpensInThePast
            if running and opens_at < running.closes_at:
                raise SessionsWouldOverlap
            session.move(opens_at, closes_at)
            for reminder in self.reminders_of(session):
                reminder.move(wall_clock.shift(reminder.at, zone, days))
        plenary = self.gathering(GatheringKind.PLENARY)
        if plenary and plenary.starts_at > now:
            plenary.shift(days, zone)
        self.settle()
        return moved

    def extend(self, session: Session, days: int) -> None:
        """A later close for the open session, by days on the wall clock.

        Its reminders that count from the close move with it. Raises NextWouldBeOpen.
        """
        closes_at = wall_clock.shift(session.closes_at, self.programme.zone, days)
        following = self.next_session()
        if following and following.opens_at < closes_at:
            raise NextWouldBeOpen(days=days)
        session.extend(closes_at)
        for reminder in self.reminders_of(session):
            if reminder.rule.startswith("before") and not reminder.has_begun:
                reminder.move(wall_clock.shift(reminder.at, self.programme.zone, days))
        self.settle()
