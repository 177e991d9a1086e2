"""Every table says what happens to it when somebody is forgotten, a contribution is withdrawn, or time is up."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect
from sqlmodel import SQLModel

from cop_bot.domain.erasure import ERASURE, After, Fate, Purge, Rule, To, pointers
from cop_bot.domain.tables import TABLES
from cop_bot.store.erasure import FORGETTING, WITHDRAWING

BY_NUMBER = {"parent", "cites", "numbers", "content"}
"""Columns that hold the numbers of contributions; no foreign key tells."""


def missing(tables: tuple[type[SQLModel], ...], erasure: dict[type[SQLModel], Rule]) -> list[str]:
    """What of these tables the map does not name: a table, or a column that points to a member or a contribution."""
    lacking = []
    for table in tables:
        if table not in erasure:
            lacking.append(table.__name__)
            continue
        named = {(pointer.column, pointer.to) for pointer in erasure[table].pointers}
        columns = inspect(table).local_table.columns
        for column in columns:
            for key in column.foreign_keys:
                target = key.column.table.name
                to = {"member": To.MEMBER, "contribution": To.CONTRIBUTION}.get(target)
                if to and (column.name, to) not in named:
                    lacking.append(f"{table.__name__}.{column.name}")
            if column.name in BY_NUMBER and (column.name, To.CONTRIBUTION) not in named:
                lacking.append(f"{table.__name__}.{column.name}")
    return lacking


def test_every_table_and_every_pointer_is_in_the_map() -> None:
    assert missing(TABLES, dict(ERASURE)) == []
    assert set(ERASURE) == set(TABLES)


def test_a_pointer_left_out_would_be_told() -> None:
    table = next(table for table in TABLES if table.__name__ == "Reminded")
    assert missing(TABLES, dict(ERASURE) | {table: Rule(Purge.WITH_PROGRAMME)}) == ["Reminded.member_id"]
    assert missing(TABLES, {t: rule for t, rule in ERASURE.items() if t is not table}) == ["Reminded"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_the_map_names_columns_that_exist(table: type[SQLModel]) -> None:
    columns, rule = inspect(table).local_table.columns, ERASURE[table]
    for pointer in rule.pointers:
        assert pointer.column in columns
        assert pointer.fate is not Fate.STAYS or pointer.why, f"{pointer.column} stays: say what for"
        assert pointer.fate is not Fate.CLEARED or columns[pointer.column].nullable
    if isinstance(rule.purge, After):
        assert rule.purge.column in columns


@pytest.mark.parametrize(("to", "steps"), [(To.MEMBER, set(FORGETTING)), (To.CONTRIBUTION, set(WITHDRAWING))])
def test_each_step_is_in_the_map_and_each_of_the_map_has_its_step(to: To, steps: set[tuple[str, str]]) -> None:
    wanted = {
        (inspect(table).local_table.name, pointer.column)
        for table, pointer in pointers(to)
        if pointer.fate is Fate.BY_STEP
    }
    assert wanted == steps


@pytest.mark.parametrize(
    "table", [t for t, rule in ERASURE.items() if rule.purge is Purge.WITH_PROGRAMME], ids=lambda table: table.__name__
)
def test_what_is_purged_with_its_programme_hangs_on_it_in_the_database(table: type[SQLModel]) -> None:
    reached = {inspect(table).local_table}
    while True:
        more = {key.column.table for t in reached for key in t.foreign_keys if key.ondelete == "CASCADE"} - reached
        if not more:
            break
        reached |= more
    assert "programme" in {t.name for t in reached}
