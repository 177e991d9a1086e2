"""Spreadsheets: the first sheet with rows in it, its first row the header."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date, datetime

from cop_bot.cli.summarise.table import MOST_ABOVE, Mistakes, Row, Table, remark_above, rows_above_header
from cop_bot.domain.errors import OperatorMistake


def spreadsheet_table(content: bytes, name: str) -> Table:
    """The table in a spreadsheet (xlsx, xls, ods). Raises OperatorMistake for one that is broken or empty."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(sheet, book.get_sheet_by_name(sheet).to_python()) for sheet in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise OperatorMistake(f"{name} can't be read as a spreadsheet: {error}. Save it as “CSV UTF-8”.") from None
    filled = [(sheet, rows) for sheet, rows in sheets if any(any(_text(cell) for cell in row) for row in rows)]
    if not filled:
        raise OperatorMistake(f"{name} is empty: there is nothing to summarise.")
    sheet, rows = filled[0]
    numbered = [(line, row) for line, row in enumerate(rows, start=1) if any(_text(cell) for cell in row)]
    above = rows_above_header([[_text(cell) for cell in row] for _, row in numbered[: MOST_ABOVE + 2]])
    numbered = numbered[above:]
    _, header = numbered[0]
    columns = tuple(_text(cell).strip() for cell in header)
    found = [
        Row(number, line, dict(zip(columns, map(_text, cells), strict=False)))
        for number, (line, cells) in enumerate(numbered[1:], start=1)
    ]
    twice = frozenset(column for column, times in Counter(columns).items() if column and times > 1)
    others = ", ".join(f"“{other}”" for other, _ in filled[1:])
    remark = f"Read from the sheet “{sheet}”" + (f"; not from {others}." if others else ".")
    return Table(
        name, columns, tuple(found), Mistakes(name), twice, (remark, *([remark_above(above)] if above else []))
    )


def _text(cell: object) -> str:
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
