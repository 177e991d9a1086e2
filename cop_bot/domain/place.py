"""A place: the channel where a community meets."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class Place(SQLModel, table=True):
    """A channel, known by the name in the programme file until the platform has told its id."""

    __table_args__ = (UniqueConstraint("workspace_id", "name"), UniqueConstraint("workspace_id", "platform_id"))

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    platform: str = Field(max_length=20)
    name: str = Field(max_length=200)
    platform_id: str | None = Field(default=None, max_length=200)
    bot_is_in: bool = False
    read_until: datetime | None = None
    """Wall time up to which the platform's history is known to be recorded."""
    roster_read_at: datetime | None = None
    """Wall time at which the members were last read."""

    @classmethod
    def named(cls, workspace_id: int, platform: str, name: str) -> Place:
        """The place as a programme file names it: `#cop-power`, or the platform's own id."""
        return cls(workspace_id=workspace_id, platform=platform, name=name)

    def found(self, platform_id: str, bot_is_in: bool) -> None:
        """The platform told its id and whether we are in."""
        self.platform_id = platform_id
        self.bot_is_in = bot_is_in

    @property
    def shown_name(self) -> str | None:
        """What members call it, if that is known: an id says nothing to them."""
        return self.name if self.name.startswith("#") else None

    @property
    def is_lost(self) -> bool:
        """Whether the bot was there, and can't post there now."""
        return self.platform_id is not None and self.roster_read_at is None and not self.bot_is_in

    @property
    def reachable(self) -> bool:
        """Whether the bot can post there now."""
        return self.platform_id is not None and self.bot_is_in


class Presence(SQLModel, table=True):
    """This member is in this place."""

    place_id: int = Field(foreign_key="place.id", primary_key=True, ondelete="CASCADE")
    member_id: int = Field(foreign_key="member.id", primary_key=True, ondelete="CASCADE", index=True)
