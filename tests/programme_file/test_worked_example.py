"""The example that ships, against the calendar that a person computed from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cop_bot.domain.plan import Plan
from cop_bot.programme_file.reading import examine, read_programme

EXAMPLES = Path(__file__).parents[2] / "examples"


def shifting_the_power() -> Plan:
    path = EXAMPLES / "shifting-the-power.yaml"
    return read_programme(path.read_bytes(), path.name)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_five_sessions_open_at_nine_in_amsterdam_and_the_break_is_respected() -> None:
    opened = [session.opens_at for session in shifting_the_power().sessions]
    days = ("2020-11-23", "2020-12-07", "2021-01-04", "2021-01-18", "2021-02-01")
    assert opened == [utc(f"{day}T08:00") for day in days]


def test_each_session_closes_when_the_minute_23_59_of_its_fourteenth_day_is_over() -> None:
    closed = [session.closes_at for session in shifting_the_power().sessions]
    days = ("2020-12-06", "2020-12-20", "2021-01-17", "2021-01-31", "2021-02-14")
    assert closed == [utc(f"{day}T23:00") for day in days]


def test_only_the_third_session_was_moved_by_the_year_end() -> None:
    reasons = [session.moved_because for session in shifting_the_power().sessions]
    assert reasons == [None, None, "year end", None, None]


def test_the_kick_off_begins_at_12_15_utc_and_is_announced_three_times_before() -> None:
    kickoff = shifting_the_power().gatherings[0]
    assert (kickoff.kind, kickoff.starts_at, kickoff.ends_at) == (
        "kickoff",
        utc("2020-11-17T12:15"),
        utc("2020-11-17T14:00"),
    )
    assert kickoff.announce_at == (utc("2020-11-03T12:15"), utc("2020-11-15T12:15"), utc("2020-11-17T11:15"))
    assert kickoff.where == "Zoom"


def test_the_plenary_begins_at_12_15_utc_in_february() -> None:
    plenary = shifting_the_power().gatherings[1]
    assert (plenary.kind, plenary.starts_at) == ("plenary", utc("2021-02-25T12:15"))


def test_quiet_members_are_reminded_midway_two_days_and_twelve_hours_before_the_close() -> None:
    first = shifting_the_power().sessions[0]
    assert [(reminder.rule, reminder.to) for reminder in first.reminders] == [
        ("midway", "quiet"),
        ("before P2D", "quiet"),
        ("before PT12H", "quiet"),
    ]
    assert [reminder.at for reminder in first.reminders] == [
        utc("2020-11-30T03:30"),
        utc("2020-12-04T23:00"),
        utc("2020-12-06T11:00"),
    ]


def test_titles_questions_and_resources_are_kept_in_their_languages() -> None:
    plan = shifting_the_power()
    assert plan.title == {"en": "CoP on Shifting the Power", "nl": "CoP Macht verschuiven"}
    assert set(plan.sessions[0].questions[0]) == {"en", "nl", "fr"}
    assert plan.sessions[3].resources[0].url == "https://www.partos.nl/"


def test_the_settings_say_what_the_example_says() -> None:
    plan = shifting_the_power()
    assert (plan.slug, plan.zone, plan.channel, plan.platform) == (
        "shifting-the-power",
        "Europe/Amsterdam",
        "#cop-power",
        None,
    )
    assert plan.facilitators == ("facilitator@example.org",)
    assert plan.settings.interface_languages == ("en", "nl", "da", "fr")
    assert plan.settings.summary.languages == ("en", "fr")
    assert (plan.settings.keep, plan.settings.ai) == (timedelta(days=730), True)


def test_the_shipped_examples_contain_only_what_the_bot_acts_on_and_need_no_remark() -> None:
    for path in sorted(EXAMPLES.glob("*.yaml")):
        reading = examine(path.read_bytes(), path.name)
        assert (reading.plan.not_acted_on, reading.remarks) == ((), ()), path.name


def test_the_minimal_example_runs_three_sessions_of_two_weeks_one_after_the_other() -> None:
    path = EXAMPLES / "minimal.yaml"
    plan = read_programme(path.read_bytes(), path.name)
    assert [session.opens_at for session in plan.sessions] == [
        utc(f"{day}T07:00") for day in ("2027-02-01", "2027-02-15", "2027-03-01")
    ]
    assert plan.sessions[0].closes_at == utc("2027-02-14T22:00")


def test_the_same_content_has_the_same_digest_and_a_changed_one_another() -> None:
    content = (EXAMPLES / "minimal.yaml").read_text(encoding="utf-8")
    first, again = read_programme(content, "a"), read_programme(content.encode(), "b")
    assert first.digest == again.digest
    assert read_programme(content + "# later\n", "a").digest != first.digest
