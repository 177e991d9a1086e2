"""Open a session: its state and its opening post, in one commit."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import AnotherOpensFirst, SessionsWouldOverlap
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import Timetable
from cop_bot.languages import spoken
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts import sessions
from cop_bot.texts.languages import for_place
from cop_bot.usecases.programme.steering import Step, next_planned, steering


async def open_session(unit: AsyncSession, ports: Ports, timetable: Timetable, session: Session) -> None:
    """Raises SessionIsNotPlanned, or SessionsWouldOverlap while another session of the programme is open."""
    if timetable.open_session() is not None:
        raise SessionsWouldOverlap
    session.open(ports.clock.now())
    timetable.settle()
    settings = timetable.programme.decided()
    read_by_model = ports.model is not None and settings.ai and settings.summary.mode == "auto"
    first = await queries.notices.unused(
        unit, NoticeKey(ports.database_id, f"session/{session.id}", NoticeKind.OPENING)
    )
    for language in ("", *_further(timetable.programme, session)):
        said = sessions.opening(timetable.programme, session, ai=read_by_model, language=language)
        key, wall = replace(first, language=language), ports.clock.wall()
        unit.add(Notice.to_place(key, session.place_id, said, wall, programme_id=timetable.programme.id))


def _further(programme: Programme, session: Session) -> list[str]:
    """The languages beside the first that the file has its title and questions in, as far as the bot speaks them: they
    follow in the thread of the first.
    """
    own = for_place(programme).partition("-")[0]
    return [one for one in session.named_in if one.partition("-")[0] in set(spoken()) - {own}]


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
