"""A member of a community, and who facilitates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from sqlmodel import Field, SQLModel, UniqueConstraint

from cop_bot.domain import columns, wall_clock


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as the platform knows them. `zone` is an IANA name or empty; `is_person` is false for bots and closed
    accounts.
    """

    platform_id: str
    name: str
    zone: str = ""
    language: str = ""
    is_person: bool = True
    is_admin: bool = False


class Member(SQLModel, table=True):
    """A person as a platform knows them, and what they decided about reminders."""

    __table_args__ = (UniqueConstraint("workspace_id", "platform_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    platform: str = Field(max_length=20)
    platform_id: str = Field(max_length=200)
    name: str = Field(default="", max_length=200)
    zone: str = Field(default="", max_length=64)
    language: str = Field(default="", max_length=20)
    is_person: bool = True
    is_admin: bool = False
    wants_reminders: bool = True
    paused_until: datetime | None = None
    """Programme time until which no reminder is sent."""
    profile_read_at: datetime | None = None
    """Wall time at which the profile was last read."""
    forgotten: bool = False
    """They asked to be forgotten: nothing of their profile is kept again."""
    unreachable: str = Field(default="", max_length=200)
    """Why the platform refuses direct messages to this member, or empty."""

    @classmethod
    def known_as(cls, workspace_id: int, platform: str, platform_id: str) -> Member:
        """A member of whom only the platform's id is known yet."""
        return cls(workspace_id=workspace_id, platform=platform, platform_id=platform_id)

    def profile(self, profile: Profile, wall: datetime) -> None:
        """Take over what the platform says of this person; of one who was forgotten nothing but that they were."""
        self.is_person, self.profile_read_at = profile.is_person, columns.in_utc(wall)
        if not self.forgotten:
            self.name, self.is_admin = profile.name[:200], profile.is_admin
            self.learn(profile)

    def learn(self, profile: Profile) -> None:
        """Take over the zone and the language; where the platform says nothing of them, the last known stay."""
        if not self.forgotten:
            self.zone = _zone(profile.zone) if profile.zone else self.zone
            self.language = profile.language[:20] or self.language

    def would_learn(self, profile: Profile) -> bool:
        """Whether that changes anything."""
        zone = _zone(profile.zone) if profile.zone else self.zone
        return not self.forgotten and (zone, profile.language[:20] or self.language) != (self.zone, self.language)

    def forget(self) -> None:
        """Erase what is known; the bare id stays while they are in the place, so that no reminder reaches them."""
        self.name = self.zone = self.language = self.unreachable = ""
        self.is_admin, self.wants_reminders, self.paused_until, self.forgotten = False, False, None, True

    def pause(self, until: datetime) -> None:
        """No reminders until then; they come back by themselves."""
        self.wants_reminders, self.paused_until = True, columns.in_utc(until)

    def stop_reminders(self) -> None:
        """No reminders any more."""
        self.wants_reminders, self.paused_until = False, None

    def resume(self) -> None:
        """Reminders again, from now on."""
        self.wants_reminders, self.paused_until = True, None

    def is_paused(self, now: datetime) -> bool:
        """Whether a pause is running."""
        return self.paused_until is not None and now < self.paused_until

    def next_daylight(self, now: datetime, fallback_zone: str) -> datetime:
        """The earliest moment from now on that lies between 09:00 and 17:00 where this member is."""
        return wall_clock.next_daylight(now, self.zone or fallback_zone)

    def daylight_ends(self, now: datetime, fallback_zone: str) -> datetime:
        """When it is 17:00, today, where this member is."""
        return wall_clock.daylight_ends(now, self.zone or fallback_zone)


def _zone(name: str) -> str:
    """The zone if it is one: platforms have been seen to send others."""
    return name if name in available_zones() else ""


@cache
def available_zones() -> frozenset[str]:
    """All IANA zones."""
    return frozenset(available_timezones())


class Facilitator(SQLModel, table=True):
    """This member facilitates this programme. Until the platform knows who `named` is, `member_id` is empty."""

    __table_args__ = (UniqueConstraint("programme_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE", index=True)
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    named: str = Field(default="", max_length=320)
    """As the programme file names them (an e-mail address or a platform id); emptied once the member is known."""
