"""The port `AnswerCache` on a file of its own: what a model answered is not paid for twice, whatever interrupts us."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from cop_bot.domain.errors import OperatorMistake
from cop_bot.ports import Spent

KEPT_FOR = timedelta(days=30)
"""Answers hold people's words: what nobody has asked for as long is erased when the file is opened."""

# "Database File Format" of the SQLite documentation: the magic string and the application id of the header.
_MAGIC = b"SQLite format 3\x00"
_APPLICATION_ID = slice(68, 72)
_OURS = b"copa"
_TABLES = """
    CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, answer TEXT NOT NULL, asked_at TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS spent (day TEXT, subject TEXT, tokens INTEGER NOT NULL, PRIMARY KEY (day, subject));
"""


def usual_file() -> Path:
    """Where caches belong on this platform."""
    home = Path.home()
    if sys.platform == "darwin":
        folder = home / "Library" / "Caches"
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        # The XDG Base Directory Specification: a path that is not absolute is to be ignored.
        wanted = Path(os.environ.get("XDG_CACHE_HOME", ""))
        folder = wanted if wanted.is_absolute() else home / ".cache"
    return folder / "cop-bot" / "answers.db"


class FileAnswers:
    """Answers in an SQLite file that only its owner may read; with `file` None in memory, until the end.

    The file is made when there is something to keep. `now` is the wall's time in UTC. Each call raises OperatorMistake
    when the file can't be used.
    """

    def __init__(self, file: Path | None, now: Callable[[], datetime]) -> None:
        self.file = file
        self.calls = 0
        """Requests that were paid for since the start."""
        self.tokens = 0
        """What they cost."""
        self.kept = 0
        """Answers that they brought."""
        self.recalled = 0
        """Answers that were there before."""
        self._now = now

    async def recall(self, key: str) -> str | None:
        """The answer to the question with this key, or None."""
        if not self._is_there():
            return None
        with self._using() as database:
            row = database.execute("SELECT answer FROM answer WHERE key = ?", [key]).fetchone()
            if row is None:
                return None
            database.execute("UPDATE answer SET asked_at = ? WHERE key = ?", [self._now().isoformat(), key])
        self.recalled += 1
        return str(row[0])

    async def keep(self, key: str, answer: str, *, subject: str, numbers: Collection[int]) -> None:
        """Keep an answer. A file takes nothing back, so of which statements it was made does not matter."""
        del subject, numbers
        with self._using() as database:
            database.execute("INSERT OR IGNORE INTO answer VALUES (?, ?, ?)", [key, answer, self._now().isoformat()])
        self.kept += 1

    async def spent(self, subject: str) -> Spent:
        """What these statements have cost so far, and everything that was asked with this file since midnight UTC."""
        if not self._is_there():
            return Spent()
        with self._using() as database:
            return Spent(
                subject=_sum(database, "subject = ?", subject),
                today=_sum(database, "day = ?", self._now().date().isoformat()),
            )

    async def spend(self, subject: str, tokens_in: int, tokens_out: int) -> None:
        """Tokens were used."""
        self.calls += 1
        self.tokens += tokens_in + tokens_out
        with self._using() as database:
            database.execute(
                "INSERT INTO spent VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tokens = tokens + excluded.tokens",
                [self._now().date().isoformat(), subject, tokens_in + tokens_out],
            )

    def _is_there(self) -> bool:
        """Looking for something makes no file: an estimate leaves nothing behind."""
        return "_database" in self.__dict__ or (self.file is not None and self.file.exists())

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """The open file. Its calls take a millisecond, so the event loop waits for them."""
        try:
            yield self._database
        except (sqlite3.Error, OSError) as error:
            raise OperatorMistake(
                f"The answers in {self.file} can't be used: {error}. Erase the file, or name another with --cache."
            ) from error

    @cached_property
    def _database(self) -> sqlite3.Connection:
        if self.file is not None:
            _must_be_ours(self.file)
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_private(self.file)
        database = sqlite3.connect(self.file or ":memory:", timeout=10, isolation_level=None)
        database.execute(f"PRAGMA application_id={int.from_bytes(_OURS, 'big')}")
        database.execute("PRAGMA secure_delete=ON")  # what is erased is not to be found in the file any more
        database.executescript(_TABLES)
        database.execute("DELETE FROM answer WHERE asked_at < ?", [(self._now() - KEPT_FOR).isoformat()])
        database.execute("DELETE FROM spent WHERE day < ?", [(self._now() - KEPT_FOR).date().isoformat()])
        return database

    def close(self) -> None:
        """Closes the file, if it was opened."""
        if "_database" in self.__dict__:
            self._database.close()


def _sum(database: sqlite3.Connection, which: str, value: str) -> int:
    # `which` is one of the two conditions above, never something from outside.
    row = database.execute(f"SELECT coalesce(sum(tokens), 0) FROM spent WHERE {which}", [value]).fetchone()  # noqa: S608
    return int(row[0])


def _make_private(file: Path) -> None:
    """The file is there, and nobody but its owner may read it, whoever made it and however. Raises OperatorMistake."""
    opened = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        state = os.fstat(opened)
        if sys.platform != "win32" and state.st_uid != os.geteuid():
            raise OperatorMistake(f"--cache {file}: this file is somebody else's; name one of your own.")
        if sys.platform != "win32" and state.st_mode & 0o077:
            os.fchmod(opened, 0o600)
    finally:
        os.close(opened)


def _must_be_ours(file: Path) -> None:
    """Nothing but a file of ours, or an empty one, is written to."""
    if not file.exists():
        return
    with file.open("rb") as database:
        header = database.read(_APPLICATION_ID.stop)
    if header and (not header.startswith(_MAGIC) or header[_APPLICATION_ID] != _OURS):
        raise OperatorMistake(f"--cache {file}: this file holds no answers of ours, so it is left as it is.")
