"""Keep what was written of a summary, and what follows from it, in one commit; unless the lease was lost meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain import findings as all_findings
from cop_bot.domain.brief import Brief
from cop_bot.domain.columns import known
from cop_bot.domain.correction import corrected
from cop_bot.domain.findings import Findings
from cop_bot.domain.place import Place
from cop_bot.domain.session import Session
from cop_bot.domain.summary import LATER, Summary, SummaryState, subject_of
from cop_bot.domain.summary_content import content_without, numbers_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports, Summariser
from cop_bot.store import queries
from cop_bot.store.marking import request_version
from cop_bot.usecases.summaries.publish_summary import hand_over
from cop_bot.usecases.summaries.write_brief import model_for

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Task:
    """A summary under our lease; `summariser` is None when there is nobody left to ask."""

    summary: Summary
    timetable: Timetable
    session: Session | None
    place: Place
    summariser: Summariser | None


@dataclass(frozen=True, slots=True)
class Written:
    """The content, who made it, and the permanent links of what it cites (contribution number -> address)."""

    content: Mapping[str, object]
    maker: str
    links: Mapping[int, str] = field(default_factory=dict)


async def store_version(ports: Ports, task: Task, written: Written) -> None:
    """Write it down, and with it what is to be said, unless it says nothing new.

    Where the offline summariser wrote only because the model was out for too long, the model is to try later.
    """
    async with ports.unit() as unit:
        timetable, summary = await _held(unit, ports, task)
        if timetable is None or summary is None:
            return
        before = await queries.summaries.latest(unit, summary.subject, SummaryState.DRAFTED, SummaryState.PUBLISHED)
        again = summary.again
        summary.draft(await _corrected(unit, summary, written.content), written.maker)
        await _leave_out_withdrawn(unit, summary)
        new_links = await _keep_links(unit, task, written.links)
        if before is None or new_links or not await _says_the_same(unit, summary, before):
            await hand_over(unit, ports, timetable, summary)
            await _want_findings_again(unit, ports, summary, before)
        else:
            log.info("nothing new in a summary", summary=summary.id)
            await unit.delete(summary)
        await unit.flush()
        if again:
            await request_version(
                unit, ports.clock, summary.programme_id, summary.session_id, settles=ports.model is not None
            )
        elif task.summariser is ports.offline and model_for(ports, timetable) is not None:
            later = await request_version(unit, ports.clock, summary.programme_id, summary.session_id, only_model=True)
            later.not_before = ports.clock.wall() + LATER


async def _corrected(unit: AsyncSession, summary: Summary, content: Mapping[str, object]) -> dict[str, object]:
    """What facilitators have changed by hand stays changed."""
    corrections = await queries.corrections.of_summary(unit, summary.subject)
    if summary.session_id is None or not corrections:
        return dict(content)
    return briefs.to_json(corrected(briefs.from_json(dict(content)), corrections))


async def _want_findings_again(unit: AsyncSession, ports: Ports, summary: Summary, before: Summary | None) -> None:
    """The findings are made of the summaries: where they are out already, they follow a summary that has changed."""
    if summary.session_id is None or before is None or summary.state is not SummaryState.PUBLISHED:
        return
    if await queries.summaries.latest(unit, subject_of(summary.programme_id, None)) is not None:
        await request_version(unit, ports.clock, summary.programme_id, None, settles=ports.model is not None)


async def keep_failure(ports: Ports, task: Task, why: str) -> None:
    """It could not be written this time: the next attempt comes after a while."""
    async with ports.unit() as unit:
        _, summary = await _held(unit, ports, task)
        if summary is not None:
            summary.fail(why, ports.clock.wall())


async def give_up(ports: Ports, task: Task) -> None:
    """The model did not come back: what stands stays. What somebody has asked for meanwhile is tried as usual."""
    async with ports.unit() as unit:
        _, summary = await _held(unit, ports, task)
        if summary is None:
            return
        if summary.again:
            summary.lease_until, summary.again = None, False
        else:
            log.info("the model is given up for a summary", summary=summary.id)
            await unit.delete(summary)


async def _held(unit: AsyncSession, ports: Ports, task: Task) -> tuple[Timetable | None, Summary | None]:
    """The programme, held till the end, and the summary if it is still ours to write."""
    timetable = await queries.programmes.timetable(unit, task.summary.programme_id, lock=True)
    summary = await unit.get(Summary, task.summary.id, with_for_update=True)
    return timetable, summary if summary is not None and _is_ours(summary, ports) else None


def _is_ours(summary: Summary, ports: Ports) -> bool:
    return summary.state is SummaryState.WANTED and summary.owner == ports.owner and summary.lease_until is not None


async def _leave_out_withdrawn(unit: AsyncSession, summary: Summary) -> None:
    """It forgets what has been withdrawn while it was being written."""
    numbers = numbers_of(summary)
    live = {number for _, number in await queries.contributions.by_number(unit, [summary.programme_id], numbers)}
    if numbers - live:
        authors = await queries.contributions.authors(unit, summary.programme_id)
        summary.content = content_without(summary, numbers - live, authors)


async def _keep_links(unit: AsyncSession, task: Task, links: Mapping[int, str]) -> bool:
    """Whether one of them was not known. A contribution that is just being withdrawn is let alone: whoever does that
    waits for the programme, which we hold.
    """
    if not links:
        return False
    programme_id, new = known(task.timetable.programme.id), False
    rows = await queries.contributions.by_number(unit, [programme_id], links, untouched=True)
    for (_, number), contribution in rows.items():
        new = new or contribution.permalink is None
        contribution.permalink = links[number]
    return new


async def _says_the_same(unit: AsyncSession, summary: Summary, before: Summary) -> bool:
    """Whether members would read again what stands there: the same lines, and no objection since."""
    if summary.maker != before.maker or _lines(summary) != _lines(before):
        return False
    objections = await queries.objections.ever(unit, summary.subject)
    touched = (max(filter(None, (o.objected_at, o.answered_at, o.withdrawn_at))) for o in objections)
    return not any(at >= _said_at(before) for at in touched)


def _said_at(summary: Summary) -> datetime:
    return summary.published_at or summary.wanted_at


def _lines(summary: Summary) -> Brief | Findings:
    if summary.session_id is None:
        return all_findings.from_json(summary.content)
    return replace(briefs.from_json(summary.content), topics=())
