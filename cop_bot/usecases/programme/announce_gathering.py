"""Announce a kick-off or a plenary."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.gathering import Gathering
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.texts import sessions


async def announce_gathering(unit: AsyncSession, ports: Ports, timetable: Timetable, gathering: Gathering) -> None:
    """Say it in the place; announcements that were missed are said once, and none after the gathering has begun."""
    if not gathering.announce(ports.clock.now()):
        return
    notice = Notice.to_place(
        NoticeKey(
            ports.database_id, f"gathering/{gathering.id}", NoticeKind.ANNOUNCEMENT, revision=gathering.announced
        ),
        timetable.programme.place_id,
        sessions.announcement(timetable.programme, gathering),
        ports.clock.wall(),
        programme_id=timetable.programme.id,
    )
    notice.not_after = gathering.starts_at
    unit.add(notice)
