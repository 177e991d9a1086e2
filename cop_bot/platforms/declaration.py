"""What a platform says of itself, in `platforms/<name>/platform.py`; everybody else asks the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from cop_bot.ports import Chat
from cop_bot.rendering.splitting import Limits
from cop_bot.settings import EnvSettings


class PlatformSettings(EnvSettings):
    """What the operator sets for one platform."""

    headings: ClassVar[Mapping[str, str]] = {}
    """For `.env.example`: the beginning of names -> what they have in common."""

    @property
    def is_configured(self) -> bool:
        """Whether this platform is to be used."""
        raise LookupError("each platform says so itself")

    def must_be_enough(self, *, host: str, rehearsal: bool) -> None:
        """Raises OperatorMistake with what is missing, or what must not be set together. `host`: where we listen."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One message of a platform's own export; `at` is in UTC, `said_to` the id of the message that it replies to."""

    id: str
    author: str
    text: str
    at: datetime
    said_to: str | None = None


@dataclass(frozen=True, slots=True)
class Platform:
    """One chat platform; `title` is its name for people.

    `channel` gives back a channel as the programme file may name it, in the form that is kept, or None if it is none
    here. `open_chat` is the way out; `way_in` names the way in, `module:function` in `handlers/`, imported when it is
    needed. Without `settings` it needs none and can't be served (the console).
    """

    name: str
    title: str
    channel: Callable[[str], str | None]
    limits: Limits = field(default_factory=Limits)
    settings: type[PlatformSettings] | None = None
    how_to_configure: str = ""
    open_chat: Callable[[Any], AbstractAsyncContextManager[Chat]] | None = None
    way_in: str = ""
    read_export: Callable[[Mapping[str, bytes]], list[Exported] | None] | None = None
    """What members said in files that the platform has exported (path -> content); None if they are not of its kind."""
