"""Objections: what stands against a summary."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.objection import Objection


async def objections_to(unit: AsyncSession, subject: str) -> list[Objection]:
    """What stands against the summaries about this subject, of all their versions, the oldest first."""
    return [objection for objection in await objections_ever(unit, subject) if not objection.is_withdrawn]


async def objections_ever(unit: AsyncSession, subject: str) -> list[Objection]:
    """The same with the empty rows of those that were withdrawn: a place in this list never changes."""
    wanted = select(Objection).where(col(Objection.subject) == subject).order_by(col(Objection.id))
    return list(await unit.scalars(wanted))


async def objections_of_member(unit: AsyncSession, member_id: int) -> list[Objection]:
    """All objections that this member has made, withdrawn ones too, the oldest first."""
    wanted = select(Objection).where(col(Objection.member_id) == member_id).order_by(col(Objection.id))
    return list(await unit.scalars(wanted))
