"""Times as files have them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DATE = re.compile(r"(?:19|20)\d{6}")
_USUAL = re.compile(
    r"(?P<first>\d{1,4})[./-](?P<second>\d{1,2})[./-](?P<third>\d{1,4})"
    r"(?:,?[\s\u202fT]+(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<s>\d{2}))?[\s\u202f]*(?P<half>[AaPp]\.?\s?[Mm]\.?)?)?"
)
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


def moments_of(texts: Sequence[str]) -> list[datetime | None]:
    """Each as `moment_of`, else as dates are usually written; whether the day or the month comes first is told by all
    of them together, and is the day where it can't be told.
    """
    found = [moment_of(text) for text in texts]
    if all(one is not None or not text.strip() for one, text in zip(found, texts, strict=True)):
        return found
    parts = [_USUAL.fullmatch(text.strip().strip("\u200e\u200f")) for text in texts]
    months_first = any(one and int(one["second"]) > 12 for one in parts)
    return [
        one if one is not None else (_usual(part, months_first) if part else None)
        for one, part in zip(found, parts, strict=True)
    ]


def _usual(part: re.Match[str], months_first: bool) -> datetime | None:
    first, second, third = (int(part[name]) for name in ("first", "second", "third"))
    if first > 31:
        year, month, day = first, second, third
    else:
        year, month, day = (third, first, second) if months_first else (third, second, first)
    hour, minute = int(part["hour"] or 0), int(part["minute"] or 0)
    half = (part["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return datetime(year + (2000 if year < 100 else 0), month, day, hour, minute, int(part["s"] or 0), tzinfo=UTC)
    except ValueError:
        return None


def _since_1970(number: float) -> datetime | None:
    if not math.isfinite(number) or number < _EARLIEST:
        return None
    try:
        return EPOCH + timedelta(seconds=number / 1000 if number >= _MILLISECONDS else number)
    except OverflowError:
        return None
