"""A session: one theme in one place, usually two weeks."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel, UniqueConstraint

from cop_bot.domain import columns
from cop_bot.domain.mistakes import SessionIsNotOpen, SessionIsNotPlanned
from cop_bot.domain.plan import SessionPlan
from cop_bot.domain.scheduled import Do, Due, Move

LATE_DAY = timedelta(days=1)


class SessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    SKIPPED = "skipped"


class Session(SQLModel, table=True):
    """A theme and its window. Times are the programme's, in UTC; `closes_at` is the first moment that no longer belongs
    to it.
    """

    __table_args__ = (
        UniqueConstraint("programme_id", "slug"),
        Index("ix_session_place_window", "place_id", "opens_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE", index=True)
    place_id: int = Field(foreign_key="place.id")
    position: int
    slug: str = Field(max_length=100)
    title: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    questions: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    resources: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    opens_at: datetime
    closes_at: datetime
    moved_because: str = ""
    state: SessionState = Field(default=SessionState.PLANNED, sa_type=columns.one_of(SessionState))
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    opening_link: str | None = None
    """Where its opening stands for people to see."""

    @classmethod
    def planned(cls, programme_id: int, place_id: int, position: int, plan: SessionPlan) -> Session:
        """A session as the programme file plans it."""
        session = cls(
            programme_id=programme_id,
            place_id=place_id,
            position=position,
            slug=plan.slug,
            opens_at=columns.in_utc(plan.opens_at),
            closes_at=columns.in_utc(plan.closes_at),
        )
        session.replan(position, plan)
        return session

    def replan(self, position: int, plan: SessionPlan) -> None:
        """Take over a changed file; only a session that is still planned may."""
        self.must_be_planned()
        self.position = position
        self.title, self.questions = dict(plan.title), [dict(question) for question in plan.questions]
        self.resources = [{"title": r.title, "url": r.url, "kind": r.kind} for r in plan.resources]
        self.opens_at, self.closes_at = columns.in_utc(plan.opens_at), columns.in_utc(plan.closes_at)
        self.moved_because = plan.moved_because or ""

    def must_be_planned(self) -> None:
        """Raises SessionIsNotPlanned otherwise."""
        if self.state is not SessionState.PLANNED:
            raise SessionIsNotPlanned

    @property
    def named_in(self) -> tuple[str, ...]:
        """The languages in which it has its title and all its questions."""
        return tuple(code for code in self.title if all(code in question for question in self.questions))

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come."""
        return self.state is SessionState.PLANNED

    @property
    def is_open(self) -> bool:
        """Whether it is running."""
        return self.state is SessionState.OPEN

    @property
    def last_minute(self) -> datetime:
        """The last minute that still belongs to it, as people write a deadline."""
        last = (self.closes_at - timedelta(microseconds=1)).replace(second=0, microsecond=0)
        return max(last, self.opens_at.replace(second=0, microsecond=0))  # closed by hand in the minute it opened

    def covers(self, moment: datetime) -> bool:
        """Whether a post of that moment belongs to it, seen or unseen: what counts is the post's own time."""
        return self.state is not SessionState.SKIPPED and self.opens_at <= moment < self.closes_at

    def is_late(self, moment: datetime) -> bool:
        """Whether a post of that moment comes within a day after the close."""
        return self.state is not SessionState.SKIPPED and self.closes_at <= moment < self.closes_at + LATE_DAY

    def open(self, now: datetime) -> None:
        """Open it; before its time, the window begins now."""
        self.must_be_planned()
        self.state, self.opened_at = SessionState.OPEN, now
        self.opens_at = min(self.opens_at, now)

    def close(self, now: datetime) -> None:
        """Close it; before its time, the window ends now."""
        if self.state is not SessionState.OPEN:
            raise SessionIsNotOpen
        self.state, self.closed_at = SessionState.CLOSED, now
        self.closes_at = min(self.closes_at, now)

    def reopen(self, closes_at: datetime) -> None:
        """Open it again after its close. `closed_at` is left for those who ask what was over then."""
        if self.state is not SessionState.CLOSED:
            raise SessionIsNotOpen
        self.state, self.closes_at = SessionState.OPEN, columns.in_utc(closes_at)

    def skip(self) -> None:
        """Leave it out."""
        self.must_be_planned()
        self.state = SessionState.SKIPPED

    def move(self, opens_at: datetime, closes_at: datetime) -> None:
        """Another window for a session that is still planned."""
        self.must_be_planned()
        self.opens_at, self.closes_at = columns.in_utc(opens_at), columns.in_utc(closes_at)

    def falls_due(self) -> tuple[Due, ...]:
        """Its opening and its close; after a down-time both may be due at once."""
        closing = Due(self.closes_at, Do.CLOSE, self)
        if self.is_planned:
            return (Due(self.opens_at, Do.OPEN, self), closing)
        return (closing,) if self.is_open else ()

    def shift(self, move: Move) -> None:
        """Another window, if it is still planned."""
        if self.is_planned and self.id in move.sessions:
            days = move.sessions[self.id]
            self.move(move.of(self.opens_at, days), move.of(self.closes_at, days))
            self.moved_because = move.why.get(self.id, "")

    def extend(self, closes_at: datetime) -> None:
        """A later close for a session that is open."""
        if self.state is not SessionState.OPEN:
            raise SessionIsNotOpen
        self.closes_at = columns.in_utc(closes_at)
