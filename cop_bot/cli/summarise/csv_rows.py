"""CSV as spreadsheets and platforms write it: whatever divides it, quoted cells over several lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice

from cop_bot.cli.summarise.table import MOST_ABOVE, Mistakes, Row, Table, remark_above, rows_above_header
from cop_bot.domain.errors import OperatorMistake

LONGEST_CELL = 1_000_000
"""Characters. Nobody writes as much in one statement: a quotation mark is missing somewhere."""

_DELIMITERS = ",;\t|^~"
_ONE_COLUMN = "\x1f"
"""Stands in no text, so that a comma in a file of one column divides nothing."""
_LOOKED_AT = 100
# Spreadsheets in countries with a decimal comma write so on the first line.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


def csv_table(text: str, name: str) -> Table:
    """The table in a CSV text whose first line names the columns. Ragged rows are among its mistakes.

    Raises OperatorMistake for an empty one.
    """
    announced = _SEPARATOR_LINE.match(text)
    body = text[announced.end() :] if announced else text
    delimiter = announced.group(1) if announced else _delimiter(body)
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        return _table(body, name, delimiter, skipped=1 if announced else 0)
    finally:
        csv.field_size_limit(limit)


def _table(text: str, name: str, delimiter: str, skipped: int) -> Table:
    mistakes, rows = Mistakes(name), list[Row]()
    records = _records(text, delimiter, skipped, mistakes)
    first = list(islice(records, 3 * MOST_ABOVE))
    filled = [at for at, (_, cells) in enumerate(first) if cells]
    if not filled:
        mistakes.end()
        raise OperatorMistake(f"{name} is empty: there is nothing to summarise.")
    above = rows_above_header([first[at][1] for at in filled])
    _, header = first[filled[above]]
    records = chain(first[filled[above] + 1 :], records)
    columns = tuple(cell.strip() for cell in header)
    for number, (line, cells) in enumerate(_without_blank(records, len(columns)), start=1):
        row = Row(number, line, dict(zip(columns, cells, strict=False)))
        if len(cells) != len(columns):
            mistakes.add(row.place, f"has {_cells(len(cells))}, the header has {len(columns)}")
        rows.append(row)
    twice = frozenset(column for column, times in Counter(columns).items() if times > 1)
    return Table(name, columns, tuple(rows), mistakes, twice, (f"{name}: {remark_above(above)}",) if above else ())


def _cells(count: int) -> str:
    return f"{count} cell{'s' * (count != 1)}"


def _without_blank(records: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Blank lines are no rows; but where there is only one column they are empty cells, until the last one."""
    blank: list[int] = []
    for line, cells in records:
        if not cells:
            blank.append(line)
            continue
        if width == 1:
            yield from ((empty, [""]) for empty in blank)
        blank.clear()
        yield line, cells


def _records(text: str, delimiter: str, skipped: int, mistakes: Mistakes) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each record, until the end or a mistake after which nobody knows where a cell ends.

    Strict: otherwise a quotation mark that is never closed would swallow the rest of the file.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            mistakes.add(f"line {line:,}", _explained(str(error)))
            return
        yield line, cells


def _explained(error: str) -> str:
    if "end of data" in error:
        return "a quotation mark opens here that is never closed"
    if "expected after" in error:
        return "a quotation mark inside a quoted cell has to be doubled"
    if "field limit" in error:
        return f"a cell is longer than {LONGEST_CELL:,} characters; a quotation mark seems to be missing"
    return error


def _delimiter(text: str) -> str:
    """The sign that divides the header and keeps to that in most rows; without any there is one column.

    A title may stand above the header of what a spreadsheet has written with tabs: in no text that people type are
    most lines divided by as many of them.
    """
    fits: dict[str, tuple[float, int]] = {}
    for delimiter in _DELIMITERS:
        widths = _widths(text, delimiter)
        if delimiter == "\t" and widths[:1] == [1] and len(widths) > 2:
            widths = widths[next((at for at, width in enumerate(widths[:MOST_ABOVE]) if width > 1), 0) :]
        if widths and widths[0] > 1:
            fits[delimiter] = (widths.count(widths[0]) / len(widths), widths[0])
    return max(fits, key=lambda delimiter: fits[delimiter]) if fits else _ONE_COLUMN


def _widths(text: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    with suppress(csv.Error):  # what is wrong is said, with its line, when the table is read
        for cells in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _LOOKED_AT):
            widths += [len(cells)] if cells else []
    return widths
