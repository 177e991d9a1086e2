"""`cop check`, as it is printed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from programme_files import programme

from cop_bot.domain.errors import OperatorMistake
from cop_bot.programme_file.calendar_text import calendar_text
from cop_bot.programme_file.checking import check_command
from cop_bot.programme_file.reading import content_of, read_programme

EXAMPLE = Path(__file__).parents[2] / "examples" / "shifting-the-power.yaml"
BEFORE = datetime(2020, 11, 1, tzinfo=UTC)


def test_the_example_prints_its_calendar_in_all_zones(capsys: pytest.CaptureFixture[str]) -> None:
    status = check_command(EXAMPLE, ["Pacific/Fiji", "Africa/Maputo"], plain=True, now=BEFORE)
    lines = capsys.readouterr().out.splitlines()
    assert status == 0
    assert lines[3].split() == ["Europe/Amsterdam", "UTC", "Pacific/Fiji", "Africa/Maputo"]
    begins = "begins Tue 2020-11-17 13:15 Tue 2020-11-17 12:15Z Wed 2020-11-18 00:15 Tue 2020-11-17 14:15"
    assert begins.split() in [line.split() for line in lines]
    opened = [line for line in lines if line.startswith("  opens")]
    assert [line.split()[5:7] for line in opened] == [
        [day, "08:00Z"] for day in ("2020-11-23", "2020-12-07", "2021-01-04", "2021-01-18", "2021-02-01")
    ]
    assert [line.endswith("moved by the break (year end)") for line in opened] == [False, False, True, False, False]
    assert lines[-1] == f"{EXAMPLE} is in order."


def test_a_session_is_shown_to_close_after_its_last_minute() -> None:
    calendar = calendar_text(read_programme(content_of(EXAMPLE), "x"))
    close = next(row for row in calendar.rows if row.what == "closes after")
    assert close.times == ("Sun 2020-12-06 23:59", "Sun 2020-12-06 22:59Z")
    assert close.at == datetime(2020, 12, 6, 23, tzinfo=UTC)


def test_kick_off_and_plenary_are_shown_with_their_announcements() -> None:
    calendar = calendar_text(read_programme(content_of(EXAMPLE), "x"), ["Africa/Kampala", "America/Tegucigalpa"])
    kickoff = [row for row in calendar.rows if row.of == "Kick-off"]
    assert [row.what for row in kickoff] == ["announced", "announced", "announced", "begins", "ends"]
    assert kickoff[3].times[2:] == ("Tue 2020-11-17 15:15", "Tue 2020-11-17 06:15")
    assert [row.what for row in calendar.rows if row.of == "Plenary"][-2:] == ["begins", "ends"]


def test_a_wrong_file_prints_every_mistake_with_its_place_and_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cop.yaml"
    path.write_text(programme("kickoff:\n  at: 2020-11-17T13:15 CEST\nsesions: {}\nthemes: []\n"))
    assert check_command(path, plain=True) == 2
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0] for line in lines] == [f"{path}:7:7", f"{path}:8:1", f"{path}:9:9"]


def test_what_is_not_acted_on_yet_and_what_lies_in_the_past_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cop.yaml"
    path.write_text(programme() + "membership: {join: open}\noutputs: [html]\n")
    assert check_command(path, plain=True, now=datetime(2026, 1, 1, tzinfo=UTC)) == 0
    printed = capsys.readouterr().out
    assert "Note: `membership` does nothing yet.\nNote: `outputs` does nothing yet.\n" in printed
    assert "all sessions lie in the past" in printed


def test_markup_in_a_title_is_shown_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cop.yaml"
    path.write_text(programme().replace("A small programme", '"[red]A[/red] :smile:"'))
    assert check_command(path, now=BEFORE) == 0
    assert "[red]A[/red] :smile:" in capsys.readouterr().out


@pytest.mark.parametrize("zone", ["CET", "Europe/Amsterdm"])
def test_a_zone_that_is_none_is_refused_with_the_nearest(zone: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_command(EXAMPLE, [zone], plain=True) == 2
    assert "write `--zone Europe/Amsterdam`" in capsys.readouterr().out


def test_a_file_that_is_not_there_or_is_a_folder_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_command(tmp_path / "none.yaml", plain=True) == 2
    assert check_command(tmp_path, plain=True) == 2
    assert [line.split(" can't be read: ")[0] for line in capsys.readouterr().out.splitlines()] == [
        str(tmp_path / "none.yaml"),
        str(tmp_path),
    ]


def test_a_file_of_any_size_is_read_no_further_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    assert len(content_of(path)) == 1024 * 1024 + 1
    with pytest.raises(OperatorMistake, match="larger than 1 MiB"):
        read_programme(content_of(path), str(path))
