"""What the demo leaves behind: its database, and one Markdown file a summary."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.rendering.markdown import as_markdown
from cop_bot.usecases.exports.export_replies import replies

OURS = b"copd"
"""The application id in the header of the demo's databases: no other record may be replaced."""

# "Database File Format" of the SQLite documentation: the magic string and the application id of the header.
_MAGIC = b"SQLite format 3\x00"
_APPLICATION_ID = slice(68, 72)


def fresh_database(out: Path) -> Path:
    """An empty database in the folder, in place of the one that an earlier demo made there.

    Raises OperatorMistake if what stands there is not the demo's, or nothing can be written there.
    """
    file = out / "cop.db"
    try:
        out.mkdir(parents=True, exist_ok=True)
        if file.exists():
            _must_be_ours(file)
            for old in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
                old.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as database:
            database.execute(f"PRAGMA application_id={int.from_bytes(OURS, 'big')}")
    except (OSError, sqlite3.Error) as error:
        raise OperatorMistake(f"The demo can't write in {out}: {error}. Name another folder with --out.") from error
    return file


def _must_be_ours(file: Path) -> None:
    with file.open("rb") as database:
        header = database.read(_APPLICATION_ID.stop)
    if not header.startswith(_MAGIC) or header[_APPLICATION_ID] != OURS:
        raise OperatorMistake(
            f"{file} was not made by the demo, so it is left as it is. Name another folder with --out."
        )


async def write_summaries(ports: Ports, timetable: Timetable, out: Path) -> list[Path]:
    """Every published summary, with all contributions of its session, and the findings; returns the files."""
    folder = out / "summaries"
    folder.mkdir(exist_ok=True)
    written: dict[Path, str] = {}
    async with ports.reading() as unit:
        async for session, said in replies(unit, timetable):
            file = folder / (f"{session.position}-{session.slug}.md" if session else "findings.md")
            written[file] = as_markdown(said)
    for file, text in written.items():
        file.write_text(text, encoding="utf-8")
    return list(written)
