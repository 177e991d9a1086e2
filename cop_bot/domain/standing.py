"""How a programme's timetable stands, as plain values: taken before a step of steering, put back when it is undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cop_bot.domain.mistakes import TooLateToUndo
from cop_bot.domain.session import SessionState
from cop_bot.domain.timetable import Timetable

Standing = Mapping[str, Any]
"""`sessions`, `gatherings` and `reminders`, each id -> what of it may move. Times are ISO 8601 in UTC."""


def standing(timetable: Timetable) -> dict[str, Any]:
    """As it stands now."""
    return {
        "sessions": {
            str(s.id): [
                s.state.value,
                _text(s.opens_at),
                _text(s.closes_at),
                s.moved_because,
                _text(s.opened_at),
                _text(s.closed_at),
            ]
            for s in timetable.sessions
        },
        "gatherings": {
            str(g.id): [_text(g.starts_at), _text(g.ends_at), list(g.announce_at), g.announced]
            for g in timetable.gatherings
        },
        "reminders": {str(r.id): [_text(r.at), _text(r.next_at)] for r in timetable.reminders if r.id is not None},
    }


def is_untouched(timetable: Timetable, after: Standing) -> bool:
    """Whether no session and no gathering has changed since: nothing has opened, closed, moved or been announced."""
    now = standing(timetable)
    return bool(now["sessions"] == after.get("sessions") and now["gatherings"] == after.get("gatherings"))


def put_back(timetable: Timetable, before: Standing, now: datetime) -> None:
    """Everything stands as it stood before. Raises TooLateToUndo if a moment of it has passed by now (programme
    time): what would be due at once was not meant.
    """
    sessions, gatherings, reminders = before["sessions"], before["gatherings"], before["reminders"]
    for session in timetable.sessions:
        state, opens, closes, *_ = sessions[str(session.id)]
        passed = closes if state == SessionState.OPEN else opens if state == SessionState.PLANNED else None
        if passed is not None and _moment(passed) <= now:
            raise TooLateToUndo
    for session in timetable.sessions:
        state, opens, closes, session.moved_because, opened, closed = sessions[str(session.id)]
        session.state = SessionState(state)
        session.opens_at, session.closes_at = _moment(opens), _moment(closes)
        session.opened_at, session.closed_at = _maybe(opened), _maybe(closed)
    for gathering in timetable.gatherings:
        starts, ends, announce_at, gathering.announced = gatherings[str(gathering.id)]
        gathering.starts_at, gathering.ends_at, gathering.announce_at = _moment(starts), _maybe(ends), announce_at
    for reminder in timetable.reminders:
        if str(reminder.id) in reminders:
            at, next_at = reminders[str(reminder.id)]
            reminder.at, reminder.next_at = _moment(at), _maybe(next_at)
    timetable.sessions.sort(key=lambda session: session.opens_at)
    timetable.settle()


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
