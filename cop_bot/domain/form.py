"""A form that somebody fills in: its fields in order, and the command for which it asks what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cop_bot.domain.message import Message


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several. `options`: what is read, and the value that comes back; the first is chosen unless `chosen` names
    another one. `open`: all of them are seen at once, which is for a few.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""
    open: bool = False

    def filled(self, values: Mapping[str, str]) -> Choice:
        """As somebody left it."""
        return replace(self, chosen=values.get(self.name, self.chosen))

    @property
    def first(self) -> str:
        """The value that is chosen to begin with."""
        values = [value for _, value in self.options]
        return self.chosen if self.chosen in values else values[0]


@dataclass(frozen=True, slots=True)
class Text:
    """Words, on several lines unless `one_line`. `missing` is what is said where there are none; `longest` in signs."""

    name: str
    label: str
    missing: str
    text: str = ""
    one_line: bool = False
    longest: int = 3_000
    optional: bool = False

    def filled(self, values: Mapping[str, str]) -> Text:
        """As somebody left it."""
        return replace(self, text=values.get(self.name, self.text))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, as YYYY-MM-DD."""

    name: str
    label: str
    missing: str
    day: str = ""

    def filled(self, values: Mapping[str, str]) -> Day:
        """As somebody left it."""
        return replace(self, day=values.get(self.name, self.day))


Field = Choice | Text | Day


@dataclass(frozen=True, slots=True)
class Form:
    """`command` is what was asked for, so that the answers find back to it; `about` stands above the fields; `kept` is
    what was filled in before, and comes back with the rest.
    """

    command: str
    language: str
    title: str
    fields: tuple[Field, ...]
    send: str
    cancel: str
    about: Message | None = None
    kept: tuple[tuple[str, str], ...] = ()

    def again(self, values: Mapping[str, str], why: Message) -> Form:
        """The form as it was filled in, with why nothing came of it: nobody has to type anything twice."""
        return replace(self, fields=tuple(one.filled(values) for one in self.fields), about=why)
