"""Working days, by where somebody is: the weekend is Friday and Saturday in Cairo, Sunday in Kolkata.

By Unicode's CLDR (supplemental week data); babel carries its territories of zones and leaves the week data of other
territories out. Bangladesh, the Maldives, Nepal and Palestine, which CLDR doesn't list, by their own law.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from cop_bot.domain import wall_clock

_DAY = timedelta(days=1)
_LATEST = time(14)
"""When somebody is told the last working day before: early enough to answer the same day."""
_FURTHEST = 14
_ELSEWHERE = (5, 6)
_WEEKENDS = {
    **dict.fromkeys(
        ["BD", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "MV", "OM", "PS", "QA", "SA", "SD", "SY", "YE"], (4, 5)
    ),
    "AF": (3, 4),
    "IR": (4, 4),
    "NP": (5, 5),
    **dict.fromkeys(("IN", "UG"), (6, 6)),
}
"""Territory -> first and last day of its weekend, Monday being 0."""


def is_workday(day: date, zone: str) -> bool:
    """Whether people work on this day in this zone; public holidays aside."""
    first, last = _weekend(zone)
    return not first <= day.weekday() <= last


def next_working_daylight(moment: datetime, zone: str) -> datetime:
    """The moment itself if it is a working day's daylight in the zone, else when the next begins."""
    found = wall_clock.next_daylight(moment, zone)
    for _ in range(_FURTHEST):
        local = wall_clock.local_time(found, zone)
        if is_workday(local.date(), zone):
            break
        found = wall_clock.on_wall(datetime.combine(local.date() + _DAY, wall_clock.DAYLIGHT_BEGINS), zone)
    return found


def last_working_daylight(moment: datetime, zone: str) -> tuple[datetime, datetime]:
    """In the last working day's daylight that ends before the moment: when to speak at best, and when it ends."""
    day = wall_clock.local_time(moment, zone).date()
    for _ in range(_FURTHEST):
        ends = wall_clock.on_wall(datetime.combine(day, wall_clock.DAYLIGHT_ENDS), zone)
        if ends <= moment and is_workday(day, zone):
            return wall_clock.on_wall(datetime.combine(day, _LATEST), zone), ends
        day -= _DAY
    return moment, moment


@cache
def _weekend(zone: str) -> tuple[int, int]:
    """The first and the last day of the weekend, Monday being 0."""
    from babel.core import get_global

    return _WEEKENDS.get(get_global("zone_territories").get(zone, ""), _ELSEWHERE)
