"""Transactions lose no update, see no half of another one, and errors don't show what members wrote."""

from __future__ import annotations

import asyncio
import inspect
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from support.community import Community, ports_on
from support.fake_chat import FakeChat
from support.hand_clock import HandClock

from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.member import Member
from cop_bot.domain.programme import Programme
from cop_bot.domain.workspace import Workspace
from cop_bot.store import engine, queries, schema
from cop_bot.store.engine import Database, connect, database_url, sqlite_file


async def test_an_error_rolls_back_all_of_a_transaction(database: Database) -> None:
    async def fail() -> None:
        async with database.unit() as unit:
            unit.add(Workspace(platform="console"))
            await unit.flush()
            unit.add(Member.known_as(1, "console", "U1"))
            await unit.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.reading() as unit:
        assert await queries.people.member(unit, 1, "U1") is None


async def test_numbers_are_taken_once_however_many_ask_at_once(community: Community) -> None:
    await community.begin()

    async def take() -> int:
        async with community.ports.unit() as unit:
            return await queries.programmes.take_numbers(unit, 1, 2)

    taken = await asyncio.gather(*(take() for _ in range(20)))
    assert sorted(taken) == list(range(1, 41, 2))


async def test_of_two_who_change_a_programme_at_once_one_is_told(community: Community) -> None:
    await community.begin()
    async with community.ports.reading() as unit:
        (seen,) = await queries.programmes.every(unit)
    async with community.ports.unit() as unit:
        (await unit.get_one(Programme, 1)).zone = "Africa/Maputo"

    async def change_what_was_seen() -> None:
        async with community.ports.unit() as unit:
            unit.add(seen)
            seen.zone = "Pacific/Fiji"

    with pytest.raises(StaleDataError):
        await change_what_was_seen()


async def test_times_come_back_aware_and_in_utc(community: Community) -> None:
    await community.begin()
    (first, *_) = await community.sessions()
    assert first.opens_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert first.opens_at.utcoffset() == timedelta(0)


async def test_who_only_reads_cannot_write_on_sqlite(sqlite_url: str) -> None:
    database = connect(sqlite_url)
    with pytest.raises(OperationalError, match="readonly"):
        async with database.reading() as unit:
            unit.add(Member.known_as(1, "console", "U1"))
    await database.close()


async def test_reading_goes_on_while_somebody_writes(database: Database) -> None:
    async with database.unit() as unit:
        unit.add(Workspace(platform="console"))
    async with database.unit() as writing:
        writing.add(Member.known_as(1, "console", "U1"))
        await writing.flush()
        async with database.reading() as reading:
            assert await queries.people.member(reading, 1, "U1") is None


async def test_errors_do_not_tell_what_members_wrote(database: Database) -> None:
    with pytest.raises(DBAPIError) as failure:
        async with database.unit() as unit:
            await unit.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "zanzibar"})
    assert "zanzibar" not in str(failure.value)


async def test_sqlite_keeps_what_it_acknowledged(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (shipped,) = re.findall(r"^WRITER_WAIT_S = ([\d.]+)$", inspect.getsource(engine), re.MULTILINE)
    monkeypatch.setattr(engine, "WRITER_WAIT_S", float(shipped))  # the tests wait longer
    database = connect(sqlite_url)
    settings = {}
    for way in (database.writer, database.reader):
        async with way.connect() as connection:
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
                settings[pragma] = (await connection.execute(text(f"PRAGMA {pragma}"))).scalar()
        assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 2000}
    await database.close()


@pytest.mark.parametrize("text", ["mysql://x/y", "not a url", "mongodb://h/d", ""])
def test_other_databases_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(OperatorMistake):
        database_url(text)


def test_the_driver_is_ours_whatever_was_written() -> None:
    assert database_url("postgresql://u@h/d").drivername == "postgresql+psycopg"
    assert database_url("postgresql+asyncpg://u@h/d").drivername == "postgresql+psycopg"
    assert database_url("sqlite:///cop.db").drivername == "sqlite+aiosqlite"


def test_the_folder_of_the_file_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(OperatorMistake, match="does not exist"):
        connect(f"sqlite:///{tmp_path}/nowhere/cop.db")
    assert sqlite_file(database_url(f"sqlite:///{tmp_path}/cop.db")) == (tmp_path / "cop.db").resolve()
    assert sqlite_file(database_url("sqlite://")) is None


async def test_what_is_erased_is_in_no_file_of_an_embedded_database_a_moment_later(
    tmp_path: Path, clock: HandClock
) -> None:
    database = connect(f"sqlite:///{tmp_path}/cop.db")
    await schema.migrate(database)
    chat = FakeChat(clock)
    community = Community(ports_on(database, clock, chat), clock, chat)
    await community.open()
    await community.contributes("U1", "Let the zebras decide on their budget")
    assert files_with(b"zebras", tmp_path)
    await community.types("U1", "settings forget yes")
    assert files_with(b"zebras", tmp_path) == []
    await database.close()


def files_with(words: bytes, folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if words in file.read_bytes()]
