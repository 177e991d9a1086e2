"""Move all that is still to come."""

from __future__ import annotations

from cop_bot.domain.gathering import GatheringKind
from cop_bot.domain.member import Member
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.texts import sessions as voice
from cop_bot.usecases.programme.steering import Step, steering


async def shift(ports: Ports, programme_id: int, days: int, by: Member) -> Timetable:
    """Move everything that is still planned, and the plenary, by days, and say so in the place."""
    async with steering(ports, programme_id, Step("programme shift", by), f"{days}d") as (unit, timetable):
        moved, programme = timetable.shift(days, ports.clock.now()), timetable.programme
        if moved:
            about = f"programme/{programme.id}"
            key = NoticeKey(ports.database_id, about, NoticeKind.SHIFT, revision=programme.version)
            coming = [one for one in timetable.gatherings if one.starts_at > ports.clock.now()]
            said = voice.moved(programme, moved, [one for one in coming if one.kind is GatheringKind.PLENARY])
            unit.add(Notice.to_place(key, programme.place_id, said, ports.clock.wall(), programme_id=programme_id))
    return timetable
