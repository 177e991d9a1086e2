"""The calendar that a programme file amounts to, in words: every moment in several zones side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.plan import GatheringPlan, Plan, SessionPlan, Texts
from cop_bot.domain.wall_clock import local_time
from cop_bot.programme_file.zones import nearest_zone, what_is_wrong_with_zone

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_GATHERINGS = {"kickoff": "Kick-off", "plenary": "Plenary"}


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One moment: `what` happens to `of`, a gathering or session, `at` (UTC); `times` are in the order of the zones."""

    of: str
    what: str
    at: datetime
    times: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CalendarText:
    """The calendar: the programme's zone, UTC and the zones asked for; the rows from the kick-off to the plenary."""

    zones: tuple[str, ...]
    rows: tuple[CalendarRow, ...]


def calendar_text(plan: Plan, zones: Sequence[str] = ()) -> CalendarText:
    """The calendar of a plan in its own zone, in UTC and in these zones.

    A session closes *after* the minute that is shown: that minute still belongs to it.

    Raises OperatorMistake for a zone that is none.
    """
    for zone in zones:
        if problem := what_is_wrong_with_zone(zone):
            better = nearest_zone(zone) or "Europe/Amsterdam"
            raise OperatorMistake(f"--zone: {problem}, write `--zone {better}`")
    all_zones = tuple(dict.fromkeys((plan.zone, "UTC", *zones)))
    return CalendarText(all_zones, tuple(_rows(plan, all_zones)))


def written(moment: datetime, zone: str) -> str:
    """The moment as clocks in the zone show it: `Mon 2020-11-23 09:00`, in UTC with a Z behind it."""
    local = local_time(moment, zone)
    return f"{_WEEKDAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}{'Z' if zone == 'UTC' else ''}"


def in_one_language(texts: Texts, languages: Sequence[str]) -> str:
    """The words in the first of these languages that there is, else in any."""
    return next((texts[code] for code in languages if code in texts), next(iter(texts.values()), ""))


def _rows(plan: Plan, zones: tuple[str, ...]) -> Iterator[CalendarRow]:
    def row(of: str, what: str, at: datetime, shown: datetime | None = None, note: str = "") -> CalendarRow:
        times = tuple(written(at if shown is None else shown, zone) for zone in zones)
        return CalendarRow(of, what, at, times, note)

    for gathering in plan.gatherings:
        if gathering.kind == "kickoff":
            yield from (row(*line) for line in _gathering_lines(gathering))
    for number, session in enumerate(plan.sessions, start=1):
        name = f"{number} {in_one_language(session.title, plan.settings.working_languages)}"
        moved = f"moved by the break ({session.moved_because})" if session.moved_because else ""
        yield row(name, "opens", session.opens_at, note=moved)
        yield from (row(name, what, at) for what, at in _reminder_lines(session))
        yield row(name, "closes after", session.closes_at, session.closes_at - timedelta(minutes=1))
    for gathering in plan.gatherings:
        if gathering.kind == "plenary":
            yield from (row(*line) for line in _gathering_lines(gathering))


def _gathering_lines(gathering: GatheringPlan) -> Iterator[tuple[str, str, datetime]]:
    name = _GATHERINGS[gathering.kind]
    yield from ((name, "announced", at) for at in gathering.announce_at)
    yield name, "begins", gathering.starts_at
    if gathering.ends_at is not None:
        yield name, "ends", gathering.ends_at


def _reminder_lines(session: SessionPlan) -> Iterator[tuple[str, datetime]]:
    for reminder in session.reminders:
        whom = " to all" if reminder.to == "all" else ""
        yield f"reminder{whom} ({reminder.rule})", reminder.at
