"""Find the published summary that a member means: of a theme, of the thread it is typed in, or the latest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain.brief import Brief
from cop_bot.domain.columns import known
from cop_bot.domain.errors import MemberMistake
from cop_bot.domain.place import Place
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary, SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports, Ref
from cop_bot.store import queries
from cop_bot.usecases.word_summary import objectable_until


class NothingPublishedYet(MemberMistake):
    """There is no summary yet. It is posted when the session closes."""


class FindingsRepeat(MemberMistake):
    """The findings repeat lines of the themes' summaries. Name the theme: `summary object risk 3 That was not said`."""


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


async def find_summary(unit: AsyncSession, ports: Ports, timetable: Timetable, wanted: Wanted) -> Found:
    """The newest published version of the summary that is meant.

    Raises NoSuchSession, NothingPublishedYet, FindingsRepeat.
    """
    published = await queries.published_summaries(unit, known(timetable.programme.id))
    session = await _session(unit, ports, timetable, wanted)
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
    newest = await queries.latest_summary(unit, subject)
    if newest is None or newest.state is not SummaryState.WANTED or not newest.only_model:
        return newest
    return await queries.latest_summary(unit, subject, SummaryState.DRAFTED, SummaryState.PUBLISHED)


async def place_of_summary(unit: AsyncSession, ports: Ports, found: Found) -> tuple[Place, Ref] | None:
    """Where the summary stands on the platform, or None before it has been posted."""
    prefix = _prefix(ports, found.summary.subject)
    place = await unit.get_one(Place, found.session.place_id)
    first = next(iter(await queries.notices_like(unit, prefix)), None)
    if first is None or not first.sent_place or not first.sent_message:
        return None
    return place, Ref(first.sent_place, first.sent_message)


async def _session(unit: AsyncSession, ports: Ports, timetable: Timetable, wanted: Wanted) -> Session | None:
    if wanted.theme:
        return timetable.session(wanted.theme)
    if wanted.place is None or wanted.place.id is None or not wanted.thread:
        return None
    root = await queries.notice_of_message(unit, wanted.place.id, wanted.thread)
    if root is None:
        return None
    programme_id = known(timetable.programme.id)
    if root.key.startswith(_prefix(ports, subject_of(programme_id, None))):
        raise FindingsRepeat
    subjects = {_prefix(ports, subject_of(programme_id, s.id)): s for s in timetable.sessions}
    return next((session for prefix, session in subjects.items() if root.key.startswith(prefix)), None)


def _prefix(ports: Ports, subject: str) -> str:
    return f"{ports.database_id}/{subject}/summary/"
