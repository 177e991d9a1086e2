"""The audit: every use of a facilitator's power, for the other facilitators to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel

from cop_bot.domain import columns


class Audited(SQLModel, table=True):
    """Who did what to what, in the transaction that did it; nobody's words are in it. `at` and `undone_at` are the
    programme's time.

    `command` is the path of the command that asks for it (`session skip`); `about` says to what: the id of a session,
    the number of a contribution, a length of time. `person_id` is the member it was done to. `before` is what taking it
    back needs, and `after` what must still stand for that.
    """

    __table_args__ = (Index("ix_audited_programme", "programme_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE")
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="SET NULL", index=True)
    person_id: int | None = Field(default=None, foreign_key="member.id", ondelete="SET NULL", index=True)
    command: str = Field(max_length=40)
    about: str = Field(default="", max_length=100)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime
    undone_at: datetime | None = None

    @classmethod
    def noted(
        cls,
        programme_id: int,
        member_id: int,
        command: str,
        now: datetime,
        *,
        about: str = "",
        person_id: int | None = None,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> Audited:
        """This member does it now (programme time)."""
        return cls(
            programme_id=programme_id,
            member_id=member_id,
            command=command,
            about=about[:100],
            person_id=person_id,
            before=before or {},
            after=after or {},
            at=columns.in_utc(now),
        )

    def undo(self, now: datetime) -> None:
        """It was taken back now (programme time)."""
        self.undone_at = columns.in_utc(now)
