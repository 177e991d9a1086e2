"""Piles of statements: the public data that the measures are taken on, and files that nobody has seen before.

The folder is named by COP_BENCH_DATA, a file or folder of further statements by COP_BENCH_EXTRA. What the folder has to
contain stands in docs/explanation/summaries.md.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.summaries.words import language

LANGUAGES = ("en", "es", "nl", "da", "fr", "pt")
_TEXT = ("text", "comment-body", "comment_body", "comment", "body", "statement", "txt", "content", "message")
_AUTHOR = ("author-id", "author_id", "author", "user", "participant")
_MOST_SIGNS = 10_000_000
_HEADER = re.compile(r'^\s*Name:.*?Subject:\s*"[^"]*"', re.DOTALL)


class NoData(Exception):
    """The data for the measures is not there; says what is missing."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said. `language` is "" and `topic` None where nobody knows; `author` is "" where nobody said."""

    text: str
    author: str = ""
    language: str = ""
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """Statements from one source. `language` is that of nearly all of them, or ""."""

    name: str
    language: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A discussion by e-mail, message by message, and what a person wrote as its summary."""

    messages: tuple[str, ...]
    summary: str


def data_folder() -> Path:
    """The folder that COP_BENCH_DATA names. Raises NoData."""
    named = os.environ.get("COP_BENCH_DATA")
    if not named:
        raise NoData(
            "COP_BENCH_DATA is not set. It names the folder with the public data of docs/explanation/summaries.md, for "
            "example "
            "COP_BENCH_DATA=data python -m benchmarks.summaries"
        )
    folder = Path(named)
    missing = [
        name for name in ("polis_bowling-green_comments.csv", "decide_madrid_es") if not (folder / name).exists()
    ]
    if missing:
        raise NoData(f"{folder} does not contain {' and '.join(missing)}.")
    return folder


def bowling_green(folder: Path) -> Pile:
    """Statements of a deliberation in Kentucky that its moderators let stand."""
    rows = _rows(folder / "polis_bowling-green_comments.csv")
    said = [Statement(row["comment-body"], row["author-id"], "en") for row in rows if row["moderated"] in {"0", "1"}]
    return Pile("Bowling Green", "en", _clean(said))


def madrid(folder: Path) -> Pile:
    """Comments on three proposals to the city of Madrid; the proposal is the topic."""
    said = [
        Statement(row["text"], "", "es", file.stem)
        for file in sorted((folder / "decide_madrid_es").glob("*.jsonl"))
        for row in _rows(file)
        if "comment_id" in row
    ]
    return Pile("Decide Madrid", "es", _clean(said))


def six_languages(folder: Path) -> Pile:
    """Plain sentences in six languages, in turn."""
    each = [
        [
            Statement(line, "", name)
            for line in _lines(folder / "lang_sentences" / f"{name}.txt")
            if 6 <= len(line.split()) <= 40
        ]
        for name in LANGUAGES
    ]
    return Pile("six languages", "", _clean(one for row in zip(*each, strict=False) for one in row))


def threads(folder: Path) -> list[Thread]:
    """Discussions by e-mail, headers taken off."""
    sources = _lines(folder / "convosumm_email_val.source.txt")
    summaries = _lines(folder / "convosumm_email_val.target.txt")
    return [
        Thread(
            tuple(body for part in source.split("</s>") if (body := " ".join(_HEADER.sub("", part).split()))), summary
        )
        for source, summary in zip(sources, summaries, strict=True)
    ]


def extras() -> list[Pile]:
    """The files that COP_BENCH_EXTRA names: CSV (comma or semicolon) or JSON Lines with a column of text."""
    named = os.environ.get("COP_BENCH_EXTRA")
    if not named:
        return []
    path = Path(named)
    if not path.exists():
        raise NoData(f"COP_BENCH_EXTRA names {path}, which is not there.")
    endings = {".csv", ".tsv", ".jsonl", ".ndjson"}
    files = sorted(file for file in path.rglob("*") if file.suffix in endings) if path.is_dir() else [path]
    if not files:
        raise NoData(f"There is no CSV or JSON Lines file in {path}.")
    return [_extra(file) for file in files]


def _extra(file: Path) -> Pile:
    rows = _rows(file)
    columns = {key.strip().casefold(): key for row in rows[:100] for key in row}
    text = next((columns[name] for name in _TEXT if name in columns), None)
    if text is None:
        raise NoData(f"{file.name} has none of the columns {', '.join(_TEXT)}.")
    author = next((columns[name] for name in _AUTHOR if name in columns), None)
    said = _clean(Statement(row.get(text) or "", (row.get(author) or "") if author else "") for row in rows)
    if not said:
        raise NoData(f"{file.name} has no statements in its column {text}.")
    spoken = Counter(found for one in said if (found := language(one.text)))
    main, count = (spoken.most_common(1) or [("", 0)])[0]
    # Only a file that is nearly all in one language tells in which one those are that give no sign of their own.
    known = main if count >= 0.7 * spoken.total() else ""
    return Pile(file.stem, known, tuple(replace(one, language=language(one.text) or known) for one in said))


def _clean(said: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(one for one in said if one.text.strip())


def _rows(file: Path) -> list[dict[str, str]]:
    if file.suffix in {".jsonl", ".ndjson"}:
        return [{key: str(value) for key, value in json.loads(line).items()} for line in _lines(file)]
    csv.field_size_limit(_MOST_SIGNS)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        first = opened.readline()
        opened.seek(0)
        delimiter = max(",;\t", key=first.count)
        return [
            {key or "": value or "" for key, value in row.items()}
            for row in csv.DictReader(opened, delimiter=delimiter)
        ]


def _lines(file: Path) -> list[str]:
    # Not splitlines(): texts contain separators that only Unicode takes for the end of a line.
    return [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
