"""Find the published summary that a member means: of a theme, of the thread it is typed in, or the latest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain.brief import Brief
from cop_bot.domain.columns import known
from cop_bot.domain.mistakes import FindingsRepeat, NothingPublishedYet
from cop_bot.domain.notice_key import NoticeKind, to_place
from cop_bot.domain.place import Place
from cop_bot.domain.publication import PublishedPart
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary, SummaryState
from cop_bot.domain.timetable import Timetable
from cop_bot.store import queries


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which summary somebody means: the one of this theme, else the one in whose thread they type, else the latest."""

    theme: str = ""
    place: Place | None = None
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A summary as everybody reads it now. `until`: how long members may object (programme time)."""

    timetable: Timetable
    session: Session
    summary: Summary
    until: datetime

    @property
    def brief(self) -> Brief:
        """What it says."""
        return briefs.from_json(self.summary.content)


async def find_summary(unit: AsyncSession, timetable: Timetable, wanted: Wanted) -> Found:
    """The newest published version of the summary that is meant.

    Raises NoSuchSession, NothingPublishedYet, FindingsRepeat.
    """
    published = await queries.summaries.published(unit, known(timetable.programme.id))
    session = await _session(unit, timetable, wanted)
    if session is None:
        closed = [s for s in timetable.sessions if s.id in published]
        session = max(closed, key=lambda s: s.closes_at, default=None)
    summary = published.get(known(session.id)) if session else None
    until = await objectable_until(unit, timetable, summary) if summary else None
    if session is None or summary is None or until is None:
        raise NothingPublishedYet
    return Found(timetable, session, summary, until)


async def newest_version(unit: AsyncSession, subject: str) -> Summary | None:
    """The newest version, written or wanted; one that only waits for a model to come back does not count."""
    newest = await queries.summaries.latest(unit, subject)
    if newest is None or newest.state is not SummaryState.WANTED or not newest.only_model:
        return newest
    return await queries.summaries.latest(unit, subject, SummaryState.DRAFTED, SummaryState.PUBLISHED)


async def objectable_until(unit: AsyncSession, timetable: Timetable, summary: Summary) -> datetime | None:
    """Until when (programme time) members may object: counted from the first version on. None before that."""
    first = await queries.summaries.first_published(unit, summary.subject) or summary
    return first.published_at + timetable.programme.decided().summary.ratify if first.published_at else None


async def part_with_summary(unit: AsyncSession, found: Found) -> tuple[Place, PublishedPart] | None:
    """Where the summary begins on the platform, or None before it has been posted."""
    place = await unit.get_one(Place, found.session.place_id)
    audience = to_place(known(place.id))
    first = await queries.publications.first_part(unit, found.summary.subject, NoticeKind.SUMMARY, audience)
    return (place, first) if first is not None and first.stands else None


async def _session(unit: AsyncSession, timetable: Timetable, wanted: Wanted) -> Session | None:
    if wanted.theme:
        return timetable.session(wanted.theme)
    if wanted.place is None or wanted.place.id is None or not wanted.thread:
        return None
    root = await queries.publications.standing_as(unit, wanted.place.id, wanted.thread)
    if root is None or root.programme_id != timetable.programme.id:
        return None
    if root.kind is NoticeKind.FINDINGS:
        raise FindingsRepeat
    if root.kind is not NoticeKind.SUMMARY:
        return None
    return next((s for s in timetable.sessions if s.id == root.session_id), None)
