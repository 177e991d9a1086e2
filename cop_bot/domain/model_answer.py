"""What a model answered, kept so that the same is not paid for twice, and what it has cost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import JSON, Field, SQLModel, UniqueConstraint

KEPT = timedelta(days=30)
"""How long (wall time) an answer is kept; a question that comes later is asked anew."""


class ModelAnswer(SQLModel, table=True):
    """One answer, under a digest of all that was asked.

    `numbers` are the contributions it was made from: when one of them goes, the answer goes. `kept_at` is wall time.
    """

    key: str = Field(primary_key=True, max_length=64)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE", index=True)
    subject: str = Field(max_length=40)
    numbers: list[int] = Field(default_factory=list, sa_type=JSON)
    answer: str
    kept_at: datetime = Field(index=True)


class TokenUse(SQLModel, table=True):
    """What one subject (as in `Summary`) has cost on one day: `day` is in UTC by the wall clock."""

    __table_args__ = (UniqueConstraint("day", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    day: date
    subject: str = Field(max_length=40, index=True)
    programme_id: int | None = Field(default=None, foreign_key="programme.id", ondelete="CASCADE", index=True)
    tokens_in: int = 0
    tokens_out: int = 0
    calls: int = 0
