"""Times that say their zone themselves (`13:15 CEST`, `13:15+01:00`, `12:15Z`): refused, with what they could mean.

People write the abbreviation of the wrong half of the year, and an offset is wrong on the other side of a change of the
clocks; so the zone stands once in the file, by name, and times are those on its walls.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cop_bot.domain.wall_clock import local_time, readings
from cop_bot.programme_file.mistakes import Margin, Spot, shown
from cop_bot.programme_file.years import FIRST_YEAR, LAST_YEAR
from cop_bot.programme_file.zones import offsets_of

_FOREIGN = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:[Tt]|[ ]+)(?P<time>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?[ ]*\(?"
    r"(?:(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?|(?P<name>[A-Za-z]+(?:/[A-Za-z_/-]+)?))\)?"
)


def refuse_foreign_time(text: str, spot: Spot, key: str, zone: str | None, margin: Margin) -> bool:
    """Notes a time that says its zone, with its candidates and the corrected line. False if the text is none."""
    found = _FOREIGN.fullmatch(text)
    local = _local(found) if found else None
    if found is None or local is None:
        return False
    name = found["name"]
    if name is None or name.upper() in {"Z", "UTC", "GMT"}:
        _refuse_offset(_offset(found), local, text, spot, key, zone, margin)
    elif "/" in name or len(name) > 5 or name.upper() in {"AM", "PM"}:
        what = f"{shown(text)} says more than a date and a time of 24 hours"
        margin.wrong(spot, what, f"write `{key}: {_written(local)}`; the zone stands under `zone`")
    else:
        _refuse_abbreviation(name.upper(), local, spot, key, zone, margin)
    return True


def _refuse_offset(
    offset: timedelta, local: datetime, text: str, spot: Spot, key: str, zone: str | None, margin: Margin
) -> None:
    moment = local - offset
    meant = _written(local if zone is None else _in_zone(moment, zone))
    where = f" in {zone}" if zone else " of the programme's zone"
    what = f"{shown(text)} says its distance from UTC, but times here are local times{where}"
    margin.wrong(spot, what, f"write `{key}: {meant}`, which is {_zulu(moment, local)}")


def _refuse_abbreviation(name: str, local: datetime, spot: Spot, key: str, zone: str | None, margin: Margin) -> None:
    candidates = {local - offset: name for offset in offsets_of(name, local.date())}
    own = readings(local, zone) if zone else ()
    for reading in own:
        there = reading.astimezone(ZoneInfo(zone or "UTC")).tzname()
        candidates[reading.replace(tzinfo=None)] = f"{there}, which {zone} keeps on that day"
    meanings = [f"{_zulu(moment, local)} ({whose})" for moment, whose in sorted(candidates.items())]
    what = f"E-TZ-ABBR: `{local:%H:%M} {name}` names its zone by an abbreviation"
    what += f" and could mean {' or '.join(meanings)}" if meanings else ", and one that nobody uses"
    margin.wrong(spot, what, f"write {_corrections(sorted(candidates), local, bool(own), key, zone)}")


def _corrections(candidates: list[datetime], local: datetime, is_own: bool, key: str, zone: str | None) -> str:
    """The corrected line for what was most likely meant, the time on the programme's wall; then those for the rest."""
    lines = [f"`{key}: {_written(local)}`" + (f" (local time in {zone})" if zone else "")]
    if zone and is_own:
        others = ((_in_zone(moment, zone), moment) for moment in candidates)
        lines += [f"`{key}: {_written(at)}` if {_zulu(moment, local)} is meant" for at, moment in others if at != local]
    return " or ".join(lines)


def _local(found: re.Match[str]) -> datetime | None:
    try:
        local = datetime.combine(date.fromisoformat(found["date"]), time.fromisoformat(found["time"]))
    except ValueError:
        return None
    return local if FIRST_YEAR <= local.year <= LAST_YEAR else None


def _offset(found: re.Match[str]) -> timedelta:
    length = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    return -length if found["sign"] == "-" else length


def _in_zone(moment: datetime, zone: str) -> datetime:
    return local_time(moment.replace(tzinfo=ZoneInfo("UTC")), zone)


def _zulu(moment: datetime, local: datetime) -> str:
    return f"{moment:%H:%M}Z" if moment.date() == local.date() else f"{moment:%Y-%m-%dT%H:%M}Z"


def _written(local: datetime) -> str:
    return f"{local:%Y-%m-%dT%H:%M}"
