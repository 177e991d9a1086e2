"""A reminder: one moment of a session at which quiet members hear from the bot, each in their own daylight."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel

from cop_bot.domain import columns
from cop_bot.domain.member import Member
from cop_bot.domain.plan import ReminderPlan
from cop_bot.domain.scheduled import Do, Due, Move
from cop_bot.domain.session import Session

WINDOW = timedelta(hours=12)
"""How long after its moment a reminder may still be sent."""


class Skip(StrEnum):
    """Why a member is not reminded."""

    CONTRIBUTED = "already contributed"
    PAUSED = "paused"
    OFF = "off"
    NIGHT = "night"
    UNREACHABLE = "unreachable"
    NOT_A_PERSON = "not a person"


class Reminder(SQLModel, table=True):
    """One of a session's reminders. It runs from `at` for twelve hours or until the close, whichever is first."""

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE", index=True)
    session_id: int = Field(foreign_key="session.id", ondelete="CASCADE", index=True)
    rule: str = Field(default="", max_length=100)
    to_all: bool = False
    at: datetime
    next_at: datetime | None = None
    """When it is looked at next; None when it is over."""

    @classmethod
    def planned(cls, session: Session, plan: ReminderPlan) -> Reminder:
        """A reminder as the programme file plans it."""
        at = columns.in_utc(plan.at)
        return cls(
            programme_id=session.programme_id,
            session_id=columns.known(session.id),
            rule=plan.rule,
            to_all=plan.to == "all",
            at=at,
            next_at=at,
        )

    def until(self, session: Session) -> datetime:
        """The first moment at which it may no longer be sent."""
        return min(self.at + WINDOW, session.closes_at)

    def move(self, at: datetime) -> None:
        """Another moment, for a reminder that has not begun."""
        self.at, self.next_at = columns.in_utc(at), columns.in_utc(at)

    def falls_due(self) -> tuple[Due, ...]:
        """When members are asked for next."""
        return (Due(self.next_at, Do.REMIND, self),) if self.next_at else ()

    def shift(self, move: Move) -> None:
        """It goes with its session."""
        if self.session_id in move.sessions and self.next_at:
            self.move(move.of(self.at, move.sessions[self.session_id]))

    @property
    def has_begun(self) -> bool:
        """Whether members have been asked for already, or it is over."""
        return self.next_at != self.at

    def over(self) -> None:
        """Nothing more of it will be sent."""
        self.next_at = None

    def decide(self, session: Session, member: Member, zone: str, contributed: bool, now: datetime) -> datetime | Skip:
        """When this member is reminded (now, or a later daylight moment), or why not."""
        if not member.is_person:
            return Skip.NOT_A_PERSON
        if contributed and not self.to_all:
            return Skip.CONTRIBUTED
        if not member.wants_reminders:
            return Skip.OFF
        if member.is_paused(now):
            return Skip.PAUSED
        if member.unreachable:
            return Skip.UNREACHABLE
        daylight = member.next_daylight(now, zone)
        return daylight if daylight < self.until(session) else Skip.NIGHT


class Reminded(SQLModel, table=True):
    """What came of a reminder for one member: sent, or the reason why not."""

    reminder_id: int = Field(foreign_key="reminder.id", primary_key=True, ondelete="CASCADE")
    member_id: int = Field(foreign_key="member.id", primary_key=True, ondelete="CASCADE", index=True)
    outcome: str = Field(max_length=40)
    at: datetime
