"""Notices: which can be sent now, and which were."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from cop_bot.domain.notice import Notice, NoticeState

_PENDING = (NoticeState.WAITING, NoticeState.SENDING, NoticeState.UNSURE)


async def deliverable(unit: AsyncSession, wall: datetime, limit: int) -> list[int]:
    """The ids of notices that can be sent now: of each conversation only the oldest that is pending."""
    earlier = aliased(Notice)
    blocked = exists().where(
        earlier.conversation == Notice.conversation,  # type: ignore[arg-type]  # SQLModel types columns as their values
        col(earlier.id) < col(Notice.id),
        col(earlier.state).in_(_PENDING),
    )
    ready = or_(
        and_(col(Notice.state).in_((NoticeState.WAITING, NoticeState.UNSURE)), col(Notice.not_before) <= wall),
        and_(col(Notice.state) == NoticeState.SENDING, col(Notice.lease_until) < wall),
    )
    wanted = select(col(Notice.id)).where(ready, ~blocked).order_by(col(Notice.id)).limit(limit)
    return [row for row in await unit.scalars(wanted) if row is not None]


async def notice_for_update(unit: AsyncSession, notice_id: int) -> Notice | None:
    """One notice, locked; None if somebody else holds it."""
    wanted = select(Notice).where(col(Notice.id) == notice_id).with_for_update(skip_locked=True)
    return await unit.scalar(wanted)


async def notice_by_key(unit: AsyncSession, key: str) -> Notice | None:
    """The notice with this key."""
    return await unit.scalar(select(Notice).where(col(Notice.key) == key))


async def notice_of_message(unit: AsyncSession, place_id: int, message: str) -> Notice | None:
    """The notice that stands in a place as the message with this id of the platform."""
    wanted = select(Notice).where(col(Notice.place_id) == place_id, col(Notice.sent_message) == message)
    return await unit.scalar(wanted.order_by(col(Notice.id)).limit(1))


async def notices_like(unit: AsyncSession, beginning: str) -> list[Notice]:
    """Notices whose key begins so, in the order of their making."""
    wanted = select(Notice).where(col(Notice.key).startswith(beginning, autoescape=True))
    return list(await unit.scalars(wanted.order_by(col(Notice.id))))


async def oldest_pending(unit: AsyncSession) -> datetime | None:
    """When the oldest notice that is still waiting was made (wall time)."""
    return await unit.scalar(select(func.min(col(Notice.created_at))).where(col(Notice.state).in_(_PENDING)))


async def last_sent(unit: AsyncSession, conversation: str) -> datetime | None:
    """When something was last sent to this conversation (wall time)."""
    return await unit.scalar(select(func.max(col(Notice.sent_at))).where(col(Notice.conversation) == conversation))


async def drop_waiting(unit: AsyncSession, member_id: int, why: str, beginning: str = "") -> None:
    """Drop what is waiting to be said to this member, under keys that begin so."""
    await unit.execute(
        update(Notice)
        .where(
            col(Notice.member_id) == member_id,
            col(Notice.state) == NoticeState.WAITING,
            col(Notice.key).startswith(beginning, autoescape=True),
        )
        .values(state=NoticeState.DROPPED, last_error=why, message={})
        .execution_options(synchronize_session=False)
    )
