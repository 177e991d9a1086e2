"""What `cop check` says of a programme that is in order, and what it refuses because nobody keeps it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cop_bot.programme_file.checking import check_command

BEFORE = datetime(2020, 1, 1, tzinfo=UTC)


def checked(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    path = tmp_path / "cop.yaml"
    path.write_text(text)
    status = check_command(path, plain=True, now=BEFORE)
    return status, capsys.readouterr().out


ORDER = """cop: 1
id: order
title: “Power”
zone: Europe/Amsterdam
platform: {channel: "#x"}
kickoff: {at: 2027-12-25T13:15}
sessions: {first_opens: 2027-11-27T03:00}
themes:
  - {id: a, title: A}
  - {id: a1, title: A}
membership: {email_seat: true}
"""


@pytest.mark.parametrize(
    "remark",
    [
        "line 3: the curly quotes",
        "no facilitator is named",
        "`a1` and `a` have the same title",
        "`a` opens at 03:00, when most people in Europe/Amsterdam sleep",
        "`a` opens on a Saturday (2027-11-27), a weekend",
        "the kickoff is on 2027-12-25, a holiday in Europe/Amsterdam (Christmas Day)",
        "`membership` does nothing yet",
    ],
)
def test_it_is_said_before_in_order_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], remark: str) -> None:
    status, printed = checked(tmp_path, ORDER, capsys)
    assert status == 0
    (line,) = [line for line in printed.splitlines() if remark in line]
    assert line.startswith("Note: ")
    assert printed.rstrip().endswith("is in order.")


@pytest.mark.parametrize(
    "keys",
    [
        "privacy: {anonymous: allowed}",
        "privacy: {quote: ask}",
        "privacy: {quote: no}",
        "privacy: {consent: ask}",
        "membership: {join: approval}",
    ],
)
def test_a_promise_that_nobody_keeps_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], keys: str) -> None:
    status, printed = checked(tmp_path, ORDER.replace("membership: {email_seat: true}", keys), capsys)
    assert status == 2
    assert "promises people something" in printed
    assert "is in order" not in printed


@pytest.mark.parametrize(
    "keys", ["privacy: {anonymous: never, quote: yes, consent: notice}", "membership: {join: open}"]
)
def test_what_is_so_anyway_may_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], keys: str) -> None:
    status, _ = checked(tmp_path, ORDER.replace("membership: {email_seat: true}", keys), capsys)
    assert status == 0


def test_themes_as_plain_text_are_told_how_to_write_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ORDER[: ORDER.index("  - {id: a,")] + "  - Trust\n  - Money: who decides\n"
    status, printed = checked(tmp_path, text, capsys)
    assert status == 2
    assert 'write `- {id: trust, title: "Trust"}`' in printed
    assert 'write `- {id: money-who-decides, title: "Money: who decides"}`' in printed


def test_blanks_that_only_look_like_blanks_are_named_where_they_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, printed = checked(tmp_path, ORDER.replace("  - {id: a,", "\u00a0 - {id: a,"), capsys)
    assert status == 2
    assert ":9:2 a non-breaking blank" in printed


def test_an_agenda_that_is_too_long_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plenary = "plenary:\n  at: 2028-04-20T09:00\n  until: 2028-04-20T10:00\n  agenda:\n"
    parts = "    - {minutes: 50, title: Welcome}\n    - {minutes: 40, title: World}\n"
    _, printed = checked(tmp_path, ORDER + plenary + parts, capsys)
    assert "takes 90 minutes, and there are 60" in printed


def test_a_reminder_that_reaches_nobody_somewhere_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weekend = ORDER.replace(
        "sessions: {first_opens: 2027-11-27T03:00}",
        "sessions: {first_opens: 2027-11-27T09:00, days: 2, remind: [{before: PT12H}]}",
    )
    _, printed = checked(tmp_path, weekend, capsys)
    assert "the reminder `before PT12H` of `a` reaches nobody in Europe/Amsterdam" in printed
