"""Summaries follow their contributions: what is withdrawn leaves them, the stored ones and the published ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain import brief as briefs
from cop_bot.domain import findings as all_findings
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.notice import NoticeState
from cop_bot.domain.objection import Objection
from cop_bot.domain.summary import Summary, SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.publish_summary import say
from cop_bot.usecases.redact_notices import redact_draft, redact_objection
from cop_bot.usecases.reply_in_full import stop_replies
from cop_bot.usecases.want_version import want_version


async def redact_summaries(unit: AsyncSession, ports: Ports, withdrawn: Iterable[Contribution]) -> None:
    """Lines that rest on nothing else disappear; what is published already is said anew without them. What is on its
    way to somebody who asked for all of it does not arrive.
    """
    several = list(withdrawn)
    await stop_replies(unit, ports, several)
    for programme_id, gone in _by_programme(several).items():
        await _redact_programme(unit, ports, programme_id, gone)


def _by_programme(contributions: Iterable[Contribution]) -> dict[int, set[int]]:
    numbers: dict[int, set[int]] = {}
    for contribution in contributions:
        if contribution.number is not None:
            numbers.setdefault(contribution.programme_id, set()).add(contribution.number)
    return numbers


async def follow_edits(unit: AsyncSession, ports: Ports, edited: Sequence[Contribution]) -> None:
    """Where an edited contribution is cited, a new version is wanted."""
    for programme_id, numbers in _by_programme(edited).items():
        await queries.drop_answers(unit, programme_id, numbers)
    for session_id in {c.session_id for c in edited}:
        of_session = [c for c in edited if c.session_id == session_id]
        programme_id = of_session[0].programme_id
        if await _rests_on(unit, subject_of(programme_id, session_id), {c.number for c in of_session}):
            await want_version(unit, ports, programme_id, session_id, settles=True)
            ports.wake("summaries")


async def _rests_on(unit: AsyncSession, subject: str, numbers: Collection[int | None]) -> bool:
    """Whether the summary cites one of these contributions, or is being written for the first time."""
    latest = await queries.latest_summary(unit, subject, SummaryState.DRAFTED, SummaryState.PUBLISHED)
    if latest is None:
        return await queries.latest_summary(unit, subject) is not None
    return bool(set(numbers) & briefs.from_json(latest.content).shown_numbers())


async def forget_objections(unit: AsyncSession, ports: Ports, objections: Iterable[Objection]) -> None:
    """What was objected is erased, and the summary is said anew without it."""
    subjects = {}
    for objection in objections:
        if not objection.is_withdrawn:
            subjects[objection.subject] = objection.programme_id
        objection.withdraw(ports.clock.now())
        for notice in await queries.notices_like(unit, f"{ports.database_id}/objection/{objection.id}/"):
            if notice.state is NoticeState.WAITING:
                notice.drop("withdrawn")
    for subject, programme_id in subjects.items():
        timetable = await queries.timetable(unit, programme_id, lock=True)
        await queries.drop_answers_about(unit, subject)
        published = await queries.latest_summary(unit, subject, SummaryState.PUBLISHED)
        if timetable is not None and published is not None:
            await say(unit, ports, timetable, published)


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
    await queries.drop_answers(unit, programme_id, gone)
    objections = [one for one in await queries.objections_in(unit, programme_id) if set(one.cites) & gone]
    for objection in objections:
        objection.forget(gone)
    rows = await unit.scalars(
        select(Summary).where(col(Summary.programme_id) == programme_id, col(Summary.state) != SummaryState.WANTED)
    )
    for summary in sorted(rows, key=lambda s: s.version):
        content = _without(summary, gone)
        objected = [one for one in objections if one.subject == summary.subject]
        if timetable is not None and (objected or content != summary.content):
            summary.content = content
            await _say_without(unit, ports, timetable, summary, objected)


async def _say_without(
    unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary, objections: Iterable[Objection]
) -> None:
    """Where this version is said, or waits to be said, it is said as it is now; objections to its lines likewise."""
    if summary.state is SummaryState.DRAFTED:
        await redact_draft(unit, ports, timetable, summary)
    elif await queries.latest_summary(unit, summary.subject, SummaryState.PUBLISHED) is summary:
        await say(unit, ports, timetable, summary)
        for objection in objections:
            await redact_objection(unit, ports, timetable, summary, objection)


def _without(summary: Summary, gone: set[int]) -> dict[str, Any]:
    if summary.session_id is None:
        return all_findings.to_json(all_findings.from_json(summary.content).without(gone))
    return briefs.to_json(briefs.from_json(summary.content).without(gone))
