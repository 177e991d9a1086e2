"""The end of the demo: what the record holds now, and where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.table import Table
from sqlalchemy import func, select
from sqlmodel import col

from cop_bot.demo.stage import Stage
from cop_bot.domain.columns import known
from cop_bot.domain.programme import in_language
from cop_bot.domain.reminder import Reminded, Reminder, Skip
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.usecases.programme.show_programme import counts

_NOT_SKIPPED = ("sent", Skip.NOT_A_PERSON.value)


async def show_report(ports: Ports, stage: Stage, timetable: Timetable, made: Sequence[Path]) -> None:
    """A table of the themes, and the paths of what was made."""
    stage.heading("What the record holds now")
    contributed = await counts(ports, timetable)
    outcomes = await _outcomes(ports, known(timetable.programme.id))
    table = Table(box=box.ASCII if stage.plain else box.SIMPLE_HEAVY, expand=True)
    table.add_column("Theme", ratio=5)
    table.add_column("Contributions", justify="right")
    table.add_column("People", justify="right")
    table.add_column("Reminders sent", justify="right")
    table.add_column("Not sent, and why", ratio=4)
    for session in timetable.sessions:
        many, people = contributed[known(session.id)]
        came = outcomes.get(known(session.id), Counter())
        skipped = ", ".join(f"{count} {why}" for why, count in sorted(came.items()) if why not in _NOT_SKIPPED)
        title = f"{session.position} {in_language(session.title, 'en')}"
        table.add_row(title, str(many), str(people), str(came["sent"]), skipped)
    stage.console.print(table)
    for path in made:
        stage.console.print(str(path), soft_wrap=True)
    stage.console.print(
        f"\nEvery contribution as JSON: COP_DATABASE_URL=sqlite:///{made[0]} cop export", soft_wrap=True
    )


async def _outcomes(ports: Ports, programme_id: int) -> dict[int, Counter[str]]:
    """How often reminders came to what, by session."""
    wanted = (
        select(col(Reminder.session_id), col(Reminded.outcome), func.count())
        .join(Reminded, col(Reminded.reminder_id) == col(Reminder.id))
        .where(col(Reminder.programme_id) == programme_id)
        .group_by(col(Reminder.session_id), col(Reminded.outcome))
    )
    found: dict[int, Counter[str]] = {}
    async with ports.reading() as unit:
        for session_id, outcome, count in await unit.execute(wanted):
            found.setdefault(session_id, Counter())[outcome] = count
    return found
