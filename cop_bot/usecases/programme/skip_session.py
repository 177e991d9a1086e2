"""Leave out a session."""

from __future__ import annotations

from cop_bot.domain.member import Member
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.session import Session
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.marking import request_findings
from cop_bot.texts import sessions as voice
from cop_bot.usecases.programme.steering import Step, next_planned, steering


async def skip(ports: Ports, programme_id: int, wanted: str, by: Member) -> Session:
    """Leave out the next session, or the one that is named, and say so in the place."""
    async with steering(ports, programme_id, Step("session skip", by)) as (unit, timetable):
        session = timetable.session(wanted) if wanted else next_planned(timetable)
        session.skip()
        for reminder in timetable.reminders_of(session):
            reminder.over()
        timetable.settle()
        key = NoticeKey(ports.database_id, f"session/{session.id}", NoticeKind.SKIPPED)
        key = await queries.notices.unused(unit, key)
        said = voice.skipped(timetable.programme, session)
        unit.add(Notice.to_place(key, session.place_id, said, ports.clock.wall(), programme_id=programme_id))
        # After the last one the programme ends when it was to end: nobody expects the findings weeks before.
        await request_findings(unit, ports.clock, timetable, not_before=session.closes_at)
    return session
