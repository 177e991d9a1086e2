"""What Teams hands over as JSON, read without trusting it: anything may be missing or of another type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Said = Mapping[str, Any]
"""An activity or a Graph chatMessage, as JSON."""


def inner(outer: Said, name: str) -> Said:
    """The object in this field, or an empty one."""
    inner = outer.get(name)
    return inner if isinstance(inner, Mapping) else {}


def listed(outer: Said, name: str) -> Sequence[Said]:
    """The objects in this field."""
    several = outer.get(name)
    return [one for one in several if isinstance(one, Mapping)] if isinstance(several, list) else []


def text_in(outer: Said, name: str) -> str:
    """The text in this field, or an empty one."""
    value = outer.get(name)
    return value if isinstance(value, str) else ""


def moment(value: object) -> datetime | None:
    """A time of Teams (ISO 8601) in UTC, or None."""
    if not isinstance(value, str):
        return None
    # Seven digits of a second come too; Python 3.11 takes six.
    trimmed = re.sub(r"(\.\d{6})\d+", r"\1", value)
    try:
        found = datetime.fromisoformat(trimmed)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def stamp(at: datetime) -> str:
    """A moment as it is compared: the same form whichever way it came."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
