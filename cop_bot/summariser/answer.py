"""What a model is asked to fill in, and reading what it filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

SECTIONS = ("main_points", "ideas", "disagreements", "open_questions")
MOST_CITES = 5
MOST_POINTS = 20
LONGEST_TEXT = 400

_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)


class Unusable(Exception):
    """The answer is not the object that was asked for."""


class Claim(BaseModel):
    """One point as the model gave it, before any check. `cites` are the ids of the request."""

    section: Literal["main_points", "ideas", "disagreements", "open_questions"]
    text: str
    cites: list[str]


def schema(ids: Sequence[str], *, with_lengths: bool) -> dict[str, Any]:
    """The JSON Schema of an answer that can cite only these ids.

    Without an end to the list a small model writes on until its limit; `with_lengths=False` is for servers that refuse
    to hear of lengths.
    """
    text: dict[str, Any] = {"type": "string"}
    cites: dict[str, Any] = {"type": "array", "items": {"type": "string", "enum": list(ids)}}
    points: dict[str, Any] = {"type": "array"}
    if with_lengths:
        text["maxLength"] = LONGEST_TEXT
        cites |= {"minItems": 1, "maxItems": MOST_CITES}
        points["maxItems"] = MOST_POINTS
    section = {"type": "string", "enum": list(SECTIONS)}
    points["items"] = _object({"section": section, "text": text, "cites": cites})
    return _object({"points": points})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def parse(text: str) -> list[Claim]:
    """The claims in an answer, also when it stands in a fence or between polite sentences; malformed ones are left out.

    Raises Unusable if there is not a single one.
    """
    bare = _THOUGHTS.sub("", text)
    try:
        answer = json.loads(bare[bare.find("{") : bare.rfind("}") + 1])
    except (ValueError, RecursionError):
        raise Unusable from None
    points = answer.get("points") if isinstance(answer, dict) else None
    claims = [claim for point in (points if isinstance(points, list) else [])[:MOST_POINTS] if (claim := _claim(point))]
    if not claims:
        raise Unusable
    return claims


def _claim(point: object) -> Claim | None:
    try:
        return Claim.model_validate(point)
    except ValidationError:
        return None
