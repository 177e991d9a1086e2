"""Breaks: days on which no session may be open, as the programme file names them; a holiday is a break of one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Break:
    """Both ends are included. Days are those of the programme's zone."""

    begins: date
    ends: date
    why: str


def touched(breaks: Sequence[Break], first: date, last: date) -> Break | None:
    """The first break of which a day lies between these two, both included."""
    return next((pause for pause in breaks if first <= pause.ends and last >= pause.begins), None)


def after_breaks(opens: date, days: int, breaks: Sequence[Break]) -> tuple[date, Break | None]:
    """The same weekday on the first date after all breaks that a window of so many days would touch, and the last of
    them. `breaks` are in the order of their beginning.
    """
    moved = None
    for pause in breaks:
        if touched([pause], opens, opens + timedelta(days=days - 1)):
            opens += timedelta(weeks=(pause.ends - opens).days // 7 + 1)
            moved = pause
    return opens, moved
