"""Durations as ISO 8601 writes them: P14D, P2W, PT12H, P1DT6H; for keeping also P2Y and P6M."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from cop_bot.domain.wall_clock import local_time, on_wall
from cop_bot.programme_file.mistakes import Margin
from cop_bot.programme_file.section import Kind, shaped, what_is
from cop_bot.programme_file.tree import Node, Scalar

_ISO = re.compile(
    r"P(?=.)(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,3})M)?(?:(?P<weeks>\d{1,3})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,4})M)?(?:(?P<seconds>\d{1,5})S)?)?"
)
_SPOKEN = re.compile(r"(\d{1,4})\s*(d|days?|w|weeks?|h|hours?|min|minutes?|y|years?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duration:
    """Days, which are counted on the wall clock, and a rest of hours and minutes, which are not. `text` as written."""

    days: int
    rest: timedelta
    text: str

    @property
    def length(self) -> timedelta:
        """Its length when no clocks change."""
        return timedelta(days=self.days) + self.rest

    def before(self, moment: datetime, zone: str) -> datetime:
        """The moment that lies so far before another, as people in the zone count."""
        return on_wall(local_time(moment, zone) - timedelta(days=self.days), zone) - self.rest


def duration(
    least: timedelta = timedelta(minutes=1),
    most: timedelta = timedelta(days=366),
    only_days: bool = False,
    years: bool = False,
    example: str = "P2D",
) -> Kind[Duration]:
    """A duration between two lengths, both included.

    `only_days`: no hours, because it is counted on the wall clock. `years`: years (365 days) and months (30) too.
    """

    def kind(node: Node, key: str, margin: Margin) -> Duration | None:
        found = parse_duration(node.text) if isinstance(node, Scalar) else None
        if found is None or (not years and re.search("[YM]", found.text.split("T")[0])):
            spoken = _from_speech(node.text) if isinstance(node, Scalar) else None
            what = f"`{key}` must be a duration, not {what_is(node)}"
            margin.wrong(node.spot, what, f"write `{spoken or example}`")
        elif only_days and found.rest:
            what = f"`{key}` counts days on the wall clock, so {what_is(node)} can't have hours"
            margin.wrong(node.spot, what, f"write `{example}`")
        elif not least <= found.length <= most:
            what = f"`{key}` must be between {_in_words(least)} and {_in_words(most)}, not {what_is(node)}"
            margin.wrong(node.spot, what, f"write `{example}`")
        else:
            return found
        return None

    return shaped(kind, {"type": "string", "pattern": "^P[0-9YMWDTHS]+$", "examples": [example]})


def parse_duration(text: str) -> Duration | None:
    """The duration in a text, or None if there is none."""
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    number = {name: int(digits or 0) for name, digits in found.groupdict().items()}
    days = number["years"] * 365 + number["months"] * 30 + number["weeks"] * 7 + number["days"]
    return Duration(days, timedelta(hours=number["hours"], minutes=number["minutes"], seconds=number["seconds"]), text)


def _from_speech(text: str) -> str | None:
    """`14d`, `2 weeks` or `12 hours` as ISO 8601."""
    found = _SPOKEN.fullmatch(text.strip())
    if not found:
        return None
    number, unit = found.group(1), found.group(2)[0].upper()
    return f"PT{number}{unit}" if unit in "HM" else f"P{number}{unit}"


def _in_words(length: timedelta) -> str:
    if length and length % timedelta(days=365) == timedelta():
        years = length // timedelta(days=365)
        return f"{years} year{'s' * (years != 1)}"
    if length % timedelta(days=1) == timedelta():
        return f"{length.days} day{'s' * (length.days != 1)}"
    minutes = length // timedelta(minutes=1)
    return f"{minutes} minute{'s' * (minutes != 1)}"
