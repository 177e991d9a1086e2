"""Wall-clock arithmetic: what clocks in a zone show, and which moments that is.

Local times are naive, moments are aware and in UTC, zones are IANA names. Days are counted on the wall clock, so that a
session that opens at nine still opens at nine two weeks later, when the clocks have changed in between.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYLIGHT_BEGINS = time(9)
DAYLIGHT_ENDS = time(17)

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def readings(local: datetime, zone: str) -> tuple[datetime, ...]:
    """The moments at which clocks in the zone show this local time, in order.

    None when the clocks skip it, two when they repeat it.
    """
    there = ZoneInfo(zone)
    moments = {local.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(sorted(moment for moment in moments if local_time(moment, zone) == local.replace(fold=0)))


def local_time(moment: datetime, zone: str) -> datetime:
    """What clocks in the zone show at this moment."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def on_wall(local: datetime, zone: str) -> datetime:
    """The moment of a local time: the first of two, and for a skipped one the first minute that exists after it."""
    while not (found := readings(local, zone)):
        local += _MINUTE
    return found[0]


def neighbours(local: datetime, zone: str) -> tuple[datetime, datetime]:
    """The nearest local times before and after a skipped one that clocks in the zone do show."""
    before = after = local
    while not readings(before, zone):
        before -= _MINUTE
    while not readings(after, zone):
        after += _MINUTE
    return before, after


def shift(moment: datetime, zone: str, days: int) -> datetime:
    """The moment so many days later (or earlier) at which clocks in the zone show the same time of the day."""
    return on_wall(local_time(moment, zone) + timedelta(days=days), zone)


def next_daylight(moment: datetime, zone: str, begins: time = DAYLIGHT_BEGINS, ends: time = DAYLIGHT_ENDS) -> datetime:
    """The moment itself if it is daylight in the zone (`begins` <= time of day < `ends`), else the next `begins`."""
    local = local_time(moment, zone)
    if begins <= local.time() < ends:
        return moment
    morning = datetime.combine(local.date(), begins)
    return on_wall(morning if local.time() < begins else morning + _DAY, zone)


def daylight_ends(moment: datetime, zone: str, ends: time = DAYLIGHT_ENDS) -> datetime:
    """The moment at which clocks in the zone show `ends`, on the day that it is there."""
    return on_wall(datetime.combine(local_time(moment, zone).date(), ends), zone)
