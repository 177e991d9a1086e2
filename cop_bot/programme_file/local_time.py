"""Dates and times as people in the programme's zone read them off the wall, and the moments that they mean."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cop_bot.domain.wall_clock import local_time, neighbours, readings
from cop_bot.programme_file.foreign_time import refuse_foreign_time
from cop_bot.programme_file.loose_time import better, better_date, better_time
from cop_bot.programme_file.mistakes import Margin, Spot, shown
from cop_bot.programme_file.section import Kind, Section, mapping_of, shape_of_section, shaped, what_is
from cop_bot.programme_file.tree import Mapping, Node, Scalar
from cop_bot.programme_file.values import one_of
from cop_bot.programme_file.years import FIRST_YEAR, LAST_YEAR

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{2}):(\d{2})(?::00)?")
_DATE_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt]|[ ]+)(\d{2}:\d{2}(?::00)?)")
_LOCAL_TIME = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt]| +)[0-9]{2}:[0-9]{2}(:00)?$",
    "examples": ["2020-11-17T13:15"],
}

MIDNIGHT = (
    "24:00 is not a minute of any day: the minute that is named still belongs to the session, "
    "so one that lasts to midnight ends with 23:59"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A local time of the programme's zone (naive) and the moment that it means (UTC)."""

    local: datetime
    utc: datetime
    spot: Spot


def day(node: Node, key: str, margin: Margin) -> date | None:
    """A date: 2020-12-21."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if not _DATE.fullmatch(text):
        what = f"`{key}` must be a date, not {what_is(node)}"
        meant = better_date(text)
        example = f"write year-month-day, such as `{key}: 2020-12-21`"
        margin.wrong(node.spot, what, _write(key, meant) if meant else example)
        return None
    return _date(text, node.spot, key, margin)


shaped(day, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2020-12-21"]})


def clock_time(node: Node, key: str, margin: Margin) -> time | None:
    """A minute of the day: "23:59", quoted or not."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if found := _TIME.fullmatch(text):
        return _time(found.group(), node.spot, f'{key}: "{{}}"', margin)
    longer = re.match(r"\d{2}:\d{2}", text)
    if longer:
        what = f"{what_is(node)} is more than a time of the day; the zone stands once, under `zone`"
        margin.wrong(node.spot, what, f'write `{key}: "{longer.group()}"`')
    elif meant := better_time(text):
        what = f"`{key}` must be a time of the day, not {what_is(node)}"
        margin.wrong(node.spot, what, f'write `{key}: "{meant}"`')
    else:
        what = f"`{key}` must be a time of the day, not {what_is(node)}"
        margin.wrong(node.spot, what, f'write hours and minutes of 24 hours, such as `{key}: "23:59"`')
    return None


shaped(clock_time, {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}", "examples": ["23:59"]})


def moment(zone: str | None) -> Kind[Moment]:
    """A local time of this zone, or `{at: …, clock: first|second}` when clocks show it twice.

    Without a zone (it was wrong) times are taken for UTC, to check the rest of the file.
    """

    def kind(node: Node, key: str, margin: Margin) -> Moment | None:
        if isinstance(node, Mapping):
            return mapping_of(lambda section: _chosen(section, key, zone))(node, key, margin)
        local = _local(node, key, zone, margin)
        return None if local is None else _meant(local, node.spot, key, zone, None, margin)

    return shaped(
        kind, lambda: {"anyOf": [_LOCAL_TIME, shape_of_section(lambda section: _chosen(section, "at", zone))]}
    )


def _chosen(section: Section, key: str, zone: str | None) -> Moment | None:
    clock = section.read("clock", one_of("first", "second"))
    at = shaped(lambda node, name, margin: _local(node, name, zone, margin), _LOCAL_TIME)
    local = section.need("at", at, "2020-10-25T02:30")
    if local is None:
        return None
    found = _meant(local, section.spot_of("at"), key, zone, clock, section.margin)
    if found and clock and zone and len(readings(local, zone)) == 1:
        what = f"clocks in {zone} show {_written(local)} only once"
        section.margin.wrong(section.spot_of("clock"), what, "take `clock` out")
    return found


def _local(node: Node, key: str, zone: str | None, margin: Margin) -> datetime | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    found = _DATE_TIME.fullmatch(text)
    if found:
        on = _date(found.group(1), node.spot, f"{key}: {{}}T{found.group(2)[:5]}", margin)
        at = _time(found.group(2), node.spot, f"{key}: {found.group(1)}T{{}}", margin)
        return datetime.combine(on, at) if on and at is not None else None
    if not refuse_foreign_time(text, node.spot, key, zone, margin):
        what = f"`{key}` must be a date with a time, not {what_is(node)}"
        if _DATE.fullmatch(text):
            what, example = f"{shown(text)} has no time of the day", f"{text}T09:00"
        elif meant := better(text):
            margin.wrong(node.spot, what, _write(key, meant))
            return None
        else:
            example = "2020-11-17T13:15"
        margin.wrong(node.spot, what, f"write year-month-dayThour:minute, such as `{key}: {example}`")
    return None


def _write(key: str, meant: tuple[str, ...]) -> str:
    """What to write instead; where day and month may be meant the other way round, both."""
    first, *others = meant
    return f"write `{key}: {first}`" + "".join(f", or `{key}: {other}` if the month comes first" for other in others)


def _meant(local: datetime, spot: Spot, key: str, zone: str | None, clock: str | None, margin: Margin) -> Moment | None:
    zone = zone or "UTC"
    found = readings(local, zone)
    if problem := what_is_wrong_with(local, zone, found if clock is None else found[:1]):
        margin.wrong(spot, problem, f"write {instead_of(local, zone, key)}")
        return None
    return Moment(local, found[-1] if clock == "second" else found[0], spot)


def what_is_wrong_with(local: datetime, zone: str, found: tuple[datetime, ...]) -> str | None:
    """Why clocks in the zone don't show this local time exactly once; None when they do. `found` are its readings."""
    if not found:
        return f"{_written(local)} does not exist in {zone}: the clocks skip it"
    if len(found) > 1:
        first, second = (f"{one:%H:%M}Z" for one in found)
        return f"clocks in {zone} show {_written(local)} twice, at {first} and at {second}"
    return None


def instead_of(local: datetime, zone: str, key: str) -> str:
    """What to write for a local time that clocks skip or repeat."""
    if readings(local, zone):
        return f"`{key}: {{at: {_written(local)}, clock: first}}` or `clock: second`"
    before, after = neighbours(local, zone)
    return f"`{key}: {_written(after)}` or `{key}: {_written(before)}`, the nearest that exist"


def _written(local: datetime) -> str:
    return f"{local:%Y-%m-%dT%H:%M}"


def _date(text: str, spot: Spot, line: str, margin: Margin) -> date | None:
    """The date in a text of its shape. `line` is how to write it, with `{}` for the date."""
    line = line if "{}" in line else f"{line}: {{}}"
    year, month, number = (int(part) for part in text.split("-"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        what = f"{text} is not between {FIRST_YEAR} and {LAST_YEAR}"
        margin.wrong(spot, what, "write the year of the programme")
    elif not 1 <= month <= 12:
        margin.wrong(spot, f"{text} does not exist: there are 12 months", "write year-month-day")
    elif not 1 <= number <= (last := calendar.monthrange(year, month)[1]):
        what = f"{text} does not exist: that month has {last} days"
        margin.wrong(spot, what, f"write `{line.format(f'{year}-{month:02}-{min(max(number, 1), last):02}')}`")
    else:
        return date(year, month, number)
    return None


def _time(text: str, spot: Spot, line: str, margin: Margin) -> time | None:
    hour, minute = int(text[:2]), int(text[3:5])
    if hour < 24 and minute < 60:
        return time(hour, minute)
    midnight = (hour, minute) == (24, 0)
    what = MIDNIGHT if midnight else f"{text} is not a time of the day"
    better = "23:59" if midnight else f"{min(hour, 23):02}:{min(minute, 59):02}"
    margin.wrong(spot, what, f"write `{line.format(better)}`")
    return None


def included_minute(closes_at: datetime, zone: str) -> datetime:
    """The last local minute of a session that closes at this moment."""
    return local_time(closes_at.astimezone(UTC) - timedelta(minutes=1), zone)
