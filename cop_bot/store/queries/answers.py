"""What models have answered and cost: kept in the transaction of whoever asks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.model_answer import ModelAnswer, TokenUse
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session


async def programme_of_subject(unit: AsyncSession, subject: str, *, lock: bool = False) -> int | None:
    """The programme that this is about (as `Summary.subject` says it), or None; with `lock` held against changes till
    the end.
    """
    kind, _, number = subject.partition("/")
    if kind not in ("programme", "session") or not number.isdecimal():
        return None
    wanted = select(col(Programme.id)).where(col(Programme.id) == int(number))
    if kind == "session":
        session = select(col(Session.programme_id)).where(col(Session.id) == int(number)).scalar_subquery()
        wanted = select(col(Programme.id)).where(col(Programme.id) == session)
    return await unit.scalar(wanted.with_for_update(read=True) if lock else wanted)


async def tokens_of_subject(unit: AsyncSession, subject: str) -> int:
    """The tokens, there and back, that this subject has cost."""
    total = func.sum(col(TokenUse.tokens_in) + col(TokenUse.tokens_out))
    return int(await unit.scalar(select(total).where(col(TokenUse.subject) == subject)) or 0)


async def tokens_of_day(unit: AsyncSession, day: date) -> int:
    """The tokens, there and back, that everything has cost on this day (UTC)."""
    total = func.sum(col(TokenUse.tokens_in) + col(TokenUse.tokens_out))
    return int(await unit.scalar(select(total).where(col(TokenUse.day) == day)) or 0)


async def add_tokens(unit: AsyncSession, use: TokenUse) -> None:
    """Add to what the day and the subject have cost; several may do so at once."""
    dialect_insert = sqlite_insert if unit.get_bind().dialect.name == "sqlite" else postgresql_insert
    insert = dialect_insert(TokenUse).values(**use.model_dump(exclude={"id"}))
    new = insert.excluded
    sums = {name: getattr(TokenUse, name) + new[name] for name in ("tokens_in", "tokens_out", "calls")}
    await unit.execute(insert.on_conflict_do_update(index_elements=["day", "subject"], set_=sums))


async def drop(unit: AsyncSession, programme_id: int, numbers: Collection[int]) -> None:
    """Erase every answer of this programme that was made from one of these contributions."""
    rows = await unit.execute(
        select(col(ModelAnswer.key), col(ModelAnswer.numbers)).where(col(ModelAnswer.programme_id) == programme_id)
    )
    keys = [key for key, made_from in rows if not set(numbers).isdisjoint(made_from)]
    if keys:
        await unit.execute(delete(ModelAnswer).where(col(ModelAnswer.key).in_(keys)))


async def drop_about(unit: AsyncSession, subject: str) -> None:
    """Erase every answer about this subject: something else that was told to the model is gone."""
    await unit.execute(delete(ModelAnswer).where(col(ModelAnswer.subject) == subject))
