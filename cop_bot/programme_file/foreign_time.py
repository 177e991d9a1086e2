"""Times that say their zone themselves (`13:15 CEST`, `13:15+01:00`, `12:15Z`): refused, with what they could mean.

People write the abbreviation of the wrong half of the year, and an offset is wrong on the other side of a change of the
clocks; so the zone stands once in the file, by name, and times are those on its walls.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cop_bot.domain.wall_clock import local_time, readings
from cop_bot.programme_file.mistakes import Margin, Spot, shown
from cop_bot.programme_file.years import FIRST_YEAR, LAST_YEAR
from cop_bot.programme_file.zones import offsets_of

_FOREIGN = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:[Tt]|[ ]+)(?P<time>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?[ ]*\(?"
    r"(?:(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?|(?P<name>[A-Za-z]+(?:/[A-Za-z_/-]+)?))\)?"
)


@dataclass(frozen=True, slots=True)
class _Time:
    """A time that says its zone: `local` is what it shows there. `zone` is the programme's, unless that was wrong."""

    text: str
    local: datetime
    key: str
    zone: str | None

    def line(self, at: datetime) -> str:
        """How the line should be, for this time on the programme's wall."""
        return f"`{self.key}: {at:%Y-%m-%dT%H:%M}`"

    def zulu(self, moment: datetime) -> str:
        """A moment (naive, UTC), with its date only where that is another."""
        return f"{moment:%H:%M}Z" if moment.date() == self.local.date() else f"{moment:%Y-%m-%dT%H:%M}Z"

    def on_our_wall(self, moment: datetime) -> datetime:
        """What clocks in the programme's zone show at a moment (naive, UTC)."""
        return local_time(moment.replace(tzinfo=UTC), self.zone) if self.zone else self.local


def refuse_foreign_time(text: str, spot: Spot, key: str, zone: str | None, margin: Margin) -> bool:
    """Notes a time that says its zone, with its candidates and the corrected line. False if the text is none."""
    found = _FOREIGN.fullmatch(text)
    local = _local(found) if found else None
    if found is None or local is None:
        return False
    foreign = _Time(text, local, key, zone)
    name = found["name"]
    if name is None or name.upper() in {"Z", "UTC", "GMT"}:
        what, instead = _about_offset(foreign, _offset(found))
    elif "/" in name or len(name) > 5 or name.upper() in {"AM", "PM"}:
        what = f"{shown(text)} says more than a date and a time of 24 hours"
        instead = f"{foreign.line(local)}; the zone stands under `zone`"
    else:
        what, instead = _about_abbreviation(foreign, name.upper())
    margin.wrong(spot, what, f"write {instead}")
    return True


def _about_offset(foreign: _Time, offset: timedelta) -> tuple[str, str]:
    moment = foreign.local - offset
    where = f"in {foreign.zone}" if foreign.zone else "of the programme's zone"
    what = f"{shown(foreign.text)} says its distance from UTC, but times here are local times {where}"
    return what, f"{foreign.line(foreign.on_our_wall(moment))}, which is {foreign.zulu(moment)}"


def _about_abbreviation(foreign: _Time, name: str) -> tuple[str, str]:
    local, zone = foreign.local, foreign.zone
    candidates = {local - offset: name for offset in offsets_of(name, local.date())}
    for reading in readings(local, zone) if zone else ():
        there = reading.astimezone(ZoneInfo(zone or "UTC")).tzname()
        candidates[reading.replace(tzinfo=None)] = f"{there}, which {zone} keeps on that day"
    meanings = [f"{foreign.zulu(moment)} ({whose})" for moment, whose in sorted(candidates.items())]
    what = f"E-TZ-ABBR: `{local:%H:%M} {name}` names its zone by an abbreviation"
    what += f" and could mean {' or '.join(meanings)}" if meanings else ", and one that nobody uses"
    return what, _corrections(foreign, sorted(candidates))


def _corrections(foreign: _Time, candidates: list[datetime]) -> str:
    """The corrected line for what was most likely meant, the time on the programme's wall; then those for the rest."""
    lines = [foreign.line(foreign.local) + (f" (local time in {foreign.zone})" if foreign.zone else "")]
    others = ((foreign.on_our_wall(moment), moment) for moment in candidates)
    lines += [f"{foreign.line(at)} if {foreign.zulu(moment)} is meant" for at, moment in others if at != foreign.local]
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
