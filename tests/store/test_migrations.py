"""One chain of migrations brings both databases to exactly the schema of the code, forward only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text
from support.databases import address
from support.postgres import Postgres

from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.summary import Summary
from cop_bot.domain.tables import METADATA, TABLES
from cop_bot.store.engine import Database, connect
from cop_bot.store.schema import config, head, migrate, revision


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    url = server.make()
    yield address(url)
    server.drop(url)


async def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    async with database.writer.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_names_of_constraints_are_those_of_the_code(database: Database) -> None:
    def names(connection: Connection) -> set[str]:
        reader = inspect(connection)
        tables = [table.name for table in METADATA.sorted_tables]
        found = [row["name"] for name in tables for row in reader.get_check_constraints(name)]
        found += [row["name"] for name in tables for row in reader.get_unique_constraints(name)]
        return {str(name) for name in found}

    async with database.reader.connect() as connection:
        stored = await connection.run_sync(names)
    meant = {
        str(constraint.name)
        for table in METADATA.sorted_tables
        for constraint in table.constraints
        if str(constraint.name).startswith(("ck_", "uq_"))
    }
    assert stored == meant


def test_every_table_of_the_record_is_listed() -> None:
    assert {table.__tablename__ for table in TABLES} == {table.name for table in METADATA.sorted_tables}


async def test_a_new_database_is_migrated_and_a_second_time_changes_nothing(empty_url: str) -> None:
    database = connect(empty_url)
    assert await revision(database) == ""
    for _ in range(2):
        await migrate(database)
        assert await revision(database) == head()
    await database.close()


async def test_two_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    databases = [connect(empty_url) for _ in range(3)]
    await asyncio.gather(*(migrate(database) for database in databases))
    assert await revision(databases[0]) == head()
    for database in databases:
        await database.close()


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(database: Database) -> None:
    async with database.writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(OperatorMistake, match=r"newer cop_bot.*9999"):
        await migrate(database)
    assert await revision(database) == "9999"


async def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = connect(empty_url)
    create = op.create_table

    def fail_late(name: str, *columns: Any, **more: Any) -> object:
        if name == "summary":
            raise OSError("the disk is full")
        return create(name, *columns, **more)

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_table", fail_late)
        with pytest.raises(OSError, match="full"):
            await migrate(database)
    await migrate(database)
    assert await revision(database) == head()
    await database.close()


async def test_a_database_from_before_keeps_its_summaries_when_it_is_migrated(empty_url: str) -> None:
    database = connect(empty_url)
    async with database.writer.connect() as connection, connection.begin():
        await connection.run_sync(_bring_to, "0002")
        for row in (
            "INSERT INTO place (id, platform, name, bot_is_in) VALUES (1, 'console', '#cop', true)",
            "INSERT INTO programme (id, slug, title, zone, place_id, digest, settings, next_number, version)"
            " VALUES (1, 'power', '{}', 'UTC', 1, 'd', '{}', 1, 1)",
            "INSERT INTO summary (id, programme_id, subject, version, state, content, maker, wanted_at, attempts,"
            " not_before, owner, last_error) VALUES (1, 1, 'programme/1', 1, 'published', '{\"title\": \"Old\"}',"
            " 'offline', '2026-03-02 08:00:00', 1, '2026-03-02 08:00:00', '', '')",
        ):
            await connection.exec_driver_sql(row)
    await migrate(database)
    async with database.reading() as unit:
        (summary,) = await unit.scalars(select(Summary))
    assert (summary.content, summary.only_model, summary.again) == ({"title": "Old"}, False, False)
    await database.close()


def _bring_to(connection: Connection, wanted: str) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, wanted)
