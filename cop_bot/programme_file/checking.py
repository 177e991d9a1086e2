"""`cop check`: a programme file judged, and the calendar that it amounts to, on the terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.plan import Plan
from cop_bot.programme_file.advice import advice
from cop_bot.programme_file.calendar_text import CalendarRow, CalendarText, calendar_text, in_one_language
from cop_bot.programme_file.mistakes import ProgrammeFileMistakes
from cop_bot.programme_file.programme import schema
from cop_bot.programme_file.reading import Reading, content_of, examine

if TYPE_CHECKING:
    from rich.console import Console


def check_command(path: Path, zones: Sequence[str] = (), plain: bool = False, now: datetime | None = None) -> int:
    """Prints the calendar of a programme file in its zone, in UTC and in `zones`, or all its mistakes.

    `plain`: no colour, and one line a moment however narrow the terminal is, as when the output goes to a file. `now`
    (aware) is only for remarks. Returns the exit status: 0, or 2 for mistakes.
    """
    from rich.console import Console

    # Folded lines could not be found by an editor or a script.
    console = Console(no_color=plain, soft_wrap=True, markup=False, emoji=False, highlight=False)
    try:
        reading = examine(content_of(path), str(path))
        if reading.promises:
            raise ProgrammeFileMistakes(str(path), reading.promises)
        calendar = calendar_text(reading.plan, zones)
    except OperatorMistake as mistake:
        console.print(str(mistake))
        return 2
    _print_heading(console, reading.plan, plain)
    _print_calendar(console, calendar, plain)
    for remark in _remarks(reading, zones, now or datetime.now(UTC)):
        console.print(remark, style=None if plain else "yellow")
    console.print(f"{path} is in order.", style=None if plain else "green")
    return 0


def schema_text() -> str:
    """The JSON Schema of programme files as `cop check --schema` prints it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _print_heading(console: Console, plan: Plan, plain: bool) -> None:
    title = in_one_language(plan.title, plan.settings.working_languages)
    number = len(plan.sessions)
    console.print(title, style=None if plain else "bold")
    console.print(f"{plan.slug} · {plan.channel} · {number} session{'s' * (number != 1)} · {plan.zone}\n")


def _remarks(reading: Reading, zones: Sequence[str], now: datetime) -> list[str]:
    remarks = [f"Note: {remark}." for remark in (*reading.remarks, *advice(reading.plan, zones))]
    if all(session.closes_at <= now for session in reading.plan.sessions):
        remarks.append("Note: all sessions lie in the past; only a rehearsal can play this programme.")
    return remarks


def _print_calendar(console: Console, calendar: CalendarText, plain: bool) -> None:
    widths = [max(len(row.what) for row in calendar.rows) + 2, *map(len, calendar.zones)]
    for row in calendar.rows:
        widths[1:] = (max(width, len(time)) for width, time in zip(widths[1:], row.times, strict=True))
    is_narrow = not plain and console.is_terminal and sum(widths) + 2 * len(widths) > console.width
    if not is_narrow:
        console.print(_line(["", *calendar.zones], widths), style=None if plain else "dim")
    of = ""
    for row in calendar.rows:
        if row.of != of:
            of = row.of
            console.print(of, style=None if plain else "bold cyan")
        for line in _stacked(row, calendar.zones, widths[0]) if is_narrow else [_aside(row, widths)]:
            console.print(line)
    console.print()


def _aside(row: CalendarRow, widths: Sequence[int]) -> str:
    """The moment in one line, its zones side by side."""
    return _line([f"  {row.what}", *row.times, row.note], [*widths, 0])


def _stacked(row: CalendarRow, zones: Sequence[str], width: int) -> list[str]:
    """The moment in one line a zone, for a narrow terminal."""
    whats = [f"  {row.what}", *[""] * (len(zones) - 1)]
    notes = [row.note, *[""] * (len(zones) - 1)]
    lines = zip(whats, row.times, zones, notes, strict=True)
    return [_line([what, time, zone, note], [width, 0, 0, 0]) for what, time, zone, note in lines]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
