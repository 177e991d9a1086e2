"""Days are counted on the wall clock, in every zone and over every change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_bot.domain import wall_clock
from cop_bot.domain.columns import in_utc, known

ZONES = [
    "Europe/Amsterdam",
    "Africa/Maputo",
    "Africa/Casablanca",
    "America/Tegucigalpa",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Fiji",
    "Pacific/Kiritimati",
]
moments = st.datetimes(datetime(2011, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 made aware
zones = st.sampled_from(ZONES)


@given(moments, zones, st.integers(-60, 60))
def test_a_shift_by_days_keeps_the_time_of_the_day_or_the_first_one_that_exists(
    moment: datetime, zone: str, days: int
) -> None:
    before = wall_clock.local_time(moment, zone)
    after = wall_clock.local_time(wall_clock.shift(moment, zone, days), zone)
    wanted = before + timedelta(days=days)
    assert after == wanted or (
        not wall_clock.readings(wanted, zone) and wanted < after <= wanted + timedelta(days=1, hours=1)
    )


@given(moments, zones)
def test_a_moment_is_one_of_the_readings_of_its_local_time(moment: datetime, zone: str) -> None:
    assert moment in wall_clock.readings(wall_clock.local_time(moment, zone), zone)


@given(moments, zones)
def test_the_next_daylight_is_daylight_and_not_far(moment: datetime, zone: str) -> None:
    daylight = wall_clock.next_daylight(moment, zone)
    assert moment <= daylight <= moment + timedelta(hours=41)
    assert 9 <= daylight.astimezone(ZoneInfo(zone)).hour < 17
    if daylight == moment:
        assert moment < wall_clock.daylight_ends(moment, zone) <= moment + timedelta(hours=9)


@pytest.mark.parametrize(
    ("local", "count"), [("2026-03-29T02:30", 0), ("2026-10-25T02:30", 2), ("2026-10-25T03:30", 1)]
)
def test_some_local_times_are_skipped_and_some_come_twice(local: str, count: int) -> None:
    found = wall_clock.readings(datetime.fromisoformat(local), "Europe/Amsterdam")
    assert len(found) == count
    assert list(found) == sorted(found)


def test_a_day_that_an_island_skipped_is_skipped() -> None:
    moment = datetime(2011, 12, 29, 19, 0, tzinfo=UTC)
    assert wall_clock.local_time(wall_clock.shift(moment, "Pacific/Apia", 1), "Pacific/Apia").day == 31


def test_a_time_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no zone"):
        in_utc(datetime(2026, 1, 1))  # noqa: DTZ001  the mistake
    with pytest.raises(ValueError, match="not been stored"):
        known(None)
