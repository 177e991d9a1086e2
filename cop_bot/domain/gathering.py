"""A gathering: a live event of the programme, its kick-off or its plenary."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import JSON, Field, SQLModel, UniqueConstraint

from cop_bot.domain import columns
from cop_bot.domain.plan import GatheringPlan
from cop_bot.domain.scheduled import Do, Due, Move


class GatheringKind(StrEnum):
    """Which of the two it is."""

    KICKOFF = "kickoff"
    PLENARY = "plenary"


class Gathering(SQLModel, table=True):
    """When and where people meet live, and when that is announced."""

    __table_args__ = (UniqueConstraint("programme_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE")
    kind: GatheringKind = Field(sa_type=columns.one_of(GatheringKind))
    starts_at: datetime
    ends_at: datetime | None = None
    where: str = Field(default="", max_length=200)
    url: str | None = None
    announce_at: list[str] = Field(default_factory=list, sa_type=JSON)
    """The moments of its announcements, ISO 8601 in UTC, ascending."""
    announced: int = 0
    """How many of them are done or have passed."""

    @classmethod
    def planned(cls, programme_id: int, plan: GatheringPlan) -> Gathering:
        """A gathering as the programme file plans it."""
        gathering = cls(
            programme_id=programme_id, kind=GatheringKind(plan.kind), starts_at=columns.in_utc(plan.starts_at)
        )
        gathering.replan(plan)
        return gathering

    def replan(self, plan: GatheringPlan) -> None:
        """Take over a changed file. Announcements that have been made stay made."""
        self.starts_at = columns.in_utc(plan.starts_at)
        self.ends_at = columns.in_utc(plan.ends_at) if plan.ends_at else None
        self.where, self.url = plan.where, plan.url
        done = self.announcements[: self.announced]
        last = done[-1] if done else None
        coming = [moment for moment in plan.announce_at if last is None or moment > last]
        self.announce_at = [columns.in_utc(moment).isoformat() for moment in [*done, *coming]]

    @property
    def announcements(self) -> list[datetime]:
        """The moments of its announcements, in UTC."""
        return [datetime.fromisoformat(moment) for moment in self.announce_at]

    def next_announcement(self) -> datetime | None:
        """When it is announced next, or None."""
        coming = self.announcements[self.announced :]
        return coming[0] if coming else None

    def announce(self, now: datetime) -> bool:
        """Tick off what is due; True if there is something to say: what was missed is said once, and nothing after the
        start.
        """
        due = sum(moment <= now for moment in self.announcements[self.announced :])
        self.announced += due
        return due > 0 and now < self.starts_at

    def falls_due(self) -> tuple[Due, ...]:
        """Its next announcement."""
        coming = self.next_announcement()
        return (Due(coming, Do.ANNOUNCE, self),) if coming else ()

    def shift(self, move: Move) -> None:
        """The plenary follows the sessions, with the announcements that are still to come."""
        if self.kind is not GatheringKind.PLENARY or self.starts_at <= move.now:
            return
        days = move.all_after
        done, coming = self.announcements[: self.announced], self.announcements[self.announced :]
        self.announce_at = [at.isoformat() for at in [*done, *(move.of(at, days) for at in coming)]]
        self.starts_at = move.of(self.starts_at, days)
        self.ends_at = move.of(self.ends_at, days) if self.ends_at else None
