"""Wall-clock arithmetic in several zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_bot.domain.wall_clock import local_time, neighbours, next_daylight, on_wall, readings, shift

ZONES = (
    "Europe/Amsterdam",
    "Pacific/Fiji",
    "Africa/Maputo",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
)
MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 made aware


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(day: str, at: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at))


def test_a_local_time_has_one_reading_none_or_two() -> None:
    zone = "Europe/Amsterdam"
    assert readings(wall("2020-11-23", "09:00"), zone) == (utc("2020-11-23T08:00"),)
    assert readings(wall("2021-03-28", "02:30"), zone) == ()
    assert readings(wall("2020-10-25", "02:30"), zone) == (utc("2020-10-25T00:30"), utc("2020-10-25T01:30"))


def test_a_skipped_time_becomes_the_first_minute_after_it_and_a_repeated_one_the_first_of_two() -> None:
    assert on_wall(wall("2021-03-28", "02:30"), "Europe/Amsterdam") == utc("2021-03-28T01:00")
    assert on_wall(wall("2020-10-25", "02:30"), "Europe/Amsterdam") == utc("2020-10-25T00:30")


def test_the_neighbours_of_a_skipped_day_are_the_days_around_it() -> None:
    before, after = neighbours(wall("2011-12-30", "12:00"), "Pacific/Apia")
    assert (before, after) == (wall("2011-12-29", "23:59"), wall("2011-12-31", "00:00"))


@pytest.mark.parametrize("zone", ZONES)
def test_shifting_by_weeks_keeps_the_time_on_the_wall(zone: str) -> None:
    moment = on_wall(wall("2020-10-05", "09:00"), zone)
    for weeks in range(60):
        assert local_time(shift(moment, zone, weeks * 7), zone) == wall("2020-10-05", "09:00") + timedelta(weeks=weeks)


@given(MOMENTS, st.sampled_from(ZONES))
def test_every_moment_is_among_the_readings_of_its_local_time(moment: datetime, zone: str) -> None:
    assert moment in readings(local_time(moment, zone), zone)


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_next_daylight_is_soon_not_before_and_in_daylight(moment: datetime, zone: str) -> None:
    found = next_daylight(moment, zone)
    assert moment <= found <= moment + timedelta(hours=17)
    assert time(9) <= local_time(found, zone).time() < time(17)


@pytest.mark.parametrize(
    ("moment", "daylight"),
    [
        ("2020-11-23T07:59", "2020-11-23T08:00"),
        ("2020-11-23T08:00", "2020-11-23T08:00"),
        ("2020-11-23T15:59", "2020-11-23T15:59"),
        ("2020-11-23T16:00", "2020-11-24T08:00"),
        ("2020-11-22T23:30", "2020-11-23T08:00"),
    ],
)
def test_daylight_in_amsterdam_is_from_nine_to_five(moment: str, daylight: str) -> None:
    assert next_daylight(utc(moment), "Europe/Amsterdam") == utc(daylight)
