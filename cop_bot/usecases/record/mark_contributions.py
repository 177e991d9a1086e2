"""Put the quiet mark on what was kept, and learn its link; the least important work there is, dropped after an hour."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.contribution import Contribution, Mark
from cop_bot.ports import Later, Ports, Ref, Unknown
from cop_bot.store import queries

log = structlog.get_logger()

WORTH_IT = timedelta(hours=1)
_WAIT = timedelta(seconds=10)


async def mark_contributions(ports: Ports) -> timedelta | None:
    """Mark a few contributions; returns how long to wait before the next ones, or None if nothing is left to mark."""
    async with ports.reading() as unit:
        rows = await queries.contributions.to_mark(unit, ports.clock.wall() - WORTH_IT)
    wait: timedelta | None = None
    for contribution, place in rows:
        chat = ports.chat_for(place)
        if chat is None or place.platform_id is None:
            continue
        marked, ref = contribution.mark is Mark.WANTED, Ref(place.platform_id, contribution.message)
        outcome = await chat.react(ref, marked)
        if isinstance(outcome, Later | Unknown):
            return outcome.wait if isinstance(outcome, Later) else _WAIT
        link = contribution.permalink or (await chat.permalink(ref) if marked else None)
        async with ports.unit() as unit:
            await _note(unit, contribution, marked, link)
        wait = timedelta(0)
    return wait


async def _note(unit: AsyncSession, contribution: Contribution, marked: bool, link: str | None) -> None:
    current = await unit.get(Contribution, contribution.id)
    if current is None:
        return
    if marked:
        current.permalink = None if current.is_withdrawn else link
        current.mark = Mark.SET if current.mark is Mark.WANTED else Mark.UNWANTED
    elif current.mark is Mark.UNWANTED:
        current.mark = Mark.NONE
