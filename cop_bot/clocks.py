"""The clocks: one that everybody has on the wall, one for rehearsals, one that is stepped by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cop_bot.domain.anchor import Anchor


class WallClock:
    """Production: the programme's time is the wall's."""

    def now(self) -> datetime:
        """The programme's time."""
        return datetime.now(UTC)

    def wall(self) -> datetime:
        """The wall's time."""
        return datetime.now(UTC)

    def at(self, wall: datetime) -> datetime:
        """The programme's time at a moment of the wall clock."""
        return wall

    def wall_at(self, now: datetime) -> datetime:
        """The wall's time at a moment of the programme."""
        return now


@dataclass(frozen=True, slots=True)
class RehearsalClock:
    """The programme's time was `programme_start` when the wall showed `wall_start`; it runs `speed` times faster."""

    programme_start: datetime
    wall_start: datetime
    speed: float

    @classmethod
    def anchored(cls, anchor: Anchor) -> RehearsalClock:
        """The clock of a rehearsal, as its database keeps it."""
        if anchor.programme_start is None or anchor.wall_start is None:
            raise ValueError("this database is no rehearsal's")
        return cls(anchor.programme_start, anchor.wall_start, anchor.speed)

    def now(self) -> datetime:
        """The programme's time."""
        return self.at(self.wall())

    def wall(self) -> datetime:
        """The wall's time."""
        return datetime.now(UTC)

    def at(self, wall: datetime) -> datetime:
        """The programme's time at a moment of the wall clock."""
        return self.programme_start + (wall - self.wall_start) * self.speed

    def wall_at(self, now: datetime) -> datetime:
        """The wall's time at a moment of the programme."""
        return self.wall_start + (now - self.programme_start) / self.speed


@dataclass(slots=True)
class SteppedClock:
    """A clock that stands still until it is stepped: for the demo, which has no time to wait."""

    moment: datetime

    def now(self) -> datetime:
        """The programme's time."""
        return self.moment

    def wall(self) -> datetime:
        """The wall's time, here the same."""
        return self.moment

    def at(self, wall: datetime) -> datetime:
        """The programme's time at a moment of the wall clock."""
        return wall

    def wall_at(self, now: datetime) -> datetime:
        """The wall's time at a moment of the programme."""
        return now

    def step_to(self, moment: datetime) -> None:
        """It is this moment now; never an earlier one than before."""
        self.moment = max(self.moment, moment)
