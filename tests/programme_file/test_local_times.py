"""Times that people write: abbreviations, offsets, skipped and repeated hours, and the wall clock over its changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from programme_files import ONE_THEME, mistakes, only_mistake, plan, programme


def kickoff(at: str) -> str:
    return programme(f"kickoff:\n  at: {at}\n{ONE_THEME}")


def first_opens(at: str, zone: str = "Europe/Amsterdam", rest: str = "") -> str:
    return programme(f"sessions:\n  first_opens: {at}\n{rest}themes: [{{id: one, title: One}}]\n", zone)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("at", ["2020-11-17T13:15 CEST", "2020-11-17 13:15 CEST", '"2020-11-17T13:15 cest"'])
def test_the_zone_trap_names_cet_both_candidates_and_the_corrected_line(at: str) -> None:
    mistake = only_mistake(kickoff(at))
    assert (mistake.line, mistake.column) == (7, 7)
    for words in ("E-TZ-ABBR", "`13:15 CEST`", "CET", "11:15Z", "12:15Z"):
        assert words in mistake.what
    assert "`at: 2020-11-17T13:15`" in mistake.instead


def test_an_abbreviation_of_several_places_names_the_moments_of_all_of_them() -> None:
    # In July IST is kept in India and in Ireland.
    mistake = only_mistake(kickoff("2021-07-01T12:00 IST"))
    for moment in ("06:30Z", "11:00Z", "10:00Z"):
        assert moment in mistake.what


def test_a_candidate_on_another_day_is_named_with_its_date() -> None:
    assert "2020-11-16T23:15Z" in only_mistake(kickoff("2020-11-17T00:15 CET")).what


def test_an_abbreviation_that_nobody_uses_still_brings_the_corrected_line() -> None:
    mistake = only_mistake(kickoff("2020-11-17T13:15 XYZ"))
    assert "12:15Z" in mistake.what
    assert "`at: 2020-11-17T13:15`" in mistake.instead


@pytest.mark.parametrize(
    ("at", "local", "moment"),
    [
        ("2020-11-17T13:15+01:00", "13:15", "12:15Z"),
        ("2020-11-17T12:15Z", "13:15", "12:15Z"),
        ("2020-11-17T13:15+0200", "12:15", "11:15Z"),
        ("2020-11-17 07:15 UTC-5", "13:15", "12:15Z"),
        ("2020-11-17T12:15:00.000Z", "13:15", "12:15Z"),
    ],
)
def test_offsets_are_refused_with_the_local_time_that_they_mean(at: str, local: str, moment: str) -> None:
    mistake = only_mistake(kickoff(at))
    assert f"`at: 2020-11-17T{local}`" in mistake.instead
    assert moment in mistake.instead


@pytest.mark.parametrize(
    ("zone", "at", "valid"),
    [
        ("Europe/Amsterdam", "2021-03-28T02:30", ("2021-03-28T03:00", "2021-03-28T01:59")),
        ("America/New_York", "2021-03-14T02:00", ("2021-03-14T03:00", "2021-03-14T01:59")),
        ("Pacific/Apia", "2011-12-30T12:00", ("2011-12-31T00:00", "2011-12-29T23:59")),
        ("Australia/Lord_Howe", "2021-10-03T02:15", ("2021-10-03T02:30", "2021-10-03T01:59")),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_with_the_nearest_that_exist(
    zone: str, at: str, valid: tuple[str, str]
) -> None:
    mistake = only_mistake(first_opens(at, zone))
    assert "does not exist" in mistake.what
    assert all(time in mistake.instead for time in valid)


def test_a_time_that_the_clocks_show_twice_demands_a_choice() -> None:
    mistake = only_mistake(first_opens("2020-10-25T02:30"))
    assert "twice, at 00:30Z and at 01:30Z" in mistake.what
    assert "`first_opens: {at: 2020-10-25T02:30, clock: first}` or `clock: second`" in mistake.instead


@pytest.mark.parametrize(("clock", "moment"), [("first", "00:30"), ("second", "01:30")])
def test_the_choice_decides_which_of_the_two_is_meant(clock: str, moment: str) -> None:
    rest = f"sessions: {{first_opens: {{at: 2020-10-25T02:30, clock: {clock}}}}}\nthemes: [{{id: a, title: A}}]\n"
    assert plan(rest).sessions[0].opens_at == utc(f"2020-10-25T{moment}")


def test_a_choice_where_there_is_none_is_refused() -> None:
    assert "only once" in only_mistake(first_opens("{at: 2020-10-26T02:30, clock: first}")).what


def test_a_session_two_weeks_later_opens_at_nine_although_the_clocks_have_changed() -> None:
    rest = "sessions: {first_opens: 2020-10-19T09:00, every: P14D}\nthemes: [{id: a, title: A}, {id: b, title: B}]\n"
    first, second = plan(rest).sessions
    assert second.opens_at == utc("2020-11-02T08:00")
    assert second.opens_at - first.opens_at == timedelta(hours=337)


@pytest.mark.parametrize(
    ("zone", "first", "second"),
    [
        ("America/New_York", "2021-03-08T14:00", "2021-03-22T13:00"),
        ("Australia/Sydney", "2021-03-28T22:00", "2021-04-11T23:00"),
        ("Pacific/Fiji", "2020-12-13T21:00", "2020-12-27T20:00"),
        ("Africa/Maputo", "2021-03-22T07:00", "2021-04-05T07:00"),
    ],
)
def test_nine_stays_nine_in_every_zone(zone: str, first: str, second: str) -> None:
    from cop_bot.domain.wall_clock import local_time

    opens = local_time(utc(first), zone)
    rest = (
        f"sessions: {{first_opens: {opens:%Y-%m-%dT%H:%M}, days: 7, every: P2W}}\n"
        "themes: [{id: a, title: A}, {id: b, title: B}]\n"
    )
    sessions = plan(rest, zone).sessions
    assert [session.opens_at for session in sessions] == [utc(first), utc(second)]
    assert all(local_time(session.opens_at, zone).hour == 9 for session in sessions)


def test_a_calculated_opening_that_the_clocks_skip_is_refused_at_its_theme() -> None:
    rest = (
        "sessions: {first_opens: 2021-03-14T02:30, days: 14}\nthemes:\n  - {id: a, title: A}\n  - {id: b, title: B}\n"
    )
    mistake = only_mistake(programme(rest))
    assert (mistake.line, "`b` opens" in mistake.what) == (9, True)
    assert "2021-03-28T03:00" in mistake.instead


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("2026-11-31T09:00", "2026-11-30T09:00"),
        ("2021-02-29T09:00", "2021-02-28T09:00"),
        ("2020-11-23T25:00", "2020-11-23T23:00"),
        ("2020-11-23", "2020-11-23T09:00"),
        ("23-11-2020 09:00", "2020-11-23T09:00"),
        ("2020-11-23 9am", "2020-11-23T09:00"),
        ("2020-11-23T09h00", "2020-11-23T09:00"),
        ("2020-11-23 09.15", "2020-11-23T09:15"),
        ("2020-11-23T9:00", "2020-11-23T09:00"),
        ("23/11/2020 9h", "2020-11-23T09:00"),
        ("5/6/2020 09:00", "2020-06-05T09:00`, or `first_opens: 2020-05-06T09:00` if the month comes first"),
        ("2020-11-23 09:00 pm", "2020-11-23T09:00"),
        ("2020-11-23T09:00 Europe/Amsterdam", "2020-11-23T09:00"),
        ("[]", "2020-11-17T13:15"),
    ],
)
def test_other_ways_to_write_a_time_are_refused_with_the_right_one(line: str, better: str) -> None:
    assert f"first_opens: {better}" in only_mistake(first_opens(line)).instead


@pytest.mark.parametrize("year", ["1999", "2101", "0000", "9999"])
def test_years_of_no_programme_are_refused(year: str) -> None:
    assert only_mistake(first_opens(f"{year}-11-23T09:00")).line == 7


@pytest.mark.parametrize("foreign", ["0001-01-01T00:00 CET", "9999-12-31T23:59-10:00", "2100-12-31T23:59-99:99"])
def test_foreign_times_at_the_ends_of_the_calendar_are_refused_like_all_others(foreign: str) -> None:
    assert mistakes(first_opens(foreign))


def test_an_unquoted_23_59_is_a_time_and_not_1439_minutes() -> None:
    for written in ("23:59", '"23:59"', "'23:59'"):
        rest = f"sessions: {{first_opens: 2020-11-23T09:00, closes_at: {written}}}\nthemes: [{{id: a, title: A}}]\n"
        assert plan(rest).sessions[0].closes_at == utc("2020-12-06T23:00")


@pytest.mark.parametrize("written", ["24:00", '"24:00"'])
def test_24_00_is_refused_because_the_named_minute_still_belongs_to_the_session(written: str) -> None:
    mistake = only_mistake(first_opens("2020-11-23T09:00", rest=f"  closes_at: {written}\n"))
    assert (mistake.line, mistake.column) == (8, 14)
    assert "still belongs to the session" in mistake.what
    assert '`closes_at: "23:59"`' in mistake.instead


@pytest.mark.parametrize("written", ["1439", "23:59 CET", "23.59", "23:60", "[]", "noon"])
def test_what_is_no_minute_of_the_day_is_refused(written: str) -> None:
    assert "23:59" in only_mistake(first_opens("2020-11-23T09:00", rest=f"  closes_at: {written}\n")).instead


@pytest.mark.parametrize(
    ("zone", "better"),
    [
        ("CEST", "Europe/Amsterdam"),
        ("CET", "Europe/Amsterdam"),
        ("Europe/Amsterdm", "Europe/Amsterdam"),
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("Amsterdam", "Europe/Amsterdam"),
        ("New York", "America/New_York"),
        ("GMT+1", "Africa/Maputo"),
        ("Etc/GMT-1", "Africa/Maputo"),
        ("+01:00", "Africa/Maputo"),
        ("../../etc/passwd", "Africa/Maputo"),
        ("localtime", "Africa/Maputo"),
        ('"\\0"', "Africa/Maputo"),
    ],
)
def test_what_is_no_zone_of_a_place_is_refused_with_the_nearest(zone: str, better: str) -> None:
    mistake = only_mistake(programme(zone=zone))
    assert (mistake.line, mistake.column) == (4, 7)
    assert better in mistake.instead


def test_with_a_wrong_zone_all_other_mistakes_are_still_found() -> None:
    text = programme("sessions: {first_opens: 2026-11-31T09:00, dayz: 3}\nthemes: [{id: a, title: A}]\n", "CEST")
    assert [mistake.line for mistake in mistakes(text)] == [4, 6, 6]
