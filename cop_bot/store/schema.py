"""Brings a database to the schema of this code, forward only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from cop_bot.domain.errors import OperatorMistake

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection

    from cop_bot.store.engine import Database

_LOCK = 0x636F705F626F74  # "cop_bot": one process migrates, the others wait


async def migrate(database: Database) -> None:
    """Run what is missing, one process at a time.

    Raises OperatorMistake if the database was written by a newer version.
    """
    async with database.writer.connect() as connection:
        if connection.dialect.name != "sqlite":
            async with connection.begin():
                await connection.run_sync(_migrate)
            return
        # SQLite changes a constraint by copying the table and dropping the old one, which would empty all that points
        # to it; only outside a transaction can it be told to wait with that (sqlite.org, "Making other kinds of table
        # schema changes").
        await _foreign_keys(connection, "OFF")
        try:
            async with connection.begin():
                await connection.run_sync(_migrate)
                await connection.run_sync(_must_be_whole)
        finally:
            await _foreign_keys(connection, "ON")


async def revision(database: Database) -> str:
    """The schema that the database has, empty for none."""
    async with database.reader.connect() as connection:
        return await connection.run_sync(_revision)


def head() -> str:
    """The schema of this code."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(config()).get_current_head() or ""


async def _foreign_keys(connection: AsyncConnection, wanted: str) -> None:
    raw = await connection.get_raw_connection()
    assert raw.driver_connection is not None  # it is open  # noqa: S101
    await raw.driver_connection.execute(f"PRAGMA foreign_keys={wanted}")


def _must_be_whole(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if broken:
        raise OperatorMistake(f"The database is damaged: rows of {broken[0][0]} point nowhere; restore a backup.")


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    settings = config()
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    current = _revision(connection)
    if current and current not in known:
        raise OperatorMistake(
            f"This database was written by a newer cop_bot (its schema is {current}); "
            "start the newer version or restore a backup."
        )
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def _revision(connection: Connection) -> str:
    if "alembic_version" not in inspect(connection).get_table_names():
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def config() -> Config:
    """Alembic's configuration: where the migrations are."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return settings
