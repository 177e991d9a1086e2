"""A reminder: one moment of a session at which quiet members hear from the bot, each in their own daylight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel

from cop_bot.domain import columns, wall_clock, workdays
from cop_bot.domain.member import Member
from cop_bot.domain.plan import ReminderPlan
from cop_bot.domain.scheduled import Do, Due, Move
from cop_bot.domain.session import Session

BY_HAND = "by hand"
LOOK_AHEAD = timedelta(days=5)
"""How long before its moment a reminder is looked at: where nobody works between it and the close, it goes before."""


class Skip(StrEnum):
    """Why a member is not reminded."""

    CONTRIBUTED = "already contributed"
    PAUSED = "paused"
    OFF = "off"
    NIGHT = "night"
    UNREACHABLE = "unreachable"
    NOT_A_PERSON = "not a person"
    FACILITATES = "facilitates"
    SAME_DAY = "same day"
    MISSED = "missed"


class Reminder(SQLModel, table=True):
    """One of a session's reminders. Each member hears it in the first working daylight of theirs from `at` on; where
    there is none before the close, in the last one before `at`.
    """

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
            next_at=at if plan.rule == BY_HAND else at - LOOK_AHEAD,
        )

    def until(self, session: Session) -> datetime:
        """The first moment at which it may no longer be sent."""
        return session.closes_at

    def move(self, at: datetime) -> None:
        """Another moment, for a reminder that has not begun."""
        self.at = columns.in_utc(at)
        self.next_at = self.at - LOOK_AHEAD

    def falls_due(self) -> tuple[Due, ...]:
        """When members are asked for next."""
        return (Due(self.next_at, Do.REMIND, self),) if self.next_at else ()

    def shift(self, move: Move) -> None:
        """It goes with its session."""
        if self.session_id in move.sessions and self.next_at:
            self.move(move.of(self.at, move.sessions[self.session_id]))

    @property
    def has_begun(self) -> bool:
        """Whether its moment is over; before it, it is looked at again at its moment at the latest."""
        return self.next_at is None or self.next_at > self.at

    def look_again(self, at: datetime | None, now: datetime) -> None:
        """When it is looked at next: when the next member has their moment, before its own moment at that moment."""
        self.next_at = at if now >= self.at else min(at or self.at, self.at)

    def over(self) -> None:
        """Nothing more of it will be sent."""
        self.next_at = None

    def moment_for(self, session: Session, zone: str) -> datetime | None:
        """When somebody in this zone is to hear it, or None: nobody works there between the opening and the close."""
        after = workdays.next_working_daylight(self.at, zone)
        if after < session.closes_at:
            return after
        if self.rule == BY_HAND:
            return None
        before, ends = workdays.last_working_daylight(self.at, zone)
        return max(before, session.opens_at) if session.opens_at < ends else None

    def decide(
        self,
        session: Session,
        member: Member,
        zone: str,
        contributed: bool,
        now: datetime,
        others: Sequence[Reminder] = (),
    ) -> datetime | Skip:
        """When this member hears it, which may have been before now, or why not. `others`: the session's; of two on one
        day the later one is sent.
        """
        if reason := self._leaves_out(member, contributed, now):
            return reason
        there = member.zone or zone
        moment = self.moment_for(session, there)
        if moment is None:
            return Skip.NIGHT
        later = (other.moment_for(session, there) for other in others if other.at > self.at)
        if any(one and same_day(one, moment, there) for one in later):
            return Skip.SAME_DAY
        return moment

    def _leaves_out(self, member: Member, contributed: bool, now: datetime) -> Skip | None:
        if not member.is_person:
            return Skip.NOT_A_PERSON
        if contributed and not self.to_all:
            return Skip.CONTRIBUTED
        if not member.wants_reminders:
            return Skip.OFF
        if member.is_paused(now):
            return Skip.PAUSED
        return Skip.UNREACHABLE if member.unreachable else None


def same_day(one: datetime, other: datetime, zone: str) -> bool:
    """Whether both are on one day in the zone."""
    return wall_clock.local_time(one, zone).date() == wall_clock.local_time(other, zone).date()


class Reminded(SQLModel, table=True):
    """What came of a reminder for one member: sent, or the reason why not."""

    reminder_id: int = Field(foreign_key="reminder.id", primary_key=True, ondelete="CASCADE")
    member_id: int = Field(foreign_key="member.id", primary_key=True, ondelete="CASCADE", index=True)
    outcome: str = Field(max_length=40)
    at: datetime
