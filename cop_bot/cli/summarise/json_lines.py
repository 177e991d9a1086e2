"""JSON Lines: one object a line."""

from __future__ import annotations

import json

from cop_bot.cli.summarise.table import Mistakes, Row, Table
from cop_bot.domain.errors import OperatorMistake


def json_table(text: str, name: str) -> Table:
    """The table in JSON Lines; its columns are all keys, in the order in which they first occur. Raises
    OperatorMistake with every line that is no object.
    """
    if text.lstrip()[:1] == "[":
        raise OperatorMistake(f"{name} is one JSON list; write its objects one a line (jq -c '.[]' does that).")
    mistakes, rows = Mistakes(name), list[Row]()
    columns: dict[str, None] = {}
    for line, written in enumerate(text.split("\n"), start=1):
        if not written.strip():
            continue
        cells = _object(written, f"line {line:,}", mistakes)
        rows.append(Row(len(rows) + 1, line, cells))
        columns.update(dict.fromkeys(cells))
    mistakes.end()
    return Table(name, tuple(columns), tuple(rows), mistakes)


def _object(written: str, place: str, mistakes: Mistakes) -> dict[str, object]:
    try:
        value = json.loads(written)
    except json.JSONDecodeError as error:
        mistakes.add(place, f"is not JSON ({error.msg}, column {error.colno:,})")
        return {}
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists in lists without end
        mistakes.add(place, "is JSON that nobody can read")
        return {}
    if not isinstance(value, dict):
        mistakes.add(place, 'is no object; each line looks like {"text": "…"}')
        return {}
    return value
