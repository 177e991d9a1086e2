"""From a file to numbered statements: nothing is left out, and what can't be understood is said with its row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cop_bot.cli.summarise.cells import is_no_answer, unquoted, without_markup
from cop_bot.cli.summarise.columns import NONE, Columns, fallbacks, guesses, named_column, text_columns
from cop_bot.cli.summarise.moments import EPOCH, moments_of
from cop_bot.cli.summarise.sources import table_of
from cop_bot.cli.summarise.statement import Pile, Statement
from cop_bot.cli.summarise.table import Mistakes, Row, Table, listed
from cop_bot.domain.contribution import Kind
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.visible import clean
from cop_bot.domain.wording import MOST_QUESTIONS, Manner, beginning, kind_of
from cop_bot.platforms.console.parse import links
from cop_bot.texts.words import kinds, manner, prefixes


def read_statements(source: str, wanted: Columns, encoding: str | None = None) -> Pile:
    """The statements of a file, or of standard input for "-". Raises OperatorMistake with what has to be mended.

    A column that was named is held to: whatever doesn't fit in it is a mistake. One that was only guessed is passed
    over with a remark.
    """
    return _Reader(table_of(source, encoding), wanted).pile()


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
        columns = text_columns(self._table, self._wanted.text)
        self._table.mistakes.end()
        if not self._table.rows:
            raise OperatorMistake(f"{self._table.name} has no rows: there is nothing to summarise.")
        read = len(self._table.rows)
        self._without_rejected()
        used = [f"text from {listed(columns)}"]
        texts = {column: self._texts(column) for column in columns}
        ids, authors = self._ids(used), self._authors(used)
        moments, kinds = self._moments(used), self._kinds(used)
        stand_ins, votes = _stand_ins(authors), self._votes(used)
        # In a survey everything is an answer, "I agree" too.
        ways = manner() if self._table.is_conversation else replace(manner(), is_talk=lambda _: False)
        filed = self._filed(used)
        statements: list[Statement] = []
        by_id: dict[str, int] = {}
        for at, row in enumerate(self._table.rows):
            for place, column in enumerate(columns, start=1):
                text = texts[column][at]
                if len(columns) > 1 and not text:
                    continue
                number = len(statements) + 1
                is_reply = (ids[at] or "") in self._table.said_to
                one = _statement(
                    row,
                    number,
                    text,
                    ids[at],
                    stand_ins[at],
                    moments[at],
                    kinds[at],
                    votes[at],
                    ways,
                    is_reply=is_reply,
                )
                asked = filed[at] or one.answers or (place if len(columns) > 1 else None)
                statements.append(self._answering(replace(one, answers=asked), by_id))
                by_id.setdefault(ids[at] or "", number)
        statements = self._without_talk(statements)
        rows = f"{read:,} row{'s' * (read != 1)}"
        remarks = (*self._table.remarks, f"{self._table.name}: {rows}, {', '.join(used)}.", *self._remarks)
        if not statements:
            raise OperatorMistake(f"{self._table.name}: nobody says anything in it. " + " ".join(self._remarks))
        questions = columns if len(columns) > 1 or columns[0].rstrip().endswith("?") else ()
        return Pile(self._table.name, tuple(statements), any(authors), questions, remarks)

    def _answering(self, one: Statement, by_id: dict[str, int]) -> Statement:
        root = self._table.said_to.get(one.id or "")
        return replace(one, said_to=by_id.get(root)) if root in by_id else one

    def _without_talk(self, statements: list[Statement]) -> list[Statement]:
        """In a conversation greetings and arrangements are no statements; in a survey everything is an answer."""
        if not self._table.is_conversation:
            return statements
        kept = [one for one in statements if one.kind is not Kind.TALK]
        if len(kept) < len(statements):
            count = len(statements) - len(kept)
            self._remarks.append(f"{count:,} greetings, thanks and other words around the work are left out.")
        numbers = {one.number: place for place, one in enumerate(kept, start=1)}
        return [
            replace(one, number=place, said_to=numbers.get(one.said_to or 0)) for place, one in enumerate(kept, start=1)
        ]

    def _without_rejected(self) -> None:
        """What moderators threw out is nobody's statement any more, unless it is asked for."""
        column = next((one for one in self._table.columns if one.strip().casefold() in _REJECTED), None)
        if column is None or self._wanted.with_rejected:
            return
        rejected = _REJECTED[column.strip().casefold()]
        kept = [row for row in self._table.rows if not rejected(_plain(row.cells.get(column)).strip().casefold())]
        count = len(self._table.rows) - len(kept)
        if count and not kept:
            self._remarks.append(f"“{column}” says of every row that it was rejected, and is not followed.")
        elif count:
            self._remarks.append(
                f"{count:,} row{'s' * (count != 1)} rejected by moderators (“{column}”) "
                f"{'are' if count != 1 else 'is'} set aside; --with-rejected takes them in."
            )
            self._table = replace(self._table, rows=tuple(kept))

    def _votes(self, used: list[str]) -> list[int]:
        """How many more agreed than disagreed."""
        by_name = {column.strip().casefold(): column for column in self._table.columns}
        agreed = next((by_name[name] for name in _AGREED if name in by_name), None)
        against = next((by_name[name] for name in _AGAINST if name in by_name), None)
        if agreed is None:
            return [0] * len(self._table.rows)
        columns = [agreed, *([against] if against else [])]
        used.append(f"votes from {listed(columns)}")
        return [
            _count(row.cells.get(agreed)) - (_count(row.cells.get(against)) if against else 0)
            for row in self._table.rows
        ]

    def _column(self, what: str, named: str | None, used: list[str]) -> _Column | None:
        if named is not None and named.casefold() == NONE and NONE not in self._table.columns:
            return None
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
            texts.append(_words(_plain(value)))
        mistakes.end()
        return self._filled(column, texts)

    def _filed(self, used: list[str]) -> list[int | None]:
        """The guiding question that each row was filed under, where a column holds nothing but that."""
        for column in guesses(self._table, "question"):
            cells = [_plain(row.cells.get(column)).strip() for row in self._table.rows]
            found = [_FILED.fullmatch(cell) for cell in cells]
            if any(found) and all(one or not cell for one, cell in zip(found, cells, strict=True)):
                used.append(f"guiding question from “{column}”")
                return [int(one[1]) if one else None for one in found]
        return [None] * len(self._table.rows)

    def _filled(self, column: str, texts: list[str]) -> list[str]:
        """A guessed column that is empty in a row gives way to the next that has words there."""
        others = [] if self._wanted.text else fallbacks(self._table, column)
        taken: dict[str, int] = {}
        for at, row in enumerate(self._table.rows):
            for other in others if not texts[at] else ():
                words = _words(_plain(row.cells.get(other)))
                if words:
                    texts[at] = words
                    taken[other] = taken.get(other, 0) + 1
                    break
        for other, count in taken.items():
            rows = f"{count:,} row{'s' * (count != 1)}"
            self._remarks.append(f"“{column}” is empty in {rows}; “{other}” is read there instead.")
        return texts

    def _ids(self, used: list[str]) -> list[str | None]:
        column = self._column("id", self._wanted.id, used)
        if column is None:
            return [None] * len(self._table.rows)
        ids = [clean(_plain(row.cells.get(column.name))) or None for row in self._table.rows]
        first: dict[str, Row] = {}
        if not column.was_named and len({key for key in ids if key}) < sum(key is not None for key in ids):
            used.pop()
            self._remarks.append(f"“{column.name}” says the same of several rows, and is not taken for their id.")
            return [None] * len(self._table.rows)
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
        values = [row.cells.get(column) for row in self._table.rows]
        found = moments_of([_plain(value) for value in values])
        moments: list[datetime] = []
        wrong: list[Row] = []
        for row, value, moment in zip(self._table.rows, values, found, strict=True):
            if not _plain(value).strip():
                moment = moments[-1] if moments else otherwise[0]
            if moment is None or isinstance(value, bool):
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


def _statement(
    row: Row,
    number: int,
    text: str,
    key: str | None,
    author: str,
    at: datetime,
    kind: Kind | None,
    votes: int,
    ways: Manner,
    *,
    is_reply: bool,
) -> Statement:
    """The kind by the rules that hold in chat: what is said, else the first word, a question mark, an address."""
    prefix, asked, said = beginning(text, prefixes(), MOST_QUESTIONS)
    said = clean(said)
    addresses = links(said)
    kind = kind or prefix or kind_of(said, addresses, (), is_reply=is_reply, manner=ways)
    return Statement(number, row.number, row.line, key, said, kind, author, at, addresses, None, asked, votes)


_FILED = re.compile(r"[qQ]?\s?([1-9]\d?)")


def _words(cell: str) -> str:
    """A cell as its author's words; where it says that there is no answer, none."""
    words = unquoted(without_markup(cell))
    return "" if is_no_answer(words) else words


def _count(value: object) -> int:
    text = _plain(value).strip()
    return int(float(text)) if re.fullmatch(r"-?\d{1,9}(?:\.\d+)?", text) else 0


_TRUE = ("1", "true", "yes", "t", "y")
_REJECTED: Mapping[str, Callable[[str], bool]] = {
    "moderated": lambda said: said.startswith("-"),
    "moderation": lambda said: said in ("-1", "rejected", "hidden"),
    "hidden": lambda said: said in _TRUE,
    "rejected": lambda said: said in _TRUE,
    "deleted": lambda said: said in _TRUE,
    "hidden_at": bool,
    "hidden-at": bool,
    "deleted_at": bool,
    "deleted-at": bool,
}
"""Name of a column -> whether it says that moderators have thrown the row out (Polis, Decidim, Consul)."""
_AGREED = ("agrees", "agree", "agree-count", "upvotes", "up_votes", "cached_votes_up", "votes up", "likes")
_AGAINST = ("disagrees", "disagree", "disagree-count", "downvotes", "down_votes", "cached_votes_down", "votes down")


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
