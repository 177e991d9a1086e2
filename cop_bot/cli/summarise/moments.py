"""Times as files have them."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DATE = re.compile(r"(?:19|20)\d{6}")
_EARLIEST = 100_000_000
"""Seconds: March 1973. A smaller number is a year or a count."""
_MILLISECONDS = 100_000_000_000
"""From here on (the year 5138 in seconds) a number is milliseconds."""


def moment_of(value: object) -> datetime | None:
    """The moment in UTC that is meant by ISO 8601, or by seconds or milliseconds since 1970; without a zone it is UTC.

    None if it can't be understood.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()
    if _NUMBER.fullmatch(text) and not _DATE.fullmatch(text):
        return _since_1970(float(text))
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _since_1970(number: float) -> datetime | None:
    if not math.isfinite(number) or number < _EARLIEST:
        return None
    try:
        return EPOCH + timedelta(seconds=number / 1000 if number >= _MILLISECONDS else number)
    except OverflowError:
        return None
