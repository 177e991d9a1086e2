"""What is due: a pure function of the state and the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from cop_bot.domain.gathering import Gathering
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


def due(
    sessions: Iterable[Session], gatherings: Iterable[Gathering], reminders: Iterable[Reminder], now: datetime
) -> list[Action]:
    """All that is due at `now`, in the order of its own times: after a down-time things are made good as they should have come."""
    actions: list[Action] = []
    for session in sessions:
        if session.is_planned and session.opens_at <= now:
            actions.append(Action(session.opens_at, Do.OPEN, session))
        if session.state in (SessionState.PLANNED, SessionState.OPEN) and session.closes_at <= now:
            actions.append(Action(session.closes_at, Do.CLOSE, session))
    actions += [Action(at, Do.ANNOUNCE, g) for g in gatherings if (at := g.next_announcement()) and at <= now]
    actions += [Action(r.next_at, Do.REMIND, r) for r in reminders if r.next_at and r.next_at <= now]
    return sorted(actions, key=lambda action: (action.at, action.do))


def next_due(
    sessions: Iterable[Session], gatherings: Iterable[Gathering], reminders: Iterable[Reminder]
) -> datetime | None:
    """The earliest moment at which anything is due, or None when nothing ever is."""
    moments = [s.opens_at for s in sessions if s.is_planned]
    moments += [s.closes_at for s in sessions if s.is_open]
    moments += [at for g in gatherings if (at := g.next_announcement())]
    moments += [r.next_at for r in reminders if r.next_at]
    return min(moments, default=None)


def is_over(sessions: Sequence[Session]) -> bool:
    """Whether no session is left to open or to close."""
    return all(s.state in (SessionState.CLOSED, SessionState.SKIPPED) for s in sessions)


def clash(sessions: Iterable[Session], session: Session, opens_at: datetime, closes_at: datetime) -> Session | None:
    """Another session that would overlap with this window, or None."""
    for other in sessions:
        if (
            other is not session
            and other.state is not SessionState.SKIPPED
            and opens_at < other.closes_at
            and other.opens_at < closes_at
        ):
            return other
    return None
