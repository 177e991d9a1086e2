"""Databases with the schema in place, one a test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ground.postgres import Postgres

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


@dataclass(frozen=True, slots=True)
class PostgresTemplate:
    """A migrated database to copy: quicker than migrating for each test."""

    server: Postgres
    name: str

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The URL of a copy that is dropped afterwards."""
        url = self.server.make(self.name)
        try:
            yield url.render_as_string(hide_password=False)
        finally:
            self.server.drop(url)


@contextmanager
def postgres_template(server: Postgres) -> Iterator[PostgresTemplate]:
    """A migrated database on this server."""
    url = server.make()
    try:
        migrated(url.render_as_string(hide_password=False))
        yield PostgresTemplate(server, str(url.database))
    finally:
        server.drop(url)


def sqlite_template(folder: Path) -> Path:
    """A migrated file to copy."""
    file = folder / "template.db"
    migrated(f"sqlite:///{file}")
    return file


def sqlite_copy(template: Path, folder: Path) -> str:
    """The URL of a copy."""
    return f"sqlite:///{shutil.copy(template, folder / 'cop.db')}"
