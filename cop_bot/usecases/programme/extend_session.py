"""Keep the open session open for longer."""

from __future__ import annotations

from cop_bot.domain.member import Member
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.session import Session
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts import sessions as voice
from cop_bot.usecases.programme.steering import Step, running, steering


async def extend(ports: Ports, programme_id: int, days: int, by: Member) -> Session:
    """Keep the open session open for so many days more, and say so in the place."""
    async with steering(ports, programme_id, Step("session extend", by)) as (unit, timetable):
        session = running(timetable)
        timetable.extend(session, days)
        minute = int(session.closes_at.timestamp() // 60)
        key = NoticeKey(ports.database_id, f"session/{session.id}", NoticeKind.EXTENDED, revision=minute)
        said = voice.extended(timetable.programme, session)
        key = await queries.notices.unused(unit, key)
        unit.add(Notice.to_place(key, session.place_id, said, ports.clock.wall(), programme_id=programme_id))
    return session
