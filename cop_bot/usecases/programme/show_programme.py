"""Show how the sessions of a programme stand."""

from __future__ import annotations

from cop_bot.domain.columns import known
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries

MOST_FOUND = 15


async def counts(ports: Ports, timetable: Timetable) -> dict[int, tuple[int, int]]:
    """How many contributions and people each session has, by session id."""
    async with ports.reading() as unit:
        return {known(s.id): await queries.contributions.counts(unit, known(s.id)) for s in timetable.sessions}
