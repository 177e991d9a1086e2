"""Quoted material as it is sent: one JSON object a line between fences it can't forge, and how many tokens it is."""

from __future__ import annotations

import json
import math
from hashlib import sha256


def fence(lines: str) -> str:
    """A line that cannot stand in the lines, because it is made from them."""
    return f"==== {sha256(lines.encode()).hexdigest()[:16]} ===="


def tokens(text: str) -> int:
    """At most so many tokens is the text for a model: 2.5 bytes each, the least that was measured in our languages."""
    return math.ceil(len(text.encode()) / 2.5)


def json_line(**fields: object) -> str:
    """One JSON object on a line. No angle bracket is left, so nothing in it opens or closes a tag."""
    line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return line.replace("<", "\\u003c").replace(">", "\\u003e")
