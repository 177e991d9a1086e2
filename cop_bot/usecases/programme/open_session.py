"""Open a session: its state and its opening post, in one commit."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import AnotherOpensFirst, SessionsWouldOverlap
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts import sessions
from cop_bot.usecases.programme.steering import Step, next_planned, steering


async def open_session(unit: AsyncSession, ports: Ports, timetable: Timetable, session: Session) -> None:
    """Raises SessionIsNotPlanned, or SessionsWouldOverlap while another session of the programme is open."""
    if timetable.open_session() is not None:
        raise SessionsWouldOverlap
    session.open(ports.clock.now())
    timetable.settle()
    settings = timetable.programme.decided()
    read_by_model = ports.model is not None and settings.ai and settings.summary.mode == "auto"
    unit.add(
        Notice.to_place(
            await queries.notices.unused(
                unit, NoticeKey(ports.database_id, f"session/{session.id}", NoticeKind.OPENING)
            ),
            session.place_id,
            sessions.opening(timetable.programme, session, ai=read_by_model),
            ports.clock.wall(),
            programme_id=timetable.programme.id,
        )
    )


async def open_now(ports: Ports, programme_id: int, wanted: str, by: Member) -> Session:
    """Open the next session before its time. Raises AnotherOpensFirst if a later one is named,
    InABreak if it would be open during one."""
    async with steering(ports, programme_id, Step("session open", by)) as (unit, timetable):
        session = timetable.session(wanted) if wanted else next_planned(timetable)
        if session.is_planned and session is not timetable.next_session():
            raise AnotherOpensFirst
        timetable.open_early(session, ports.clock.now())
        await open_session(unit, ports, timetable, session)
    return session
