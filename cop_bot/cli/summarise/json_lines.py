"""JSON: one object a line, or a list of objects."""

from __future__ import annotations

import json

from cop_bot.cli.summarise.table import Mistakes, Row, Table
from cop_bot.domain.errors import OperatorMistake


def json_table(text: str, name: str) -> Table:
    """The table in JSON Lines or in a JSON list; its columns are all keys, in the order in which they first occur.

    Raises OperatorMistake with everything that is no object.
    """
    mistakes = Mistakes(name)
    inside = _list_inside(text)
    if inside is not None:
        found = _in_list(inside[1], name, mistakes)
    else:
        found = _in_list(text, name, mistakes) if text.lstrip()[:1] == "[" else _in_lines(text, mistakes)
    rows = [Row(number, line, cells) for number, (line, cells) in enumerate(found, start=1)]
    mistakes.end()
    columns = dict.fromkeys(key for row in rows for key in row.cells)
    remarks = (f"{name}: the list “{inside[0]}” is read.",) if inside else ()
    return Table(name, tuple(columns), tuple(rows), mistakes, remarks=remarks)


def _list_inside(text: str) -> tuple[str, str] | None:
    """The name and the JSON of the one list of objects in an object that is the whole file; else None."""
    if text.lstrip()[:1] != "{":
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    several = [
        (key, one)
        for key, one in value.items()
        if isinstance(one, list) and one and all(isinstance(item, dict) for item in one)
    ]
    return (several[0][0], json.dumps(several[0][1])) if len(several) == 1 else None


def _in_lines(text: str, mistakes: Mistakes) -> list[tuple[int, dict[str, object]]]:
    return [
        (line, _object(written, f"line {line:,}", mistakes))
        for line, written in enumerate(text.split("\n"), start=1)
        if written.strip()
    ]


def _in_list(text: str, name: str, mistakes: Mistakes) -> list[tuple[int, dict[str, object]]]:
    """Where each object begins is not known; its place in the list stands for its line."""
    try:
        several = json.loads(text)
    except json.JSONDecodeError as error:
        raise OperatorMistake(f"{name}, line {error.lineno:,}: is not JSON ({error.msg}).") from None
    except (ValueError, RecursionError):
        raise OperatorMistake(f"{name} is JSON that nobody can read.") from None
    found = []
    for number, one in enumerate(several, start=1):
        if isinstance(one, dict):
            found.append((number, one))
        else:
            mistakes.add(f"value {number:,} of the list", 'is no object; each looks like {"text": "…"}')
    return found


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
