"""When sessions open and close: breaks, themes with times of their own, overlaps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from programme_files import mistakes, only_mistake, plan, programme

from cop_bot.programme_file.reading import examine


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sessions(*themes: str, usual: str = "first_opens: 2020-11-23T09:00") -> str:
    lines = "".join(f"  - {{{theme}}}\n" for theme in themes)
    return f"sessions: {{{usual}}}\nthemes:\n{lines}"


def opened(rest: str) -> list[str]:
    return [f"{session.opens_at:%Y-%m-%dT%H:%M}" for session in plan(rest).sessions]


A, B, C = "id: a, title: A", "id: b, title: B", "id: c, title: C"


def test_a_session_whose_window_touches_a_break_waits_for_the_same_weekday_after_it() -> None:
    rest = sessions(A, B, C, usual="first_opens: 2020-12-01T09:00, breaks: [{from: 2020-12-24, to: 2020-12-26}]")
    assert opened(rest) == ["2020-12-01T08:00", "2020-12-29T08:00", "2021-01-12T08:00"]
    assert [session.moved_because for session in plan(rest).sessions] == [None, "break", None]


def test_a_session_that_ends_on_the_eve_of_a_break_stays() -> None:
    rest = sessions(A, usual="first_opens: 2020-12-01T09:00, breaks: [{from: 2020-12-15, to: 2020-12-26}]")
    assert opened(rest) == ["2020-12-01T08:00"]


def test_breaks_in_any_order_and_within_each_other_are_all_passed() -> None:
    breaks = (
        "[{from: 2021-01-10, to: 2021-01-11}, {from: 2020-12-01, to: 2020-12-31}, {from: 2020-12-05, to: 2020-12-06}]"
    )
    rest = sessions(A, usual=f"first_opens: 2020-11-30T09:00, breaks: {breaks}")
    assert opened(rest) == ["2021-01-18T08:00"]


def test_a_theme_may_have_opening_and_length_of_its_own_and_the_next_follows_from_there() -> None:
    rest = sessions(A, f"{B}, opens: 2020-12-14T15:00, days: 7", C)
    assert opened(rest) == ["2020-11-23T08:00", "2020-12-14T14:00", "2020-12-28T14:00"]
    assert plan(rest).sessions[1].closes_at == utc("2020-12-20T23:00")


def test_a_theme_may_have_a_close_of_its_own_and_its_minute_still_counts() -> None:
    assert plan(sessions(f"{A}, closes: 2020-12-01T17:00")).sessions[0].closes_at == utc("2020-12-01T16:01")


def test_times_of_its_own_stand_in_a_break_and_are_only_remarked() -> None:
    usual = "first_opens: 2020-11-23T09:00, breaks: [{from: 2020-12-21, to: 2021-01-03, why: year end}]"
    rest = sessions(f"{A}, opens: 2020-12-22T09:00, days: 3", usual=usual)
    reading = examine(programme(rest), "cop.yaml")
    assert reading.plan.sessions[0].opens_at == utc("2020-12-22T08:00")
    assert reading.remarks == ("`a` is open during the break (year end)",)


def test_without_a_rhythm_every_theme_says_its_own_times() -> None:
    rest = f"themes:\n  - {{{A}, opens: 2020-11-23T09:00}}\n  - {{{B}, opens: 2020-12-07T09:00}}\n"
    assert opened(rest) == ["2020-11-23T08:00", "2020-12-07T08:00"]


def test_a_theme_without_any_opening_is_a_mistake_at_the_theme() -> None:
    mistake = only_mistake(programme(f"themes:\n  - {{{A}}}\n"))
    assert (mistake.line, mistake.column) == (7, 5)
    assert "first_opens" in mistake.instead


def test_the_plan_is_in_order_of_opening_whatever_the_order_of_the_file() -> None:
    rest = sessions(f"{A}, opens: 2021-03-01T09:00", f"{B}, opens: 2020-12-07T09:00")
    assert [session.slug for session in plan(rest).sessions] == ["b", "a"]


def test_overlapping_sessions_are_refused_with_the_first_opening_that_is_free() -> None:
    mistake = only_mistake(programme(sessions(A, f"{B}, opens: 2020-12-06T23:59")))
    assert (mistake.line, mistake.column) == (9, 30)
    assert "while `a` is open until 2020-12-06T23:59" in mistake.what
    assert "`opens: 2020-12-07T23:59`" in mistake.instead


def test_a_session_may_open_in_the_minute_after_the_close_of_another() -> None:
    assert len(plan(sessions(A, f"{B}, opens: 2020-12-07T00:00")).sessions) == 2


def test_a_session_within_a_longer_one_is_refused_even_when_another_lies_between() -> None:
    long = f"{A}, opens: 2020-11-01T09:00, closes: 2021-02-01T09:00"
    found = mistakes(
        programme(sessions(long, f"{B}, opens: 2020-11-05T09:00, days: 2", f"{C}, opens: 2020-12-05T09:00"))
    )
    assert [mistake.line for mistake in found] == [9, 10]


def test_a_rhythm_that_is_too_quick_is_noted_once() -> None:
    mistake = only_mistake(programme(sessions(A, B, C, usual="first_opens: 2020-11-23T09:00, every: P13D")))
    assert (mistake.line, mistake.column) == (6, 50)
    assert "`every: P14D`" in mistake.instead


def test_a_session_may_be_shorter_than_the_rhythm() -> None:
    rest = sessions(A, B, usual="first_opens: 2020-11-23T09:00, days: 5, every: P2W")
    assert opened(rest) == ["2020-11-23T08:00", "2020-12-07T08:00"]


def test_closes_before_opens_is_refused_at_the_close() -> None:
    mistake = only_mistake(programme(sessions(f"{A}, opens: 2020-11-23T09:00, closes: 2020-11-23T08:59")))
    assert (mistake.line, mistake.column) == (8, 56)
    assert "before it opens 2020-11-23T09:00" in mistake.what


def test_a_close_and_days_together_are_refused() -> None:
    assert "no `days` besides" in only_mistake(programme(sessions(f"{A}, closes: 2020-12-01T09:00, days: 3"))).what


def test_a_session_of_one_day_that_would_close_before_it_opens_is_refused() -> None:
    usual = 'first_opens: 2020-11-23T09:00, days: 1, closes_at: "08:00"'
    assert "before it opens" in only_mistake(programme(sessions(A, usual=usual))).what


@pytest.mark.parametrize("days", ["0", "367", "-1", "1.5", "1e3", '"14"', "0x10", "two weeks", "1_4", "[14]", "٣"])
def test_days_are_whole_numbers_from_1_to_366(days: str) -> None:
    mistake = only_mistake(programme(sessions(A, usual=f"first_opens: 2020-11-23T09:00, days: {days}")))
    assert "whole number from 1 to 366" in mistake.what


@pytest.mark.parametrize(
    ("every", "better"),
    [("14d", "P14D"), ("2 weeks", "P2W"), ("PT336H", "P14D"), ("P0D", "P14D"), ("P", "P14D"), ("P1Y", "P14D")],
)
def test_the_rhythm_is_a_duration_in_days_or_weeks(every: str, better: str) -> None:
    mistake = only_mistake(programme(sessions(A, usual=f"first_opens: 2020-11-23T09:00, every: {every}")))
    assert f"`{better}`" in mistake.instead


def test_a_wrong_length_brings_no_further_complaints_about_windows() -> None:
    text = programme(sessions(A, f"{B}, opens: 2020-11-25T09:00", usual="first_opens: 2020-11-23T09:00, days: many"))
    assert "days" in only_mistake(text).what


def test_a_wrong_opening_brings_no_complaints_about_the_themes_that_are_counted_from_it() -> None:
    rest = sessions(A, f"{B}, opens: 2021-13-01T09:00", C, "id: d, title: D, opens: 2020-12-22T09:00")
    assert [mistake.line for mistake in mistakes(programme(rest))] == [9]


def test_reminders_count_days_on_the_wall_clock_and_hours_as_they_pass() -> None:
    usual = "first_opens: 2020-10-19T09:00, days: 7, remind: [{before: P1D}, {before: PT24H, to: all}]"
    first, second = plan(sessions(A, usual=usual)).sessions[0].reminders
    # The clocks go back on 25 October: that day has 25 hours.
    assert (first.at, second.at) == (utc("2020-10-24T22:00"), utc("2020-10-24T23:00"))
    assert second.to == "all"


def test_the_reminder_at_the_opening_is_the_opening_post_itself() -> None:
    assert plan(sessions(A, usual="first_opens: 2020-11-23T09:00, remind: [{at: open}]")).sessions[0].reminders == ()


def test_a_reminder_before_the_opening_is_refused_once() -> None:
    text = programme(sessions(A, B, usual="first_opens: 2020-11-23T09:00, remind: [{before: P14D}]"))
    assert "not after the opening of `a`" in only_mistake(text).what


@pytest.mark.parametrize("rule", ["{}", "{to: quiet}", "{at: open, before: P2D}"])
def test_a_reminder_has_either_a_point_or_a_distance(rule: str) -> None:
    text = programme(sessions(A, usual=f"first_opens: 2020-11-23T09:00, remind: [{rule}]"))
    assert "either `at` or `before`" in only_mistake(text).what


def test_gatherings_are_announced_two_days_and_an_hour_before_by_default() -> None:
    rest = "plenary: {at: 2021-03-29T09:00}\n" + sessions(A)
    plenary = plan(rest).gatherings[0]
    # Two days before, on the wall clock, lies beyond the change to summer time.
    assert plenary.announce_at == (utc("2021-03-27T08:00"), utc("2021-03-29T06:00"))
    assert plenary.ends_at is None


def test_gatherings_say_where_they_are() -> None:
    where = 'where: {kind: zoom, place: Room 3, url: "https://meet.example.org/x"}, invite: {send: []}'
    gathering = plan(f"kickoff: {{at: 2020-11-17T13:15, {where}}}\n" + sessions(A)).gatherings[0]
    assert (gathering.where, gathering.url) == ("Room 3, Zoom", "https://meet.example.org/x")
    assert gathering.announce_at == ()


def test_a_gathering_that_ends_before_it_begins_is_refused() -> None:
    text = programme("kickoff: {at: 2020-11-17T13:15, until: 2020-11-17T13:00}\n" + sessions(A))
    assert "not after `at`" in only_mistake(text).what


def test_a_plenary_before_the_last_close_and_a_late_kick_off_are_remarked() -> None:
    rest = "kickoff: {at: 2020-11-24T09:00}\nplenary: {at: 2020-12-01T09:00}\n" + sessions(A)
    assert examine(programme(rest), "x").remarks == (
        "a session opens before the kick-off",
        "the plenary begins before the last session has closed",
    )


def test_keep_may_be_in_years_and_months() -> None:
    for written, days in (("P2Y", 730), ("P6M", 180), ("P90D", 90)):
        assert plan(sessions(A) + f"privacy: {{keep: {written}}}\n").settings.keep == timedelta(days=days)
