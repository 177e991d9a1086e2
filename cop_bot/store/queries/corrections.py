"""Corrections: what facilitators have changed of summaries by hand."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.correction import Correction


async def of_summary(unit: AsyncSession, subject: str) -> list[Correction]:
    """Those of the summary about this subject, in their order."""
    wanted = select(Correction).where(col(Correction.subject) == subject).order_by(col(Correction.id))
    return list(await unit.scalars(wanted))


async def in_programme(unit: AsyncSession, programme_id: int) -> list[Correction]:
    """Those of all summaries of a programme."""
    wanted = select(Correction).where(col(Correction.programme_id) == programme_id).order_by(col(Correction.id))
    return list(await unit.scalars(wanted))


async def by_member(unit: AsyncSession, member_id: int) -> list[Correction]:
    """Those that this member made."""
    wanted = select(Correction).where(col(Correction.member_id) == member_id).order_by(col(Correction.id))
    return list(await unit.scalars(wanted))
