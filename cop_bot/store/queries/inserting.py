"""Inserting what another process may insert at the same moment."""

from __future__ import annotations

from sqlalchemy import inspect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel


async def insert_once(unit: AsyncSession, row: SQLModel) -> bool:
    """Insert a row unless another process was faster; returns whether it was ours."""
    dialect_insert = sqlite_insert if unit.get_bind().dialect.name == "sqlite" else postgresql_insert
    values = row.model_dump(exclude={"id"} if getattr(row, "id", None) is None else None)
    insert = dialect_insert(type(row)).values(**values).on_conflict_do_nothing()
    # Not `rowcount`: with PostgreSQL's driver it is -1 here, whatever happened.
    inserted = await unit.execute(insert.returning(*inspect(type(row)).primary_key))
    return inserted.first() is not None
