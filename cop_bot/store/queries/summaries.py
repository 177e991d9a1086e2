"""Summaries: which is to be written, and which stand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.summary import Summary, SummaryState


async def next_wanted(unit: AsyncSession, wall: datetime) -> Summary | None:
    """A summary that is to be written now and that nobody is at, the oldest first; one of a session that was reopened
    waits for its close.
    """
    is_open = exists().where(col(Session.id) == col(Summary.session_id), col(Session.state) == SessionState.OPEN)
    free = or_(col(Summary.lease_until).is_(None), col(Summary.lease_until) < wall)
    wanted = (
        select(Summary)
        .where(col(Summary.state) == SummaryState.WANTED, col(Summary.not_before) <= wall, free, ~is_open)
        .order_by(col(Summary.wanted_at), col(Summary.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return await unit.scalar(wanted)


async def is_first_being_written(unit: AsyncSession, programme_id: int, since: datetime) -> bool:
    """Whether a session of this programme has closed after that (programme time) whose first summary is not written
    yet, be it that an attempt has failed.
    """
    wanted = exists().where(
        col(Summary.programme_id) == programme_id,
        col(Summary.session_id).is_not(None),
        col(Summary.version) == 1,
        col(Summary.state) == SummaryState.WANTED,
        col(Summary.wanted_at) > since,
    )
    return bool(await unit.scalar(select(wanted)))


async def latest(unit: AsyncSession, subject: str, *states: SummaryState) -> Summary | None:
    """The newest version about this subject, in one of the states (in any, if none is named)."""
    wanted = select(Summary).where(col(Summary.subject) == subject)
    if states:
        wanted = wanted.where(col(Summary.state).in_(states))
    return await unit.scalar(wanted.order_by(col(Summary.version).desc()).limit(1))


async def written(unit: AsyncSession, programme_id: int) -> list[Summary]:
    """All versions of this programme that have been written, the oldest first."""
    wanted = select(Summary).where(col(Summary.programme_id) == programme_id, col(Summary.state) != SummaryState.WANTED)
    return list(await unit.scalars(wanted.order_by(col(Summary.version))))


async def versions(unit: AsyncSession, subject: str) -> list[Summary]:
    """All versions about this subject that have been written, the oldest first."""
    wanted = select(Summary).where(col(Summary.subject) == subject, col(Summary.state) != SummaryState.WANTED)
    return list(await unit.scalars(wanted.order_by(col(Summary.version))))


async def of_version(unit: AsyncSession, subject: str, version: int) -> Summary | None:
    """This version of the summary about this subject."""
    return await unit.scalar(select(Summary).where(col(Summary.subject) == subject, col(Summary.version) == version))


async def first_published(unit: AsyncSession, subject: str) -> Summary | None:
    """The first version about this subject that was published."""
    wanted = select(Summary).where(col(Summary.subject) == subject, col(Summary.state) == SummaryState.PUBLISHED)
    return await unit.scalar(wanted.order_by(col(Summary.version)).limit(1))


async def published_before(unit: AsyncSession, subject: str, version: int) -> Summary | None:
    """The newest published version about this subject that is older than this one."""
    wanted = select(Summary).where(
        col(Summary.subject) == subject,
        col(Summary.state) == SummaryState.PUBLISHED,
        col(Summary.version) < version,
    )
    return await unit.scalar(wanted.order_by(col(Summary.version).desc()).limit(1))


async def published(unit: AsyncSession, programme_id: int) -> dict[int, Summary]:
    """The newest published summary of each session, by session id."""
    newer = aliased(Summary)
    is_replaced = exists().where(
        newer.session_id == Summary.session_id,  # type: ignore[arg-type]  # SQLModel types columns as their values
        col(newer.state) == SummaryState.PUBLISHED,
        col(newer.version) > col(Summary.version),
    )
    wanted = select(Summary).where(
        col(Summary.programme_id) == programme_id,
        col(Summary.session_id).is_not(None),
        col(Summary.state) == SummaryState.PUBLISHED,
        ~is_replaced,
    )
    return {s.session_id: s for s in await unit.scalars(wanted) if s.session_id is not None}
