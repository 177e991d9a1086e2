"""Databases with the schema in place, one a test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg.sql import SQL
from sqlalchemy.engine import URL
from support.postgres import Postgres

from cop_bot.domain.tables import METADATA
from cop_bot.store.engine import connect
from cop_bot.store.schema import migrate


def migrated(url: str) -> None:
    """Bring the database to the schema, in an event loop of its own: the tests' loops know nothing of it."""

    async def bring() -> None:
        database = connect(url)
        try:
            await migrate(database)
        finally:
            await database.close()

    _elsewhere(bring())


def _elsewhere(work: Coroutine[Any, Any, None]) -> None:
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@dataclass(slots=True)
class PostgresShelf:
    """Migrated databases that are lent to one test after the other, emptied in between: quicker than new ones."""

    server: Postgres
    _free: list[URL] = field(default_factory=list)

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The URL of an empty one."""
        url = self._free.pop() if self._free else self._new()
        yield address(url)
        self._empty(url)
        self._free.append(url)

    def clear(self) -> None:
        """They are not needed any more."""
        for url in self._free:
            self.server.drop(url)

    def _new(self) -> URL:
        url = self.server.make()
        migrated(address(url))
        return url

    def _empty(self, url: URL) -> None:
        tables = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
        with self.server.connection(url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(SQL("TRUNCATE {} RESTART IDENTITY").format(SQL(tables)))


def address(url: URL) -> str:
    """The URL as it is written in the settings."""
    return url.render_as_string(hide_password=False)


def sqlite_template(folder: Path) -> Path:
    """A migrated file to copy."""
    file = folder / "template.db"
    migrated(f"sqlite:///{file}")
    return file


def sqlite_copy(template: Path, folder: Path) -> str:
    """The URL of a copy."""
    file = folder / "cop.db"
    for left in (file.with_name("cop.db-wal"), file.with_name("cop.db-shm")):
        left.unlink(missing_ok=True)
    return f"sqlite:///{shutil.copy(template, file)}"
