"""Purge: what a programme promised to keep no longer is erased, daily."""

from __future__ import annotations

import structlog
from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.place import Presence
from cop_bot.domain.programme import Programme
from cop_bot.ports import Ports
from cop_bot.store import queries

log = structlog.get_logger()


async def purge_record(ports: Ports) -> list[str]:
    """Erase programmes whose last session closed longer ago than they keep (programme time); returns their ids.

    Members who are in no place, contributed nothing that is kept and facilitate nothing are erased too.
    """
    purged: list[str] = []
    async with ports.reading() as unit:
        programme_ids = [programme.id for programme in await queries.all_programmes(unit)]
    for programme_id in programme_ids:
        async with ports.unit() as unit:
            timetable = await queries.timetable(unit, programme_id, lock=True) if programme_id else None
            if timetable is None or not timetable.sessions or not timetable.is_over:
                continue
            last = max(session.closes_at for session in timetable.sessions)
            if last + timetable.programme.decided().keep <= ports.clock.now():
                purged.append(timetable.programme.slug)
                await unit.delete(timetable.programme)
    async with ports.unit() as unit:
        await unit.execute(delete(Presence).where(col(Presence.place_id).not_in(select(col(Programme.place_id)))))
        await _forget_strangers(unit)
        await queries.forget_commands(unit, ports.clock.wall())
        await queries.drop_old_answers(unit, ports.clock.wall())
    if purged:
        log.info("purged", programmes=purged)
    return purged


async def _forget_strangers(unit: AsyncSession) -> None:
    await unit.execute(
        delete(Member).where(
            ~exists().where(col(Presence.member_id) == col(Member.id)),
            ~exists().where(col(Contribution.member_id) == col(Member.id)),
            ~exists().where(col(Facilitator.member_id) == col(Member.id)),
        )
    )
