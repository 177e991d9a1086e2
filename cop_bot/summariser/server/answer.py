"""What a model is asked to fill in, and reading what it filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

MOST_CITES = 5
LONGEST_TEXT = 400
"""Signs of a line."""

_THOUGHTS = re.compile(r"<(think|thinking|thought|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_END_OF_THOUGHT = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_LENGTHS = frozenset({"maxLength", "minItems", "maxItems"})

Row = TypeVar("Row", bound=BaseModel)


class Unusable(Exception):
    """The answer is not the object that was asked for; the message says what it was, if that is known."""


def words(longest: int = LONGEST_TEXT) -> dict[str, Any]:
    """A field of free text."""
    return {"type": "string", "maxLength": longest}


def one_of(values: Sequence[str]) -> dict[str, Any]:
    """A field that holds one of these."""
    return {"type": "string", "enum": list(values)}


def some_of(values: Sequence[str], most: int = MOST_CITES) -> dict[str, Any]:
    """A field that holds some of these, at least one: a model can't name an id that does not exist."""
    return {"type": "array", "items": one_of(values), "minItems": 1, "maxItems": most}


def objects(fields: dict[str, dict[str, Any]], most: int) -> dict[str, Any]:
    """A field that holds objects with these fields, none or some."""
    return {"type": "array", "maxItems": most, "items": _object(fields)}


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """The form of an answer: under `key` at most `most` objects with these fields. More than that is not read.

    Without an end to the list a small model writes on until its limit.
    """

    key: str
    row: type[Row]
    fields: dict[str, dict[str, Any]]
    most: int

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema, in the subset that all servers take: everything required, nothing else allowed."""
        listed = {"type": "array", "maxItems": self.most, "items": _object(self.fields)}
        return _object({self.key: listed})

    def read(self, text: str) -> list[Row]:
        """The rows in an answer, also when it stands in a fence or between polite sentences; malformed ones are left
        out, and so is everything that was not asked for.

        Raises Unusable if there is no list, or none of its rows has the form.
        """
        bare = _THOUGHTS.sub("", text)
        bare = _END_OF_THOUGHT.split(bare)[-1]
        try:
            answer = json.loads(bare[bare.find("{") : bare.rfind("}") + 1])
        except (ValueError, RecursionError):
            raise Unusable from None
        found = answer.get(self.key) if isinstance(answer, dict) else None
        if not isinstance(found, list):
            raise Unusable
        rows = [row for one in found[: self.most] if (row := _row(self.row, one))]
        if found and not rows:
            raise Unusable
        return rows


def without_lengths(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema for servers that refuse to hear of lengths."""
    return {
        key: without_lengths(value) if isinstance(value, dict) else value
        for key, value in schema.items()
        if key not in _LENGTHS
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _row(row: type[Row], one: object) -> Row | None:
    try:
        return row.model_validate(one)
    except ValidationError:
        return None
