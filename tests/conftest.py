"""The ground under all tests: no network, no settings of the machine, a database and a community for each."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from support.community import Community, ports_on
from support.databases import PostgresShelf, sqlite_copy, sqlite_template
from support.fake_chat import FakeChat
from support.hand_clock import HandClock
from support.network import keep_home
from support.postgres import NoPostgresError, Postgres, postgres

from cop_bot.ports import Ports
from cop_bot.store import engine
from cop_bot.store.engine import Database, connect

_OURS = ("COP_", "SLACK_", "OPENAI_", "TEAMS_")
_FOR_TESTS = "COP_TEST_"
_STRICT = "COP_TEST_STRICT"


def pytest_configure(config: pytest.Config) -> None:
    """No key, token or database of whoever runs the tests gets into them, nor into programs that they start."""
    for name in list(os.environ):
        if name.startswith(_OURS) and not name.startswith(_FOR_TESTS):
            del os.environ[name]
    config.stash[_patch] = pytest.MonkeyPatch()
    # The model of meaning is installed for its own tests; everywhere else words tell, as for whoever has no extra.
    os.environ["COP_MEANING"] = "words"
    # A platform waits three seconds for an answer; a test on a busy machine waits until it has one.
    config.stash[_patch].setattr(engine, "WRITER_WAIT_S", 60.0)
    keep_home(config.stash[_patch])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
        ]
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_patch].undo()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole programmes first: they mostly wait, and the many small tests fill the time beside them."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)


_patch = pytest.StashKey[pytest.MonkeyPatch]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With COP_TEST_STRICT=1 a skipped test has failed."""
    report = yield
    if not hasattr(report, "wasxfail"):
        _no_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A skipped file too."""
    report = yield
    _no_skip(report)
    return report


def _no_skip(report: Any) -> None:
    if report.skipped and os.environ.get(_STRICT) == "1":
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{why} (a skip is a failure: {_STRICT}=1)"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL without any database of ours; skips where there is none."""
    try:
        server = postgres()
        running = server.__enter__()
    except NoPostgresError as reason:
        pytest.skip(str(reason))
    try:
        yield running
    finally:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Postgres) -> Iterator[PostgresShelf]:
    shelf = PostgresShelf(postgres_server)
    yield shelf
    shelf.clear()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def postgres_url(migrated_postgres: PostgresShelf) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database of this test's own."""
    with migrated_postgres.lent() as url:
        yield url


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The URL of a migrated SQLite file of this test's own."""
    return sqlite_copy(migrated_sqlite, tmp_path)


@pytest.fixture
def same_sqlite_url(migrated_sqlite: Path) -> str:
    """The URL of a file that each test finds as it was when it was migrated."""
    return sqlite_copy(migrated_sqlite, migrated_sqlite.parent)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    wanted = {"sqlite": "same_sqlite_url", "postgres": "postgres_url"}
    url: str = request.getfixturevalue(wanted[request.param])
    return url


@pytest.fixture(scope="session")
def engines() -> dict[str, Database]:
    """The engines of all tests by URL: what they have learnt about our queries takes half of a small test's time."""
    return {}


@pytest.fixture
async def database(database_url: str, engines: dict[str, Database]) -> AsyncIterator[Database]:
    """A migrated database of this test's own, on both kinds; its connections end with the test."""
    opened = engines.get(database_url) or engines.setdefault(database_url, connect(database_url))
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def chat(clock: HandClock) -> FakeChat:
    return FakeChat(clock)


@pytest.fixture
def ports(database: Database, clock: HandClock, chat: FakeChat) -> Ports:
    """The first process of the bot; `ports_on` makes others."""
    return ports_on(database, clock, chat)


@pytest.fixture
def community(ports: Ports, clock: HandClock, chat: FakeChat) -> Community:
    """Members, a channel and a bot; no programme yet."""
    return Community(ports, clock, chat)
