"""Purge: what a programme promised to keep no longer is erased, daily."""

from __future__ import annotations

import structlog
from sqlalchemy import delete, select
from sqlmodel import col

from cop_bot.domain.place import Presence
from cop_bot.domain.programme import Programme
from cop_bot.ports import Ports
from cop_bot.store import erasure, queries

log = structlog.get_logger()


async def purge_record(ports: Ports) -> list[str]:
    """Erase programmes whose last session closed longer ago than they keep (programme time); returns their ids.

    Members whom nothing holds any more go too (`domain/erasure.py`), and what is kept for a time of its own.
    """
    purged: list[str] = []
    async with ports.reading() as unit:
        programme_ids = [programme.id for programme in await queries.programmes.every(unit)]
    for programme_id in programme_ids:
        async with ports.unit() as unit:
            timetable = await queries.programmes.timetable(unit, programme_id, lock=True) if programme_id else None
            if timetable is None or not timetable.sessions or not timetable.is_over:
                continue
            last = max(session.closes_at for session in timetable.sessions)
            if last + timetable.programme.decided().keep <= ports.clock.now():
                purged.append(timetable.programme.slug)
                await unit.delete(timetable.programme)
    async with ports.unit() as unit:
        await unit.execute(delete(Presence).where(col(Presence.place_id).not_in(select(col(Programme.place_id)))))
        await erasure.purge_strangers(unit)
        await erasure.purge_old_rows(unit, ports.clock.wall())
    if purged:
        log.info("purged", programmes=purged)
    return purged
