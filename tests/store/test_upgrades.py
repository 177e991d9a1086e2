"""A database of a version before goes on under this one: what stands is adopted, what waits is said, each once.

`databases/at_0003.json` was written by the version with schema 0003 in the middle of a programme: a summary in its
third revision in two languages, what was told to facilitators, contributions by command (one of them taken back), and
waiting: an objection, a reply in full of five parts and a contribution. With it stands what people saw then.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, insert, text
from support.community import DAY, Community, ports_on
from support.databases import address
from support.fake_chat import FakeChat, Said
from support.fake_model import FakeModel
from support.hand_clock import HandClock
from support.postgres import Postgres

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Member
from cop_bot.domain.message import Command, Note, Words, from_json
from cop_bot.domain.notice import Notice, NoticeState
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.place import Place
from cop_bot.domain.programme import Programme
from cop_bot.domain.publication import Publication, PublishedPart
from cop_bot.domain.workspace import Workspace
from cop_bot.ports import Ref, To
from cop_bot.store.engine import Database, connect
from cop_bot.store.schema import config, migrate
from cop_bot.usecases.record.record_posts import record_posts

BEFORE = json.loads((Path(__file__).parent / "databases" / "at_0003.json").read_text())
BUDGET = "Let partners in the South chair the meeting that decides on the budget"
HOURS = timedelta(hours=21)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """The database of before, not migrated yet."""
    server: Postgres | None = request.getfixturevalue("postgres_server") if request.param == "postgres" else None
    made = server.make() if server is not None else None
    opened = connect(address(made) if made is not None else f"sqlite:///{tmp_path / 'before.db'}")
    async with opened.writer.begin() as connection:
        await connection.run_sync(_fill)
    yield opened
    await opened.close()
    if server is not None and made is not None:
        server.drop(made)


def _fill(connection: Connection) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "0003")
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        rows = [{name: _value(value) for name, value in row.items()} for row in BEFORE["tables"].get(table.name, [])]
        if rows:
            connection.execute(insert(table), rows)
            if connection.dialect.name == "postgresql" and "id" in table.columns:
                sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
                connection.execute(text(f"SELECT setval({sequence}, (SELECT max(id) FROM {table.name}))"))  # noqa: S608  # our names


def _value(value: Any) -> Any:
    return datetime.fromisoformat(value["at"]) if isinstance(value, dict) and set(value) == {"at"} else value


@pytest.fixture
async def cop(database: Database) -> Community:
    """The community of then, in the channel of then, with the bot of now."""
    await migrate(database)
    clock = HandClock(datetime.fromisoformat(BEFORE["now"]), datetime.fromisoformat(BEFORE["wall"]))
    chat = FakeChat(clock)
    for one in BEFORE["said"]:
        at = datetime.fromisoformat(one["at"])
        chat.said.append(Said(To(**one["to"]), one["key"], from_json(one["message"]), Ref(**one["ref"]), at))
    for _ in chat.said:
        next(chat._ids)
    community = Community(ports_on(database, clock, chat, model=FakeModel()), clock, chat)
    for _ in range(100):
        next(community._stamps)
    return community


def texts(cop: Community, part: str) -> list[str]:
    return [said.text for said in cop.chat.keyed(part)]


async def test_what_stands_is_known_by_its_place(cop: Community) -> None:
    parts = {part.message: part for part in await cop.rows(PublishedPart) if part.stands}
    standing = {
        said.ref.message
        for said in cop.chat.said
        if any(noun in said.key for noun in ("/summary/", "/warnings/", "objection/", "contribution/"))
    }
    assert set(parts) == standing
    summary, french = await cop.rows(Publication, Publication.kind == NoticeKind.SUMMARY)
    assert (summary.revision, french.revision, french.language) == (4, 4, "fr")


async def test_no_document_that_waits_holds_words_any_more(cop: Community) -> None:
    waiting = await cop.rows(Notice, Notice.state == NoticeState.WAITING)
    assert {notice.kind for notice in waiting} == {NoticeKind.OBJECTION, NoticeKind.FULL, NoticeKind.CONTRIBUTION}
    assert [notice.message for notice in waiting] == [{}] * len(waiting)
    assert {notice.key for notice in waiting} >= {"d0/objection/2/1", "d0/contribution/27"}, "keys stay as they are"


async def test_what_waits_in_words_is_spelled_by_the_platform_now(database: Database) -> None:
    waits = dict(BEFORE["tables"]["notice"][0])
    typed = {"kind": "code", "text": "/cop settings forget"}
    message = {"blocks": [{"kind": "note", "spans": [{"kind": "words", "text": "To erase: ", "bold": False}, typed]}]}
    waits |= {"id": 900, "key": "d0/session/3/opening", "state": "waiting", "message": message | {"language": "en"}}
    async with database.writer.begin() as connection:
        tables = MetaData()
        await connection.run_sync(tables.reflect)
        row = {name: _value(value) for name, value in waits.items()}
        await connection.execute(insert(tables.tables["notice"]), [row])
    await migrate(database)
    async with database.reading() as unit:
        notice = await unit.get_one(Notice, 900)
    assert notice.kind is NoticeKind.OPENING
    assert notice.said.blocks == (Note((Words("To erase: "), Command("settings forget"))),)


async def test_each_platform_of_before_is_one_workspace_that_nobody_has_signed_in_to(cop: Community) -> None:
    assert [(row.platform, row.platform_id) for row in await cop.rows(Workspace)] == [("console", "")]
    assert {row.workspace_id for row in await cop.rows(Place)} == {1}
    assert {row.workspace_id for row in await cop.rows(Member)} == {1}
    assert {row.workspace_id for row in await cop.rows(Programme)} == {1}


async def test_what_waits_is_said_and_nothing_twice(cop: Community) -> None:
    await cop.go(HOURS)
    (told,) = cop.chat.keyed("d0/objection/2/")
    assert "That is not what was said" in told.text
    (posted,) = cop.chat.keyed("d0/contribution/27")
    assert "Waits to be said by command" in posted.text
    assert (await cop.rows(Contribution, Contribution.id == 27))[0].message == posted.ref.message
    full = "".join(texts(cop, "/full/"))
    assert all(f"Contribution {number}: w{number}x0 " in full for number in range(20))
    keys = [said.key for said in cop.chat.said]
    assert len(keys) == len(set(keys))
    assert len(cop.chat.keyed("session/1/summary")) == 2


async def test_a_withdrawal_reaches_what_was_published_before(cop: Community) -> None:
    standing = [said.ref for said in cop.chat.said]
    await cop.types("U1", "withdraw #1 yes")
    await cop.types("U4", "withdraw #3 yes")
    await cop.go(HOURS)
    assert [said.ref for said in cop.chat.said][: len(standing)] == standing
    assert BUDGET not in "".join(texts(cop, "session/1/summary"))
    assert "audits" not in "".join(texts(cop, "contribution/3"))
    assert "withdrawn" in texts(cop, "contribution/3")[0]
    assert BUDGET not in "".join(said.text for said in cop.chat.said)


async def test_a_later_version_replaces_what_stands(cop: Community) -> None:
    await cop.go(DAY)
    first, french = cop.chat.keyed("session/1/summary")
    assert "version 3" in first.text
    assert french.to.thread == first.ref.message
    assert len(cop.chat.keyed("session/1/summary")) == 2


async def test_an_upgrade_in_the_middle_of_five_hundred_posts_loses_none(database: Database) -> None:
    """They are delivered again as long as nobody acknowledged them, in any order, beside the loops of two replicas."""
    await migrate(database)
    clock = HandClock(datetime.fromisoformat(BEFORE["now"]), datetime.fromisoformat(BEFORE["wall"]))
    chat = FakeChat(clock)
    cop = Community(ports_on(database, clock, chat), clock, chat)
    posts = [cop.post(f"U{n % 4 + 1}", f"Post {n}", message=f"burst{n}") for n in range(500)]
    half = asyncio.gather(*(record_posts(cop.ports, posts[n : n + 25]) for n in range(0, 250, 25)))
    await asyncio.gather(half, *(migrate(database) for _ in range(2)))
    for n in range(0, 500, 100):
        await record_posts(cop.ports, posts[n : n + 100])
    kept = [row.message for row in await cop.rows(Contribution) if row.message.startswith("burst")]
    assert sorted(kept) == sorted(post.message for post in posts)
    numbers = [row.number for row in await cop.rows(Contribution)]
    assert len(numbers) == len(set(numbers))
