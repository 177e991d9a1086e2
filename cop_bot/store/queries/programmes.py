"""Programmes and all that is planned of them, and what reminders came to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.gathering import Gathering
from cop_bot.domain.member import Facilitator
from cop_bot.domain.notice import Notice, NoticeState
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.place import Place, Presence
from cop_bot.domain.programme import Programme
from cop_bot.domain.reminder import Reminded, Reminder
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.timetable import Timetable


async def due(unit: AsyncSession, now: datetime, limit: int = 50) -> list[int]:
    """The ids of programmes of which something is due, the longest waiting first."""
    wanted = (
        select(col(Programme.id)).where(col(Programme.next_due) <= now).order_by(col(Programme.next_due)).limit(limit)
    )
    return [row for row in await unit.scalars(wanted) if row is not None]


async def next_moment(unit: AsyncSession) -> datetime | None:
    """The earliest moment at which anything of any programme is due."""
    return await unit.scalar(select(func.min(col(Programme.next_due))))


async def hold(unit: AsyncSession, programme_id: int) -> None:
    """Nobody else changes what is planned or summarised of this programme until this transaction ends."""
    await unit.execute(select(col(Programme.id)).where(col(Programme.id) == programme_id).with_for_update())


async def timetable(unit: AsyncSession, programme_id: int, *, lock: bool = False) -> Timetable | None:
    """A programme with all that is planned; with `lock` nobody else changes it until this transaction ends."""
    wanted = select(Programme).where(col(Programme.id) == programme_id)
    programme = await unit.scalar(wanted.with_for_update() if lock else wanted)
    if programme is None:
        return None
    sessions = await unit.scalars(
        select(Session)
        .where(col(Session.programme_id) == programme_id)
        .order_by(col(Session.opens_at), col(Session.position))
    )
    gatherings = await unit.scalars(select(Gathering).where(col(Gathering.programme_id) == programme_id))
    reminders = await unit.scalars(
        select(Reminder).where(col(Reminder.programme_id) == programme_id).order_by(col(Reminder.at))
    )
    return Timetable(programme, list(sessions), list(gatherings), list(reminders))


async def by_slug(unit: AsyncSession, workspace_id: int, slug: str, *, lock: bool = False) -> Programme | None:
    """The programme with this id in its file."""
    wanted = select(Programme).where(col(Programme.workspace_id) == workspace_id, col(Programme.slug) == slug)
    return await unit.scalar(wanted.with_for_update() if lock else wanted)


async def every(unit: AsyncSession) -> list[Programme]:
    """Every programme, by its id."""
    return list(await unit.scalars(select(Programme).order_by(col(Programme.id))))


async def at_place(unit: AsyncSession, place_id: int) -> list[int]:
    """The ids of the programmes of a place, the newest first."""
    return [
        row
        for row in await unit.scalars(
            select(col(Programme.id)).where(col(Programme.place_id) == place_id).order_by(col(Programme.id).desc())
        )
        if row is not None
    ]


async def of_member(unit: AsyncSession, member_id: int) -> list[int]:
    """The ids of the programmes of the places where this member is, or which they facilitate, the newest first."""
    present = select(col(Presence.place_id)).where(col(Presence.member_id) == member_id)
    facilitated = select(col(Facilitator.programme_id)).where(col(Facilitator.member_id) == member_id)
    wanted = select(col(Programme.id)).where(
        or_(col(Programme.place_id).in_(present), col(Programme.id).in_(facilitated))
    )
    return [row for row in await unit.scalars(wanted.order_by(col(Programme.id).desc())) if row is not None]


async def take_numbers(unit: AsyncSession, programme_id: int, many: int) -> int:
    """Reserve the next numbers of a programme; returns the first of them."""
    after = await unit.scalar(
        update(Programme)
        .where(col(Programme.id) == programme_id)
        .values(next_number=col(Programme.next_number) + many)
        .returning(col(Programme.next_number))
        .execution_options(synchronize_session=False)
    )
    return int(after or 0) - many


async def members_reminded(unit: AsyncSession, session_id: int, since: datetime) -> dict[int, datetime]:
    """Who has heard a reminder of this session since then (programme time), and when last."""
    wanted = (
        select(col(Reminded.member_id), func.max(col(Reminded.at)))
        .join(Reminder, col(Reminder.id) == col(Reminded.reminder_id))
        .where(col(Reminder.session_id) == session_id, col(Reminded.outcome) == "sent", col(Reminded.at) > since)
        .group_by(col(Reminded.member_id))
    )
    return {row[0]: row[1] for row in await unit.execute(wanted)}


async def openings_without_link(unit: AsyncSession) -> list[tuple[Session, Place, Notice]]:
    """Open sessions whose opening stands in the place, as long as it is not known where people see it."""
    wanted = (
        select(Session, Place)
        .join(Place, col(Place.id) == col(Session.place_id))
        .where(col(Session.state) == SessionState.OPEN, col(Session.opening_link).is_(None))
    )
    rows = {f"session/{row[0].id}": (row[0], row[1]) for row in await unit.execute(wanted)}
    said = select(Notice).where(
        col(Notice.about).in_(list(rows)),
        col(Notice.kind) == NoticeKind.OPENING,
        col(Notice.language) == "",
        col(Notice.state) == NoticeState.SENT,
    )
    in_order = said.order_by(col(Notice.id))
    return [(*rows[notice.about], notice) for notice in await unit.scalars(in_order)] if rows else []


async def reminded(unit: AsyncSession, reminder_id: int) -> set[int]:
    """The ids of the members for whom this reminder is decided."""
    wanted = select(col(Reminded.member_id)).where(col(Reminded.reminder_id) == reminder_id)
    return set(await unit.scalars(wanted))
