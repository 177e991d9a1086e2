"""Object to a line of a published summary, or take that back: the facilitators are told and a new version follows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain.brief import Brief, Point
from cop_bot.domain.changes import line_met
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import folded
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import NoLines, NoSuchLine, NothingToTakeBack, ObjectedAlready, ObjectedOften, TimeIsOver
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.objection import Objection
from cop_bot.domain.publication import Publication, PublishedPart
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports, Ref
from cop_bot.store import erasure, queries
from cop_bot.usecases.summaries.find_summary import Found, Wanted, find_summary, part_with_summary
from cop_bot.usecases.summaries.follow_objection import find_held, request_version_after, show_objections, wake

log = structlog.get_logger()

LINK_S = 1.0
"""How long a member waits for the link in the facilitators' notice: Slack wants an answer within three seconds."""


JUST_NOW = timedelta(minutes=2)
"""How long (wall time) a new version is too new to have been read by somebody who has just written about a line."""

MOST_OF_ONE_MEMBER = 10
"""Objections to one summary that stand at once: all of them are read by everybody."""


@dataclass(frozen=True, slots=True)
class Made:
    """An objection as it was recorded, and what it is about. `place`: where it stands in the list."""

    session: Session
    objection: Objection
    place: int
    until: datetime


async def readable(ports: Ports, programme_id: int, wanted: Wanted) -> Found:
    """The summary that is meant, as everybody reads it now.

    Raises NoSuchSession, NothingPublishedYet, FindingsRepeat.
    """
    async with ports.reading() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id)
        assert timetable is not None  # a programme is not deleted while members speak of it  # noqa: S101
        return await find_summary(unit, timetable, wanted)


async def object_to_line(
    ports: Ports,
    programme_id: int,
    wanted: Wanted,
    line: int,
    text: str,
    member: Member,
    *,
    version: int | None = None,
) -> Made:
    """Record it, tell the facilitators and want a new version, in one commit. `version`: which one they had before
    them, where that is known.

    Raises NoSuchSession, NothingPublishedYet, FindingsRepeat, TimeIsOver, NoSuchLine, ObjectedAlready, ObjectedOften,
    ObjectionWithoutWords, ObjectionTooLong.
    """
    await _find_link(ports, programme_id, wanted)
    async with ports.unit() as unit:
        found = await find_held(unit, ports, programme_id, wanted)
        now = ports.clock.now()
        if now >= found.until:
            raise TimeIsOver(until=found.until, zone=found.timetable.programme.zone)
        shown = await _of_version(unit, found, version) if version is not None else None
        read = shown or await _as_read(unit, ports, found)
        point = _line(briefs.from_json(read.content), line)
        objection = Objection.made(read, line, point.text, point.cites, text, known(member.id), now)
        ever = await queries.objections.ever(unit, found.summary.subject)
        if any(_is_same(found, one, objection, line) for one in ever):
            raise ObjectedAlready
        if sum(one.member_id == member.id and not one.is_withdrawn for one in ever) >= MOST_OF_ONE_MEMBER:
            raise ObjectedOften(most=MOST_OF_ONE_MEMBER)
        unit.add(objection)
        await unit.flush()
        made = Made(found.session, objection, len(ever) + 1, found.until)
        await _tell_facilitators(unit, ports, programme_id, objection, member)
        await show_objections(unit, ports, found)
    wake(ports)
    return made


async def take_back(ports: Ports, programme_id: int, wanted: Wanted, line: int, member: Member) -> Session:
    """Erase what this member said last about this line. Raises as above, and NothingToTakeBack."""
    async with ports.unit() as unit:
        found = await find_held(unit, ports, programme_id, wanted)
        brief = found.brief
        mine = [
            one for one in await queries.objections.standing(unit, found.summary.subject) if one.member_id == member.id
        ]
        meant = [one for one in mine if line_met(brief, one) == line] or [one for one in mine if one.line == line]
        if not meant:
            raise NothingToTakeBack
        await erasure.erase_objections(unit, ports.clock.now(), ports.clock.wall(), [meant[-1]])
        await request_version_after(unit, ports, found)
    wake(ports)
    return found.session


async def listed(ports: Ports, timetable: Timetable, wanted: Wanted) -> tuple[Session, Sequence[tuple[int, Objection]]]:
    """What stands against the summary that is meant, each with its lasting place in the list."""
    async with ports.reading() as unit:
        found = await find_summary(unit, timetable, wanted)
        ever = await queries.objections.ever(unit, found.summary.subject)
    return found.session, [(place, one) for place, one in enumerate(ever, start=1) if not one.is_withdrawn]


async def _of_version(unit: AsyncSession, found: Found, version: int) -> Summary | None:
    """That version, if everybody could read it."""
    summary = await queries.summaries.of_version(unit, found.summary.subject, version)
    return summary if summary is not None and summary.published_at is not None else None


async def _as_read(unit: AsyncSession, ports: Ports, found: Found) -> Summary:
    """The version that whoever writes now has read: one that came a moment ago replaced it under their eyes, and its
    lines may have other numbers.
    """
    published = found.summary.published_at
    if published is None or ports.clock.wall() - ports.clock.wall_at(published) >= JUST_NOW:
        return found.summary
    before = await queries.summaries.published_before(unit, found.summary.subject, found.summary.version)
    return before or found.summary


def _line(brief: Brief, line: int) -> Point:
    lines = brief.lines()
    if not 1 <= line <= len(lines):
        raise NoSuchLine(lines=len(lines), line=line) if lines else NoLines
    return lines[line - 1]


def _is_same(found: Found, earlier: Objection, now: Objection, line: int) -> bool:
    if earlier.is_withdrawn or earlier.member_id != now.member_id or folded(earlier.text) != folded(now.text):
        return False
    return line in (line_met(found.brief, earlier), earlier.line)


async def _tell_facilitators(
    unit: AsyncSession, ports: Ports, programme_id: int, objection: Objection, author: Member
) -> None:
    for member in await queries.people.facilitating_members(unit, programme_id):
        if member.id == author.id:
            continue
        wanted = Publication.for_member(
            NoticeKind.OBJECTION,
            f"objection/{objection.id}",
            programme_id,
            known(member.id),
            session_id=objection.session_id,
            objection_id=objection.id,
        )
        await queries.publications.publish(unit, wanted, ports.clock.wall())


async def _find_link(ports: Ports, programme_id: int, wanted: Wanted) -> None:
    """The address of the summary, for the facilitators: asked for once and kept, if the platform tells it at once."""
    async with ports.reading() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id)
        assert timetable is not None  # a programme is not deleted while members speak of it  # noqa: S101
        where = await part_with_summary(unit, await find_summary(unit, timetable, wanted))
    if where is None or where[1].permalink:
        return
    place, part = where
    chat = ports.chat_for(place)
    try:
        async with asyncio.timeout(LINK_S):
            link = await chat.permalink(Ref(part.place, part.message)) if chat else None
    except (TimeoutError, ChatUnavailable) as why:
        log.info("no link to the summary", why=str(why))
        return
    if link:
        async with ports.unit() as unit:
            (await unit.get_one(PublishedPart, part.id)).permalink = link
