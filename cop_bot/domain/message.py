"""What the bot says, as typed parts: each platform dresses them in its own way.

Nothing here is markup. A text that a member or a model wrote stays a text on every platform: it cannot mention, link or
format.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, cast

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, shown as it is."""

    text: str
    bold: bool = False
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Link:
    """A link that the bot vouches for: from the platform or from the programme file, or a resource a member posted."""

    url: str
    label: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Person:
    """A member by name; in a private answer platforms may show it as a mention, elsewhere never."""

    name: str
    platform_id: str
    kind: Literal["person"] = "person"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, shown in each reader's own zone where the platform can, else spelled out in `zone` (IANA), which
    is named.
    """

    at: datetime
    zone: str
    style: Literal["date_time", "date", "time"] = "date_time"
    kind: Literal["moment"] = "moment"


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type, shown as typed."""

    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Command:
    """Something the bot obeys (`summary full risk`): each platform spells it as it is given there."""

    text: str
    kind: Literal["command"] = "command"


Span = Words | Link | Person | Moment | Code | Command
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a message."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    spans: Spans
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Chart:
    """A paragraph that platforms draw: `bars` are labels with how many, `columns` what the two are called in a table.
    The words say the same.
    """

    spans: Spans
    title: str
    columns: tuple[str, str]
    bars: tuple[tuple[str, int], ...]
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with an optional title above it. With `first` its lines are numbered, from there on."""

    bullets: tuple[Spans, ...]
    title: str | None = None
    first: int | None = None
    kind: Literal["bullets"] = "bullets"

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands before each line: its number, or a bullet."""
        if self.first is None:
            return ("•",) * len(self.bullets)
        return tuple(f"{self.first + place}." for place in range(len(self.bullets)))


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: counts, labels, how to stop."""

    spans: Spans
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Button:
    """A button that does what giving the command would do. `asks`: the command lacks what it says (`idea` alone), and a
    platform with forms asks for it.
    """

    label: str
    command: str
    style: Literal["plain", "primary", "danger"] = "plain"
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """One row of buttons. Every one of them can be typed instead, for platforms that have none.

    `spare` ones are for platforms where typing is no habit; elsewhere they are left out.
    """

    buttons: tuple[Button, ...]
    spare: bool = False
    kind: Literal["buttons"] = "buttons"


Block = Heading | Paragraph | Chart | Bullets | Note | Buttons


@dataclass(frozen=True, slots=True)
class Message:
    """What is said at once, in one language (BCP 47 code)."""

    blocks: tuple[Block, ...]
    language: str = "en"
    by_ai: bool = False
    """A model wrote some of it: platforms that have a label for that show it."""


def to_json(message: Message) -> dict[str, Any]:
    """The message as plain JSON, to keep in the record until it is delivered."""
    value = cast("dict[str, Any]", _adapter().dump_python(message, mode="json"))
    if not message.by_ai:
        del value["by_ai"]  # the digest of what stands in channels is that of a message without the key
    return value


def from_json(value: dict[str, Any]) -> Message:
    """The message that `to_json` stored."""
    return _adapter().validate_python(value)


@cache
def _adapter() -> TypeAdapter[Message]:
    return TypeAdapter(Message)
