"""Take the words of withdrawn contributions out of the summaries, the stored ones and the published ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain import brief as briefs
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.summary import Summary, SummaryState
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.publish_summary import say


async def redact_summaries(unit: AsyncSession, ports: Ports, withdrawn: Iterable[Contribution]) -> None:
    """Lines that rest on nothing else disappear; what is published already is said anew without them."""
    numbers: dict[int, set[int]] = {}
    for contribution in withdrawn:
        if contribution.number is not None:
            numbers.setdefault(contribution.programme_id, set()).add(contribution.number)
    for programme_id, gone in numbers.items():
        await _redact_programme(unit, ports, programme_id, gone)


async def _redact_programme(unit: AsyncSession, ports: Ports, programme_id: int, gone: set[int]) -> None:
    rows = await unit.scalars(
        select(Summary).where(col(Summary.programme_id) == programme_id, col(Summary.state) != SummaryState.WANTED)
    )
    timetable = None
    for summary in sorted(rows, key=lambda s: s.version):
        content = _without(summary, gone)
        if content == summary.content:
            continue
        summary.content = content
        latest = await queries.latest_summary(unit, summary.subject, SummaryState.PUBLISHED)
        if latest is summary:
            timetable = timetable or await queries.timetable(unit, programme_id)
            if timetable is not None:
                await say(unit, ports, timetable, summary)


def _without(summary: Summary, gone: set[int]) -> dict[str, Any]:
    if summary.session_id is None:
        return briefs.findings_to_json(briefs.findings_from_json(summary.content).without(gone))
    return briefs.to_json(briefs.from_json(summary.content).without(gone))
