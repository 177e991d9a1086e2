"""A summary: what a session, or in the end the whole programme, comes to; in versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel, UniqueConstraint

from cop_bot.domain import columns
from cop_bot.domain.mistakes import SummaryIsNotDrafted

LEASE = timedelta(seconds=240)
"""Wall time that one attempt may take: above the 180 s in which a model has to answer."""
LEASE_OFFLINE = timedelta(seconds=45)
"""The same where no model is asked: reading the history is what takes time."""
LATER = timedelta(minutes=15)
"""Wall time until the model is tried again after the offline summariser had to write."""
LONGEST_LATER = timedelta(hours=6)
"""The longest wall time between two of those tries."""
MODEL_GIVEN_UP = timedelta(days=7)
"""How long (programme time) it is tried so."""


SETTLES = timedelta(minutes=5)
"""How long (programme time) a version waits for further changes, when members' changes are why it is written."""
SETTLES_AT_MOST = timedelta(hours=6)


class SummaryState(StrEnum):
    """Where a summary stands."""

    WANTED = "wanted"
    DRAFTED = "drafted"
    PUBLISHED = "published"


class Summary(SQLModel, table=True):
    """One version of a session's summary; without `session_id`, of the findings of the programme.

    `wanted_at` and `published_at` are the programme's time; `not_before` and `lease_until` are wall time.
    """

    __table_args__ = (UniqueConstraint("subject", "version"), Index("ix_summary_state", "state", "not_before"))

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE", index=True)
    session_id: int | None = Field(default=None, foreign_key="session.id", ondelete="CASCADE", index=True)
    subject: str = Field(max_length=40)
    version: int = 1
    state: SummaryState = Field(default=SummaryState.WANTED, sa_type=columns.one_of(SummaryState))
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    maker: str = Field(default="", max_length=200)
    wanted_at: datetime
    published_at: datetime | None = None
    attempts: int = 0
    not_before: datetime
    owner: str = Field(default="", max_length=60)
    lease_until: datetime | None = None
    last_error: str = Field(default="", max_length=300)
    only_model: bool = False
    """A later try of the model after the offline summariser had to write: never written offline, given up at last."""
    again: bool = False
    """Something changed while it was being written: another version follows."""

    @classmethod
    def wanted(
        cls, programme_id: int, session_id: int | None, now: datetime, wall: datetime, version: int = 1
    ) -> Summary:
        """A summary that is to be written from now on."""
        return cls(
            programme_id=programme_id,
            session_id=session_id,
            subject=subject_of(programme_id, session_id),
            version=version,
            wanted_at=columns.in_utc(now),
            not_before=columns.in_utc(wall),
        )

    def next_draft(self, content: dict[str, Any], now: datetime, wall: datetime) -> Summary:
        """A version after this one that is written already, by hand: nobody reads it before it is published."""
        draft = Summary.wanted(self.programme_id, self.session_id, now, wall, version=self.version + 1)
        draft.draft(content, self.maker)
        return draft

    def want(self, now: datetime, wall: datetime, *, only_model: bool = False, wait: timedelta = timedelta(0)) -> None:
        """Somebody wants this version, which is not written yet: as things are now, and after this much wall time."""
        if self.only_model:
            self.only_model, self.attempts, self.wanted_at = only_model, 0, columns.in_utc(now)
            self.hurry(wall + wait)
        self.again = self.is_being_written(wall)

    def hurry(self, wall: datetime) -> None:
        """It need not wait any longer than until then."""
        self.not_before = min(self.not_before, columns.in_utc(wall))

    @property
    def settles(self) -> bool:
        """Whether nobody has tried to write it, so that it waits for nothing but further changes."""
        return self.state is SummaryState.WANTED and self.attempts == 0

    def is_being_written(self, wall: datetime) -> bool:
        """Whether somebody is at it, as far as is known."""
        return self.lease_until is not None and self.lease_until >= wall

    def is_given_up(self, now: datetime) -> bool:
        """Whether the model has been waited for long enough."""
        return self.only_model and now - self.wanted_at >= MODEL_GIVEN_UP

    def take(self, owner: str, wall: datetime, lease: timedelta = LEASE) -> None:
        """Begin an attempt: nobody else tries until the lease is over. After one that was lost it is longer: otherwise
        two replicas take an enormous session from each other for ever.
        """
        longer = 2 ** min(self.attempts, 3) if self.lease_until is not None else 1
        self.owner, self.lease_until, self.attempts = owner, wall + longer * lease, self.attempts + 1
        self.again = False

    def draft(self, content: dict[str, Any], maker: str) -> None:
        """It is written."""
        self.content, self.maker, self.state = content, maker, SummaryState.DRAFTED
        self.lease_until, self.last_error = None, ""

    def fail(self, why: str, wall: datetime) -> None:
        """The attempt failed; the next one comes after a while, ever longer."""
        wait = back_off_later(self.attempts) if self.only_model else back_off(self.attempts)
        self.last_error, self.lease_until, self.not_before, self.again = why[:300], None, wall + wait, False

    def publish(self, now: datetime) -> None:
        """It is said to everybody."""
        if self.state is SummaryState.WANTED:
            raise SummaryIsNotDrafted
        self.state, self.published_at = SummaryState.PUBLISHED, now


def subject_of(programme_id: int, session_id: int | None) -> str:
    """What a summary is about, in one word: the findings of a programme or a session."""
    return f"programme/{programme_id}" if session_id is None else f"session/{session_id}"


def settling(version: int) -> timedelta:
    """How long (programme time) this version waits for further changes: five minutes, doubled with each version, six
    hours at most; the first one for none.

    Whoever changes a post over and over would otherwise have a model paid for each time.
    """
    return min(SETTLES * 2 ** min(version - 2, 10), SETTLES_AT_MOST) if version > 1 else timedelta(0)


def back_off(attempts: int) -> timedelta:
    """How long (wall time) to wait after this many failed attempts: 15 s doubled, a quarter of an hour at most."""
    return min(timedelta(seconds=15 * 2 ** min(max(attempts - 1, 0), 10)), timedelta(minutes=15))


def back_off_later(attempts: int) -> timedelta:
    """The same for the later tries of a model: a quarter of an hour doubled, six hours at most."""
    return min(timedelta(minutes=15 * 2 ** min(max(attempts, 0), 10)), LONGEST_LATER)
