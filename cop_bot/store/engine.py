"""Engines and transactions for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from cop_bot.domain.errors import OperatorMistake

WRITER_WAIT_S = 2.0
"""How long a transaction waits for the only writer: below the 3 s in which a platform wants its answer."""

ERASED = "erased"
"""Noted in a transaction's `info` by whoever erases words in it."""


@dataclass(frozen=True, slots=True)
class Database:
    """Two ways to the same record: `writer` changes it, `reader` only reads. On PostgreSQL they are one engine."""

    writer: AsyncEngine
    reader: AsyncEngine

    def unit(self) -> AbstractAsyncContextManager[AsyncSession]:
        """One transaction that may write."""
        return _transaction(self.writer)

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """One transaction that only reads."""
        return _transaction(self.reader)

    async def close(self) -> None:
        """Close every connection."""
        await self.writer.dispose()
        await self.reader.dispose()


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine, expire_on_commit=False) as session:
        async with session.begin():
            yield session
        if session.info.get(ERASED):
            await _empty_the_log(engine)


async def _empty_the_log(engine: AsyncEngine) -> None:
    """What was erased also stands in SQLite's write-ahead log, until that is written over. A reader who is at it may
    keep it from being emptied; the next erasure, or the next checkpoint, does it then.
    """
    if engine.dialect.name == "sqlite":
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None  # it was just connected  # noqa: S101
            await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # not in a transaction: there it does nothing


def database_url(text: str) -> URL:
    """The URL with the driver that we use. Raises OperatorMistake for anything but SQLite and PostgreSQL."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise OperatorMistake(
            "COP_DATABASE_URL is no database URL; write sqlite:///cop.db or postgresql+psycopg://user@host/name."
        ) from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        return url.set(drivername="sqlite+aiosqlite")
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise OperatorMistake(f"COP_DATABASE_URL names {backend!r}; cop_bot keeps its record in sqlite or postgresql.")


def sqlite_file(url: URL) -> Path | None:
    """The file of an embedded database, or None for PostgreSQL and for a database in memory."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database)).expanduser().resolve()


def connect(text: str) -> Database:
    """Engines for this URL; nothing is opened before the first transaction."""
    url = database_url(text)
    if url.get_backend_name() == "postgresql":
        engine = create_async_engine(url, pool_size=10, max_overflow=5, pool_pre_ping=True, hide_parameters=True)
        return Database(engine, engine)
    file = sqlite_file(url)
    if file is None:
        engine = _sqlite(url, "BEGIN IMMEDIATE", size=1)
        return Database(engine, engine)
    if not file.parent.is_dir():
        raise OperatorMistake(f"The folder of the database does not exist: {file.parent}")
    url = url.set(database=str(file))
    return Database(_sqlite(url, "BEGIN IMMEDIATE", size=1), _sqlite(url, "BEGIN", size=4, query_only=True))


def _sqlite(url: URL, begin: str, *, size: int, query_only: bool = False) -> AsyncEngine:
    """One writer that takes its lock at BEGIN: with SQLite's deferred ones updates get lost without an error."""
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=WRITER_WAIT_S,
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        _use_write_ahead_log(cursor)
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={WRITER_WAIT_S * 1000:.0f}",
            "secure_delete=ON",  # what is erased is overwritten, and not only unlinked
            f"query_only={'ON' if query_only else 'OFF'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _use_write_ahead_log(cursor: Any) -> None:
    """Switch a new database to its log; let another process that is at it finish, for the switch does not wait."""
    cursor.execute("PRAGMA busy_timeout=15000")
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except OperationalError:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("COMMIT")
        cursor.execute("PRAGMA journal_mode=WAL")
