"""Dates and times as agendas write them (`15/03/2027 09h00`), read to say how the file wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

_QUOTES = " \t\u00a0\"'“”‘’«»"
_DATE = re.compile(r"(?P<first>\d{1,4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<last>\d{1,4})")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.hHuU]\s*(?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?[hHuU]?",
    re.IGNORECASE,
)


def better(text: str) -> tuple[str, ...]:
    """How to write the date and the time that the text means (`2027-03-15T09:00`): one way, two where day and month
    may be meant the other way round, none where it can't be told.
    """
    bare = text.strip(_QUOTES)
    found = _DATE.match(bare)
    if found is None:
        return ()
    at = _time(bare[found.end() :].strip(" ,tT·–-" + _QUOTES))
    if at is None:
        return ()
    return tuple(dict.fromkeys(f"{on:%Y-%m-%d}T{at:%H:%M}" for on in _dates(found)))


def better_time(text: str) -> str | None:
    """The same of a time of the day alone: `09:00`."""
    at = _time(text.strip(_QUOTES))
    return f"{at:%H:%M}" if at else None


def better_date(text: str) -> tuple[str, ...]:
    """The same of a date alone."""
    found = _DATE.fullmatch(text.strip(_QUOTES))
    return tuple(dict.fromkeys(f"{on:%Y-%m-%d}" for on in _dates(found))) if found else ()


def _dates(found: re.Match[str]) -> Iterator[date]:
    first, month, last = (int(found[name]) for name in ("first", "month", "last"))
    for year, one, day in ((first, month, last), (last, month, first), (last, first, month)):
        if year < 1_000:
            continue
        try:
            yield date(year, one, day)
        except ValueError:
            continue


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
