"""A clock that is moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""A Monday morning, an hour before the first session of `community.programme` opens."""


class HandClock:
    """The programme's time and the wall's time, which move together or alone.

    A platform's time stamp is the programme's time.
    """

    def __init__(self, now: datetime = START, wall: datetime | None = None) -> None:
        self._now, self._wall = now, wall or now

    def now(self) -> datetime:
        return self._now

    def wall(self) -> datetime:
        return self._wall

    def at(self, wall: datetime) -> datetime:
        return wall

    def wall_at(self, now: datetime) -> datetime:
        return now

    def move(self, by: timedelta) -> None:
        """Both go on."""
        self._now, self._wall = self._now + by, self._wall + by

    def move_to(self, now: datetime) -> None:
        """Both go on until the programme's time is `now`."""
        self.move(now - self._now)

    def move_wall(self, by: timedelta) -> None:
        """Only the wall's time goes on."""
        self._wall += by

    def move_programme(self, by: timedelta) -> None:
        """Only the programme's time goes on."""
        self._now += by
