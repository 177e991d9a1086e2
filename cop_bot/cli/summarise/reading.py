"""From a file to numbered statements: nothing is left out, and what can't be understood is said with its row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cop_bot.cli.summarise.columns import Columns, guesses, named_column, text_column
from cop_bot.cli.summarise.content import bytes_of, name_of, text_of
from cop_bot.cli.summarise.csv_rows import csv_table
from cop_bot.cli.summarise.json_lines import json_table
from cop_bot.cli.summarise.moments import EPOCH, moment_of
from cop_bot.cli.summarise.statement import Pile, Statement
from cop_bot.cli.summarise.table import Mistakes, Row, Table
from cop_bot.domain.contribution import Kind
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.visible import clean
from cop_bot.domain.wording import kind_of, split_prefix
from cop_bot.platforms.console.parse import links
from cop_bot.texts.words import kinds, prefixes


def read_statements(source: str, wanted: Columns, encoding: str | None = None) -> Pile:
    """The statements of a file, or of standard input for "-". Raises OperatorMistake with what has to be mended.

    A column that was named is held to: whatever doesn't fit in it is a mistake. One that was only guessed is passed
    over with a remark.
    """
    name = name_of(source)
    text = text_of(bytes_of(source), name, encoding)
    table = json_table(text, name) if text.lstrip()[:1] in ("{", "[") else csv_table(text, name)
    return _Reader(table, wanted).pile()


@dataclass(slots=True)
class _Column:
    """A column of one purpose; `was_named`: not guessed."""

    name: str
    was_named: bool


class _Reader:
    def __init__(self, table: Table, wanted: Columns) -> None:
        self._table = table
        self._wanted = wanted
        self._remarks: list[str] = []

    def pile(self) -> Pile:
        text = text_column(self._table, self._wanted.text)
        self._table.mistakes.end()
        if not self._table.rows:
            raise OperatorMistake(f"{self._table.name} has no rows: there is nothing to summarise.")
        used = [f"text from “{text}”"]
        texts = self._texts(text)
        ids, authors = self._ids(used), self._authors(used)
        moments, kinds = self._moments(used), self._kinds(used)
        stand_ins = _stand_ins(authors)
        statements = [
            _statement(row, texts[at], ids[at], stand_ins[at], moments[at], kinds[at])
            for at, row in enumerate(self._table.rows)
        ]
        rows = f"{len(statements):,} row{'s' * (len(statements) != 1)}"
        remarks = (f"{self._table.name}: {rows}, {', '.join(used)}.", *self._remarks)
        return Pile(self._table.name, tuple(statements), any(authors), remarks)

    def _column(self, what: str, named: str | None, used: list[str]) -> _Column | None:
        if named is not None:
            column = _Column(named_column(self._table, named, f"--{what}-column"), True)
        elif guessed := guesses(self._table, what):
            column = _Column(guessed[0], False)
        else:
            return None
        used.append(f"{what} from “{column.name}”")
        return column

    def _texts(self, column: str) -> list[str]:
        mistakes = Mistakes(self._table.name)
        texts = []
        for row in self._table.rows:
            value = row.cells.get(column)
            if isinstance(value, (dict, list, bool)):
                mistakes.add(row.place, f"“{column}” is no text but {_short(value)}")
            texts.append(_plain(value))
        mistakes.end()
        return texts

    def _ids(self, used: list[str]) -> list[str | None]:
        column = self._column("id", self._wanted.id, used)
        if column is None:
            return [None] * len(self._table.rows)
        ids = [clean(_plain(row.cells.get(column.name))) or None for row in self._table.rows]
        first: dict[str, Row] = {}
        mistakes = Mistakes(self._table.name)
        for key, row in zip(ids, self._table.rows, strict=True):
            if key is not None and first.setdefault(key, row) is not row:
                mistakes.add(row.place, f"has the same {column.name} as {first[key].place}: “{_cut(key)}”")
        mistakes.end()
        return ids

    def _authors(self, used: list[str]) -> list[str]:
        column = self._column("author", self._wanted.author, used)
        if column is None:
            return [""] * len(self._table.rows)
        return [clean(_plain(row.cells.get(column.name))) for row in self._table.rows]

    def _moments(self, used: list[str]) -> list[datetime]:
        """Where there are no times, the order of the file is the order in time."""
        named = self._wanted.time
        columns = [named_column(self._table, named, "--time-column")] if named else guesses(self._table, "time")
        in_order = [EPOCH + timedelta(seconds=row.number) for row in self._table.rows]
        unread: list[str] = []
        for column in columns:
            moments, wrong = self._times(column, in_order)
            if wrong:
                unread.append(f"“{column}” ({wrong[0].place}: “{_cut(_plain(wrong[0].cells.get(column)))}”)")
            else:
                used.append(f"time from “{column}”")
                return moments
            if named:
                mistakes = Mistakes(self._table.name)
                for row in wrong:
                    said = f"“{_cut(_plain(row.cells.get(column)))}” is no time"
                    mistakes.add(row.place, f"{said}; write ISO 8601, or seconds or milliseconds since 1970")
                mistakes.end()
        if columns:
            self._remarks.append(f"The times in {', '.join(unread)} can't be read; the order of the rows is taken.")
        return in_order

    def _times(self, column: str, otherwise: Sequence[datetime]) -> tuple[list[datetime], list[Row]]:
        """The moments, and the rows whose cell is none; an empty cell takes the time of the row before it."""
        moments: list[datetime] = []
        wrong: list[Row] = []
        for row in self._table.rows:
            value = row.cells.get(column)
            moment = moment_of(value) if _plain(value).strip() else (moments[-1] if moments else otherwise[0])
            if moment is None:
                wrong.append(row)
            moments.append(moment or otherwise[0])
        return moments, wrong

    def _kinds(self, used: list[str]) -> list[Kind | None]:
        column = self._column("kind", self._wanted.kind, used)
        if column is None:
            return [None] * len(self._table.rows)
        words = [_plain(row.cells.get(column.name)).strip().casefold() for row in self._table.rows]
        wrong = [row for word, row in zip(words, self._table.rows, strict=True) if word and word not in kinds()]
        if wrong and not column.was_named:
            used.pop()
            self._remarks.append(f"“{column.name}” holds no kinds of ours; they are told by rule.")
            return [None] * len(self._table.rows)
        mistakes = Mistakes(self._table.name)
        for row in wrong:
            said = f"“{_cut(_plain(row.cells.get(column.name)))}” is no kind"
            mistakes.add(row.place, f"{said}; there are {', '.join(kind.value for kind in Kind)}")
        mistakes.end()
        return [kinds().get(word) for word in words]


def _statement(row: Row, text: str, key: str | None, author: str, at: datetime, kind: Kind | None) -> Statement:
    """The kind by the rules that hold in chat: what is said, else the first word, a question mark, an address."""
    prefix, said = split_prefix(text, prefixes())
    said = clean(said)
    addresses = links(said)
    kind = kind or prefix or kind_of(said, addresses, (), is_reply=False)
    return Statement(row.number, row.number, row.line, key, said, kind, author, at, addresses)


def _stand_ins(authors: Sequence[str]) -> list[str]:
    known: dict[str, str] = {}
    return [known.setdefault(author or f"\0{at}", f"m{len(known) + 1}") for at, author in enumerate(authors)]


def _plain(value: object) -> str:
    """A cell as text; JSON may hold numbers, lists and objects too."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(value: object) -> str:
    return "a list" if isinstance(value, list) else "an object" if isinstance(value, dict) else "true or false"


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:60]}…"
