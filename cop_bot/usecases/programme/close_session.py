"""Close a session: from then on its summary is wanted."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store.marking import request_version
from cop_bot.usecases.programme.steering import Step, running, steering


async def close_session(unit: AsyncSession, ports: Ports, timetable: Timetable, session: Session) -> None:
    """Raises SessionIsNotOpen. The summary is written by a loop of its own: the close waits for no other machine."""
    now = ports.clock.now()
    session.close(now)
    for reminder in timetable.reminders_of(session):
        reminder.over()
    wanted = await request_version(unit, ports.clock, known(timetable.programme.id), session.id)
    wanted.wanted_at = now  # one that waited while the session was open again is wanted from now on
    wanted.hurry(ports.clock.wall())
    timetable.settle()


async def close_now(ports: Ports, programme_id: int, by: Member) -> Session:
    """Close the open session; the next one still opens when it was planned."""
    async with steering(ports, programme_id, Step("session close", by)) as (unit, timetable):
        session = running(timetable)
        await close_session(unit, ports, timetable, session)
    return session
