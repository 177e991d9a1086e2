"""Show a published summary, or the findings, to one member."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cop_bot.domain.columns import known
from cop_bot.domain.message import Message
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.summary import SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.publications.compose_summary import summary_of
from cop_bot.usecases.summaries.further_languages import languages_of

MOST_FOUND = 15


async def latest_summary(ports: Ports, timetable: Timetable, session: Session | None, language: str) -> Message | None:
    """The published summary of this session; without one named, the findings or the latest summary there is.

    In this language if it has been translated into it, else in its own.
    """
    closed = [s for s in timetable.sessions if s.state is SessionState.CLOSED]
    subjects = [session.id] if session else [None, *(s.id for s in sorted(closed, key=_closing, reverse=True))]
    return await _published(ports, timetable, subjects, language)


async def findings(ports: Ports, timetable: Timetable, language: str) -> Message | None:
    """The findings of the programme, in the language as above; None before they are published."""
    return await _published(ports, timetable, [None], language)


async def _published(
    ports: Ports, timetable: Timetable, session_ids: Sequence[int | None], language: str
) -> Message | None:
    async with ports.reading() as unit:
        for session_id in session_ids:
            subject = subject_of(known(timetable.programme.id), session_id)
            if found := await queries.summaries.latest(unit, subject, SummaryState.PUBLISHED):
                wanted = language if language in languages_of(timetable, found) else None
                return await summary_of(unit, timetable, found, now=ports.clock.now(), language=wanted)
    return None


def _closing(session: Session) -> datetime:
    return session.closes_at
