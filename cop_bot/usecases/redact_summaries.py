"""Summaries follow their contributions: what is withdrawn leaves them, the stored ones and the published ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain import brief as briefs
from cop_bot.domain import findings as all_findings
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.summary import Summary, SummaryState, subject_of
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


async def follow_up(unit: AsyncSession, ports: Ports, changed: Iterable[Contribution]) -> None:
    """Summaries follow: withdrawn words leave them at once, where an edited one is cited a new version is wanted."""
    several = list(changed)
    await redact_summaries(unit, ports, [c for c in several if c.is_withdrawn])
    edited = [c for c in several if not c.is_withdrawn]
    for session_id in {c.session_id for c in edited}:
        numbers = {c.number for c in edited if c.session_id == session_id}
        programme_id = next(c.programme_id for c in edited if c.session_id == session_id)
        latest = await queries.latest_summary(unit, subject_of(programme_id, session_id))
        if latest is None or latest.state is SummaryState.WANTED:
            continue
        if numbers & briefs.from_json(latest.content).cited_numbers():
            now, wall = ports.clock.now(), ports.clock.wall()
            unit.add(Summary.wanted(programme_id, session_id, now, wall, version=latest.version + 1))
            ports.wake("summaries")


async def leave_out_withdrawn(unit: AsyncSession, summary: Summary) -> None:
    """A summary that was just written forgets what has been withdrawn while it was being written."""
    numbers = _numbers(summary)
    live = {number for _, number in await queries.contributions_by_number(unit, [summary.programme_id], numbers)}
    if numbers - live:
        summary.content = _without(summary, numbers - live)


def _numbers(summary: Summary) -> set[int]:
    if summary.session_id is None:
        return set(all_findings.from_json(summary.content).cited_numbers())
    return set(briefs.from_json(summary.content).receipt.numbers())


async def _redact_programme(unit: AsyncSession, ports: Ports, programme_id: int, gone: set[int]) -> None:
    """The programme is held meanwhile, so that no summary is handed over which does not know of it."""
    timetable = await queries.timetable(unit, programme_id, lock=True)
    rows = await unit.scalars(
        select(Summary).where(col(Summary.programme_id) == programme_id, col(Summary.state) != SummaryState.WANTED)
    )
    for summary in sorted(rows, key=lambda s: s.version):
        content = _without(summary, gone)
        if content == summary.content:
            continue
        summary.content = content
        latest = await queries.latest_summary(unit, summary.subject, SummaryState.PUBLISHED)
        if latest is summary and timetable is not None:
            await say(unit, ports, timetable, summary)


def _without(summary: Summary, gone: set[int]) -> dict[str, Any]:
    if summary.session_id is None:
        return all_findings.to_json(all_findings.from_json(summary.content).without(gone))
    return briefs.to_json(briefs.from_json(summary.content).without(gone))
