"""Notices: which can be sent now, and which were."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from cop_bot.domain.notice import Notice, NoticeState
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.publication import Publication

_PENDING = (NoticeState.WAITING, NoticeState.SENDING, NoticeState.UNSURE)


async def deliverable(unit: AsyncSession, wall: datetime, limit: int) -> list[int]:
    """The ids of notices that can be sent now: to each audience only the oldest that is pending."""
    earlier = aliased(Notice)
    blocked = exists().where(
        earlier.audience == Notice.audience,  # type: ignore[arg-type]  # SQLModel types columns as their values
        col(earlier.id) < col(Notice.id),
        col(earlier.state).in_(_PENDING),
    )
    ready = or_(
        and_(col(Notice.state).in_((NoticeState.WAITING, NoticeState.UNSURE)), col(Notice.not_before) <= wall),
        and_(col(Notice.state) == NoticeState.SENDING, col(Notice.lease_until) < wall),
    )
    wanted = select(col(Notice.id)).where(ready, ~blocked).order_by(col(Notice.id)).limit(limit)
    return [row for row in await unit.scalars(wanted) if row is not None]


async def for_update(unit: AsyncSession, notice_id: int) -> Notice | None:
    """One notice, locked; None if somebody else holds it."""
    wanted = select(Notice).where(col(Notice.id) == notice_id).with_for_update(skip_locked=True)
    return await unit.scalar(wanted)


async def pending_of_parts(unit: AsyncSession, part_ids: Collection[int]) -> dict[int, Notice]:
    """What is on its way of these parts, locked: part id -> the newest notice of it."""
    wanted = select(Notice).where(col(Notice.part_id).in_(list(part_ids)), col(Notice.state).in_(_PENDING))
    rows = await unit.scalars(wanted.order_by(col(Notice.id)).with_for_update())
    return {notice.part_id: notice for notice in rows if notice.part_id is not None}


async def oldest_pending(unit: AsyncSession) -> datetime | None:
    """Since when the oldest of what is still to be said waits (wall time), be it that it is still to be composed."""
    waits = await unit.scalar(select(func.min(col(Notice.created_at))).where(col(Notice.state).in_(_PENDING)))
    stale = await unit.scalar(select(func.min(col(Publication.stale_since))))
    return min((moment for moment in (waits, stale) if moment is not None), default=None)


async def is_there(unit: AsyncSession, key: NoticeKey) -> bool:
    """Whether a notice with this key was made before."""
    return await unit.scalar(select(col(Notice.id)).where(col(Notice.key) == str(key))) is not None


async def unused(unit: AsyncSession, key: NoticeKey) -> NoticeKey:
    """This key, or where it has been used the next revision of it: the same thing may happen again after an undo."""
    while await is_there(unit, key):
        key = replace(key, revision=key.revision + 1)
    return key


async def first_of(unit: AsyncSession, notice: Notice) -> Notice | None:
    """What this one follows in another language: the same in the place's own."""
    wanted = select(Notice).where(
        col(Notice.about) == notice.about,
        col(Notice.kind) == notice.kind,
        col(Notice.audience) == notice.audience,
        col(Notice.revision) == notice.revision,
        col(Notice.language) == "",
    )
    found: Notice | None = await unit.scalar(wanted)
    return found


async def last_sent(unit: AsyncSession, audience: str, *, before: datetime | None = None) -> datetime | None:
    """When something was last sent to this audience (wall time), or last before a moment."""
    wanted = select(func.max(col(Notice.sent_at))).where(col(Notice.audience) == audience)
    return await unit.scalar(wanted.where(col(Notice.sent_at) < before) if before else wanted)


async def drop_waiting(unit: AsyncSession, member_id: int, why: str, kind: NoticeKind | None = None) -> None:
    """Drop what is waiting to be said to this member: everything, or what is of this kind."""
    waiting = [col(Notice.member_id) == member_id, col(Notice.state) == NoticeState.WAITING]
    if kind is not None:
        waiting.append(col(Notice.kind) == kind)
    await unit.execute(
        update(Notice)
        .where(*waiting)
        .values(state=NoticeState.DROPPED, last_error=why, message={})
        .execution_options(synchronize_session=False)
    )
