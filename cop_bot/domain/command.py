"""A command that came as a message: platforms deliver a message again when they miss our answer, and it must be obeyed
once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, SQLModel

LEASE = timedelta(seconds=30)
KEPT = timedelta(days=1)
"""How long (wall time) it is remembered: no platform delivers a message again after that."""


class TakenCommand(SQLModel, table=True):
    """One message with a command, by the platform's ids; wall times."""

    __tablename__ = "command"

    key: str = Field(primary_key=True, max_length=300)
    workspace_id: int = Field(foreign_key="workspace.id")
    taken_at: datetime
    done: bool = False

    def is_taken(self, wall: datetime) -> bool:
        """Whether it has been obeyed, or somebody is at it."""
        return self.done or wall - self.taken_at < LEASE
