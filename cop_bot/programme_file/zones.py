"""Zones by their IANA names, and what the abbreviations that people write instead could mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from cop_bot.programme_file.mistakes import Margin, shown
from cop_bot.programme_file.section import nearest, shaped
from cop_bot.programme_file.tree import Node, Scalar

_NOT_PLACES = {"Factory", "localtime", "posixrules"}


def zone(node: Node, key: str, margin: Margin) -> str | None:
    """An IANA zone name that belongs to a place (or UTC)."""
    name = node.text if isinstance(node, Scalar) else ""
    problem = what_is_wrong_with_zone(name) if isinstance(node, Scalar) else f"`{key}` must be text"
    if problem is None:
        return name
    better = nearest_zone(name)
    margin.wrong(node.spot, problem, f"write `{key}: {better}`" if better else _EXAMPLE)
    return None


shaped(zone, {"type": "string", "pattern": "^(UTC|[A-Za-z_]+/[A-Za-z0-9_+/-]+)$", "examples": ["Africa/Maputo"]})


_EXAMPLE = "write the region and a large city in the zone, such as `Europe/Amsterdam` or `Africa/Maputo`"


def what_is_wrong_with_zone(name: str) -> str | None:
    """Why this can't be a zone of a programme or of `--zone`; None when it can."""
    if name in _zones():
        return None
    if name.startswith("Etc/") or name.upper().startswith(("UTC+", "UTC-", "GMT+", "GMT-", "+", "-")):
        return f"{shown(name)} is a fixed distance from UTC, which doesn't follow the clocks of any place"
    if name in available_timezones() - _NOT_PLACES or offsets_of(name, date(2020, 7, 1)):
        return f"{shown(name)} is an abbreviation, which doesn't say whose clocks are meant"
    return f"{shown(name)} is not a zone of the IANA list"


def nearest_zone(name: str) -> str | None:
    """The zone that was probably meant, by its name, its city or its abbreviation."""
    wanted = "".join(name.split()).lower() if "/" in name else "_".join(name.split()).lower()
    cities = {zone.rsplit("/", 1)[-1].lower(): zone for zone in sorted(_zones(), reverse=True)}
    if wanted in cities:
        return cities[wanted]
    if wanted.upper() in _HOME:
        return _HOME[wanted.upper()]
    if "/" not in name:
        close = nearest(wanted, cities, cutoff=0.75)
        return cities[close] if close else None
    return nearest(wanted, sorted(_zones()), cutoff=0.75)


# Only where one place is by far the likeliest; all others are left to the writer.
_HOME = {
    "CET": "Europe/Amsterdam", "CEST": "Europe/Amsterdam", "GMT": "Europe/London", "BST": "Europe/London",
    "GB": "Europe/London", "EAT": "Africa/Nairobi", "CAT": "Africa/Maputo", "WAT": "Africa/Lagos",
    "SAST": "Africa/Johannesburg", "EET": "Europe/Athens", "EEST": "Europe/Athens", "WET": "Europe/Lisbon",
    "EST": "America/New_York", "EDT": "America/New_York", "PST": "America/Los_Angeles", "NZ": "Pacific/Auckland",
    "ETC/UTC": "UTC", "Z": "UTC", "ZULU": "UTC",
}  # fmt: skip


@cache
def _zones() -> frozenset[str]:
    """Names with a place in them. `CET`, `EST5EDT` or `Etc/GMT+1` are in the IANA list, but only for old programs."""
    names = available_timezones() - _NOT_PLACES
    return frozenset(
        name for name in names if name == "UTC" or (not name.startswith("Etc/") and "/" in name) or _is_country(name)
    )


def _is_country(name: str) -> bool:
    return name.isalpha() and not name.isupper() and name not in {"Universal", "Zulu", "Greenwich"}


@cache
def offsets_of(abbreviation: str, day: date) -> frozenset[timedelta]:
    """Every distance from UTC that clocks somewhere call by this abbreviation on that day.

    When nobody does so on that day (CEST in November): on any day of that year.
    """
    name = abbreviation.upper()
    if not 2 <= len(name) <= 5 or not name.isalpha():
        return frozenset()
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    months = tuple(noon.replace(month=month, day=1) for month in range(1, 13))
    return _offsets(name, (noon,)) or _offsets(name, months)


def _offsets(name: str, moments: tuple[datetime, ...]) -> frozenset[timedelta]:
    found = set()
    for key in sorted(available_timezones() - _NOT_PLACES):
        for moment in moments:
            there = moment.astimezone(ZoneInfo(key))
            if there.tzname() == name and (offset := there.utcoffset()) is not None:
                found.add(offset)
    return frozenset(found)
