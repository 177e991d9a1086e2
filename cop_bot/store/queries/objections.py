"""Objections: what stands against a summary."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.objection import Objection


async def standing(unit: AsyncSession, subject: str) -> list[Objection]:
    """What stands against the summaries about this subject, of all their versions, the oldest first."""
    return [objection for objection in await ever(unit, subject) if not objection.is_withdrawn]


async def ever(unit: AsyncSession, subject: str) -> list[Objection]:
    """The same with the empty rows of those that were withdrawn: a place in this list never changes."""
    wanted = select(Objection).where(col(Objection.subject) == subject).order_by(col(Objection.id))
    return list(await unit.scalars(wanted))


async def in_programme(unit: AsyncSession, programme_id: int) -> list[Objection]:
    """What stands against any summary of this programme."""
    wanted = select(Objection).where(col(Objection.programme_id) == programme_id, col(Objection.withdrawn_at).is_(None))
    return list(await unit.scalars(wanted.order_by(col(Objection.id))))


async def with_words_of(unit: AsyncSession, member_id: int) -> list[Objection]:
    """The objections that this member has made or answered, withdrawn ones too, the oldest first."""
    theirs = or_(col(Objection.member_id) == member_id, col(Objection.answered_by) == member_id)
    return list(await unit.scalars(select(Objection).where(theirs).order_by(col(Objection.id))))
