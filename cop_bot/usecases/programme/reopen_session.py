"""Open a session again that closed within the last day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain import wall_clock
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import ClosesInThePast, NothingToReopen, SayHowLong, SessionsWouldOverlap
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary, SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts import sessions as voice
from cop_bot.usecases.programme.steering import Step, steering

WITHIN = timedelta(days=1)
"""How long after its close (programme time) a session may be reopened."""


async def reopen(ports: Ports, programme_id: int, days: int | None, by: Member) -> Session:
    """The session that closed last is open again, for so many days beyond its close; without `days` until it was to
    close before somebody closed it. What was posted since belongs to it; its summary is written anew at the next close.

    Raises NothingToReopen, SayHowLong, ClosesInThePast, SessionsWouldOverlap, NextWouldBeOpen, InABreak.
    """
    async with steering(ports, programme_id, Step("session reopen", by)) as (unit, timetable):
        session = must_be_reopenable(ports, timetable)
        planned = await planned_close(unit, ports, session)
        if planned is None and days is None:
            raise SayHowLong
        zone = timetable.programme.zone
        closes_at = planned if planned and days is None else wall_clock.shift(session.closes_at, zone, days or 0)
        if closes_at <= ports.clock.now():
            raise ClosesInThePast
        timetable.reopen(session, closes_at)
        await follow_reopening(unit, ports, timetable, session)
        key = NoticeKey(ports.database_id, f"session/{session.id}", NoticeKind.REOPENED)
        said = voice.reopened(timetable.programme, session)
        key = await queries.notices.unused(unit, key)
        unit.add(Notice.to_place(key, session.place_id, said, ports.clock.wall(), programme_id=programme_id))
    return session


def must_be_reopenable(ports: Ports, timetable: Timetable) -> Session:
    """The session that closed last. Raises NothingToReopen, SessionsWouldOverlap."""
    session, now = timetable.last_closed(), ports.clock.now()
    if session is None or session.closed_at is None or now - session.closed_at >= WITHIN:
        raise NothingToReopen
    if timetable.open_session() is not None:
        raise SessionsWouldOverlap
    return session


async def planned_close(unit: AsyncSession, ports: Ports, session: Session) -> datetime | None:
    """When it was to close, where somebody closed it before that and the moment is still to come."""
    closed = await queries.audits.last_close(unit, session.programme_id, session.slug)
    if closed is None or str(session.id) not in closed.before.get("sessions", {}):
        return None
    planned = datetime.fromisoformat(closed.before["sessions"][str(session.id)][2])
    return planned if planned > ports.clock.now() else None


async def follow_reopening(unit: AsyncSession, ports: Ports, timetable: Timetable, session: Session) -> None:
    """What was waiting because it had closed waits no longer, and nothing that came meanwhile is late."""
    for subject in (subject_of(session.programme_id, session.id), subject_of(session.programme_id, None)):
        waiting = await queries.summaries.latest(unit, subject)
        if waiting and waiting.state is SummaryState.WANTED and not waiting.is_being_written(ports.clock.wall()):
            await unit.execute(delete(Summary).where(col(Summary.id) == known(waiting.id)))
    await unit.execute(
        update(Contribution)
        .where(
            col(Contribution.session_id) == session.id,
            col(Contribution.late).is_(True),
            col(Contribution.posted_at) < session.closes_at,
        )
        .values(late=False)
        .execution_options(synchronize_session=False)
    )
    timetable.settle()
