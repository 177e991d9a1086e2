"""What falls due in a programme: each thing says when, what is to be done then, and how it moves with the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol

from cop_bot.domain import wall_clock


class Do(IntEnum):
    """What to do; at the same moment a session closes before the next one opens."""

    CLOSE = 1
    OPEN = 2
    ANNOUNCE = 3
    REMIND = 4


@dataclass(frozen=True, slots=True)
class Move:
    """How far a shift moves things, in days on the wall clock of `zone`.

    `sessions`: session id -> days, for those that move; `all_after`: for what comes after the last of them. `why`:
    session id -> the break after which it opens now.
    """

    zone: str
    now: datetime
    sessions: Mapping[int | None, int]
    all_after: int
    why: Mapping[int | None, str]

    def of(self, moment: datetime, days: int) -> datetime:
        """The moment so many days later at which clocks show the same time."""
        return wall_clock.shift(moment, self.zone, days)


class Scheduled(Protocol):
    """Something of a programme that falls due."""

    def falls_due(self) -> Sequence[Due]:
        """What is still to come of it, in its order; nothing when it is over."""

    def shift(self, move: Move) -> None:
        """Everything that is still to come moves."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is to be done at a moment (programme time)."""

    at: datetime
    do: Do
    subject: Scheduled
