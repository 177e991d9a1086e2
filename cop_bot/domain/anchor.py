"""What makes a database itself: its random id, and for a rehearsal the anchor of its clock."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlmodel import Field, SQLModel

from cop_bot.domain import columns
from cop_bot.domain.errors import OperatorMistake


class Anchor(SQLModel, table=True):
    """One row. Restarts and replicas take a rehearsal's clock from here, so that it runs on meanwhile."""

    id: int = Field(default=1, primary_key=True)
    database_id: str = Field(max_length=32)
    programme_start: datetime | None = None
    wall_start: datetime | None = None
    speed: float = 1.0

    @classmethod
    def production(cls) -> Anchor:
        """A database whose programme time is the wall clock."""
        return cls(database_id=secrets.token_hex(6))

    @classmethod
    def rehearsal(cls, starts: datetime, wall: datetime, speed: float) -> Anchor:
        """A database whose programme time was `starts` at `wall` and runs `speed` times faster since."""
        if speed <= 0:
            raise OperatorMistake("The speed of a rehearsal has to be more than zero.")
        return cls(
            database_id=secrets.token_hex(6),
            programme_start=columns.in_utc(starts),
            wall_start=columns.in_utc(wall),
            speed=speed,
        )

    @property
    def is_rehearsal(self) -> bool:
        """Whether this database belongs to a rehearsal."""
        return self.programme_start is not None
