"""A file as a table, whether it was CSV or JSON Lines: named columns, and rows that know where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cop_bot.domain.errors import OperatorMistake

MOST_MISTAKES = 5
_LONGEST_NAME = 40
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts rows from 1, the header not counted; `line` is the line of the file on which the row begins."""

    number: int
    line: int
    cells: Mapping[str, object]

    @property
    def place(self) -> str:
        """Where to look for it."""
        return f"row {self.number:,} (line {self.line:,})"


MOST_ABOVE = 10
"""How many rows may stand above the header: a title, who made the file, when."""


def rows_above_header(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first rows are a title rather than the header: at most one cell of them says something, where
    several of the next do.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[: MOST_ABOVE + 1]]
    above = next((at for at, count in enumerate(filled) if count > 1), 0)
    return above if len(rows) > above + 1 else 0


def remark_above(above: int) -> str:
    """What is said of them."""
    return f"{above} row{'s' * (above != 1)} above the header {'are' if above != 1 else 'is'} passed over."


class Mistakes:
    """Collects what is wrong in a file: whoever mends it wants to see more than the first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[str] = []

    def add(self, place: str, why: str) -> None:
        """`place` is such as "row 3 (line 5)"."""
        self._found.append(f"{self._name}, {place}: {why}.")

    def end(self) -> None:
        """Raises OperatorMistake if there were any."""
        if not self._found:
            return
        more = len(self._found) - MOST_MISTAKES
        rest = [f"… and {more:,} more."] if more > 0 else []
        raise OperatorMistake("\n".join([*self._found[:MOST_MISTAKES], *rest]))


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` in the order of the file; `twice` are the names that more than one column has.

    `mistakes` are for after the columns have been understood: where there is no column of texts, the cells of a row
    are not what has to be mended.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    mistakes: Mistakes
    twice: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()
    """How the file was understood, beside its columns."""
    is_conversation: bool = False
    """Whether people talked to each other in it: greetings and thanks among it are no statements."""
    said_to: Mapping[str, str] = field(default_factory=dict)
    """Id of a message -> id of the message that it replies to."""

    def remarked(self, *remarks: str) -> Table:
        """The same with more remarks."""
        return replace(self, remarks=(*remarks, *self.remarks))

    def listed(self) -> str:
        """The columns, for a sentence."""
        return listed(self.columns)


def listed(names: Sequence[str]) -> str:
    """Names in quotation marks, long ones cut: without a header they are whole statements."""
    flat = [" ".join(name.split()) for name in names if name]
    shown = [name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in flat[:_MOST_NAMES]]
    more = len(flat) - len(shown)
    return ", ".join(f"“{name}”" for name in shown) + (f" and {more} more" if more else "")
