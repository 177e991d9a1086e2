"""Compose a summary: as a message with the links, counts and objections that the record has now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain import findings as all_findings
from cop_bot.domain.brief import Brief
from cop_bot.domain.changes import Changes, what_changed
from cop_bot.domain.columns import known
from cop_bot.domain.gathering import GatheringKind
from cop_bot.domain.message import Message
from cop_bot.domain.session import Session
from cop_bot.domain.session_statistics import Statistics, statistics
from cop_bot.domain.summary import Summary
from cop_bot.domain.timetable import Timetable
from cop_bot.store import queries
from cop_bot.texts.findings import findings
from cop_bot.texts.summaries import for_facilitators
from cop_bot.texts.summaries import summary as summary_message
from cop_bot.usecases.summaries.find_summary import objectable_until


async def summary_of(
    unit: AsyncSession,
    timetable: Timetable,
    summary: Summary,
    *,
    now: datetime,
    draft: bool = False,
    language: str | None = None,
) -> Message:
    """The summary as it is to be said `now` (programme time); with `language`, said in that further language."""
    if summary.session_id is None:
        return await findings_of(unit, timetable, summary, language)
    programme, session = timetable.programme, session_of(timetable, summary)
    brief = briefs.from_json(summary.content)
    late = await queries.contributions.late_numbers(unit, summary.session_id)
    objections = await queries.objections.standing(unit, summary.subject)
    numbers = brief.cited_numbers() | {number for objection in objections for number in objection.cites}
    until = await objectable_until(unit, timetable, summary)
    return summary_message(
        programme,
        session,
        brief,
        contributions=brief.receipt.read,
        links=await links_of(unit, known(programme.id), numbers | brief.receipt.set_aside.keys()),
        next_session=timetable.coming_after(session),
        late=len(late - brief.receipt.numbers()),
        version=summary.version,
        private_draft=draft,
        language=language,
        objections=objections,
        changes=await _changes(unit, summary),
        objectable_until=until if until is not None and now < until and not draft else None,
        full=None if draft else f"summary full {session.slug}",
        found=await statistics_of(unit, session, brief),
    )


async def statistics_of(unit: AsyncSession, session: Session, brief: Brief) -> Statistics:
    """What the session comes to in figures, as the record has it now."""
    session_id = known(session.id)
    rows = await queries.contributions.counted(unit, session_id)
    zones = await queries.contributions.zones_of_authors(unit, session_id)
    return statistics(rows, zones, (topic.language for topic in brief.topics))


async def warnings(unit: AsyncSession, timetable: Timetable, summary: Summary, language: str) -> Message | None:
    """What facilitators should know about a summary and nobody else needs to; None when there is nothing."""
    if summary.session_id is None:
        return None
    return await warnings_of(
        unit, timetable, session_of(timetable, summary), briefs.from_json(summary.content), language
    )


async def warnings_of(
    unit: AsyncSession, timetable: Timetable, session: Session, brief: Brief, language: str
) -> Message | None:
    """The same of a brief that may not be kept."""
    programme_id, unheard = known(timetable.programme.id), brief.unheard_languages()
    numbers = {number for topic in brief.topics if topic.language in unheard for number in topic.numbers}
    rows = await queries.contributions.by_number(unit, [programme_id], numbers | brief.receipt.set_aside.keys())
    return for_facilitators(
        timetable.programme,
        session,
        brief,
        {number: row for (_, number), row in rows.items()},
        links={number: row.permalink for (_, number), row in rows.items() if row.permalink},
        language=language,
    )


def session_of(timetable: Timetable, summary: Summary) -> Session:
    """The session that a summary is about; there is none for the findings."""
    return next(session for session in timetable.sessions if session.id == summary.session_id)


async def links_of(unit: AsyncSession, programme_id: int, numbers: Collection[int]) -> dict[int, str]:
    """The lasting addresses of these contributions, as far as they are known."""
    rows = await queries.contributions.by_number(unit, [programme_id], numbers) if numbers else {}
    return {number: c.permalink for (_, number), c in rows.items() if c.permalink}


async def findings_of(
    unit: AsyncSession, timetable: Timetable, summary: Summary, language: str | None = None
) -> Message:
    """What the whole programme comes to, as a message."""
    programme, found = timetable.programme, all_findings.from_json(summary.content)
    asked = {number for theme in found.themes for point in theme.open_questions for number in point.cites}
    answered = await queries.contributions.replies_to(unit, known(programme.id), asked) if asked else {}
    links = await links_of(unit, known(programme.id), found.cited_numbers() | set(answered.values()))
    plenary = timetable.gathering(GatheringKind.PLENARY)
    return findings(programme, found, links=links, plenary=plenary, language=language, answered=answered)


async def _changes(unit: AsyncSession, summary: Summary) -> Changes | None:
    """What is new since the version of a session's summary that was published before; None for the first."""
    before = await queries.summaries.published_before(unit, summary.subject, summary.version)
    if before is None or before.published_at is None:
        return None
    earlier, now = briefs.from_json(before.content), briefs.from_json(summary.content)
    ever = await queries.objections.ever(unit, summary.subject)
    return what_changed(earlier, now, ever, version=before.version, since=before.published_at)
