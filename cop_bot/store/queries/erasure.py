"""Erasing by the map of `domain/erasure.py`: what follows from it alone, for every table that is in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from cop_bot.domain.erasure import ERASURE, After, Fate, Rule, To, pointers
from cop_bot.domain.member import Member

Erasure = Mapping[type[SQLModel], Rule]


async def erase_pointers(unit: AsyncSession, to: To, ids: Collection[int], erasure: Erasure = ERASURE) -> None:
    """Rows that point to one of these members or contributions (our ids) go, or no longer point there.

    What the map leaves to a step of its own is not done here.
    """
    for table, pointer in pointers(to, erasure):
        column = column_of(table, pointer.column)
        if pointer.fate is Fate.ROW_GOES:
            await unit.execute(delete(table).where(column.in_(list(ids))))
        elif pointer.fate is Fate.CLEARED:
            await unit.execute(update(table).where(column.in_(list(ids))).values({pointer.column: None}))


async def purge_old_rows(unit: AsyncSession, wall: datetime, erasure: Erasure = ERASURE) -> None:
    """Rows go whose time is up by themselves."""
    for table, rule in erasure.items():
        if isinstance(rule.purge, After):
            await unit.execute(delete(table).where(column_of(table, rule.purge.column) < wall - rule.purge.kept))


async def purge_strangers(unit: AsyncSession, erasure: Erasure = ERASURE) -> None:
    """Members go to whom nothing points any more that holds them."""
    held = [
        ~exists().where(column_of(table, pointer.column) == col(Member.id))
        for table, pointer in pointers(To.MEMBER, erasure)
        if pointer.holds
    ]
    await unit.execute(delete(Member).where(*held))


async def exported_with(
    unit: AsyncSession, contribution_ids: Collection[int], erasure: Erasure = ERASURE
) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """What else stands with contributions in the export: contribution id -> name -> rows, each as column -> value.

    A member is written as the platform's id; our own ids are left out.
    """
    found: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for table, pointer in pointers(To.CONTRIBUTION, erasure):
        if not pointer.export or not _is_key(table, pointer.column):
            continue
        people = {p.column for p in erasure[table].pointers if p.to is To.MEMBER}
        rows = await unit.execute(select(table_of(table)).where(column_of(table, pointer.column).in_(contribution_ids)))
        for row in [dict(row) for row in rows.mappings()]:
            about = row.pop(pointer.column)
            row.pop("id", None)
            for column in people & row.keys():
                member = await unit.get(Member, row[column]) if row[column] is not None else None
                row[column.removesuffix("_id")] = member.platform_id if member else None
                del row[column]
            found.setdefault(about, {}).setdefault(pointer.export, []).append(row)
    return found


def column_of(table: type[SQLModel], name: str) -> ColumnElement[Any]:
    """A column by its name."""
    column: ColumnElement[Any] = table_of(table).columns[name]
    return column


def table_of(table: type[SQLModel]) -> Table:
    """The table of an entity."""
    local = inspect(table).local_table
    assert isinstance(local, Table)  # an entity is one table  # noqa: S101
    return local


def _is_key(table: type[SQLModel], column: str) -> bool:
    return bool(table_of(table).columns[column].foreign_keys)
