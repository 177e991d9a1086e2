"""The audit: what facilitators have done."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from cop_bot.domain.audit import Audited
from cop_bot.domain.member import Member

Row = tuple[Audited, Member | None, Member | None]
"""What was done, who did it, and to whom; members who were forgotten are nobody."""


async def newest(unit: AsyncSession, programme_id: int, limit: int) -> list[Row]:
    """The newest of this programme first."""
    return await _rows(unit, programme_id, newest_first=True, limit=limit)


async def every(unit: AsyncSession, programme_id: int) -> list[Row]:
    """All of this programme, the oldest first."""
    return await _rows(unit, programme_id, newest_first=False, limit=None)


async def last_standing(unit: AsyncSession, programme_id: int) -> Audited | None:
    """The newest step that has not been undone."""
    wanted = select(Audited).where(
        col(Audited.programme_id) == programme_id, col(Audited.undone_at).is_(None), col(Audited.command) != "undo"
    )
    return await unit.scalar(wanted.order_by(col(Audited.id).desc()).limit(1).with_for_update())


async def last_close(unit: AsyncSession, programme_id: int, slug: str) -> Audited | None:
    """How this session was last closed by hand."""
    wanted = select(Audited).where(
        col(Audited.programme_id) == programme_id,
        col(Audited.command) == "session close",
        col(Audited.about) == slug,
        col(Audited.undone_at).is_(None),
    )
    return await unit.scalar(wanted.order_by(col(Audited.id).desc()).limit(1))


async def _rows(unit: AsyncSession, programme_id: int, *, newest_first: bool, limit: int | None) -> list[Row]:
    person = aliased(Member)
    order = col(Audited.id).desc() if newest_first else col(Audited.id)
    wanted = (
        select(Audited, Member, person)
        .outerjoin(Member, col(Member.id) == col(Audited.member_id))
        .outerjoin(person, col(person.id) == col(Audited.person_id))
        .where(col(Audited.programme_id) == programme_id)
        .order_by(order)
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in await unit.execute(wanted)]
