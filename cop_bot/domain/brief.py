"""The content of a summary: points that cite contributions, and a receipt that accounts for every contribution.

A summariser makes it, the use case checks it, `voice` turns it into a message. Contributions are meant by their numbers (#12).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter


class Section(StrEnum):
    """The sections of a summary, in the order in which they are shown."""

    MAIN_POINTS = "main_points"
    IDEAS = "ideas"
    DISAGREEMENTS = "disagreements"
    OPEN_QUESTIONS = "open_questions"
    RESOURCES = "resources"
    ALSO_HEARD = "also_heard"


@dataclass(frozen=True, slots=True)
class Voice:
    """One contribution as a summariser sees it: no author's name, only a stand-in that is equal for equal authors.

    `at` is the programme's time in UTC. `said_to` is the number of the contribution that it replies to.
    """

    number: int
    kind: str
    text: str
    author: str
    at: datetime
    links: tuple[str, ...] = ()
    said_to: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a summary and the contributions it rests on (at least one). `quote`: the words are a member's own."""

    section: Section
    text: str
    cites: tuple[int, ...]
    quote: bool = False
    language: str = ""
    url: str | None = None
    """The address, for a resource."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where each contribution that was read went: every number is in exactly one of the four."""

    cited: tuple[int, ...]
    merged: tuple[int, ...] = ()
    """Says the same as a cited one."""
    also_heard: tuple[int, ...] = ()
    """Read and part of a theme, shown at most as an 'also heard' line."""
    set_aside: dict[int, str] = field(default_factory=dict)
    """number -> reason: "empty", "looks like an instruction"."""

    @property
    def read(self) -> int:
        """How many contributions were read."""
        return len(self.cited) + len(self.merged) + len(self.also_heard) + len(self.set_aside)


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole summary. `maker` is "offline" or the model's name; `language` the language it is written in."""

    points: tuple[Point, ...]
    receipt: Receipt
    maker: str
    language: str = "en"
    people: int = 0

    def of(self, section: Section) -> tuple[Point, ...]:
        """The points of one section, in order."""
        return tuple(point for point in self.points if point.section == section)

    @property
    def is_offline(self) -> bool:
        """Whether no model wrote it."""
        return self.maker == "offline"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a summariser is asked: the theme, its questions, the contributions of the session, and how to write."""

    theme: str
    voices: tuple[Voice, ...]
    questions: tuple[str, ...] = ()
    language: str = "en"
    words: int = 150


@dataclass(frozen=True, slots=True)
class ThemeFindings:
    """What one theme comes to: lines taken from its brief as they stand there, with the counts of its session."""

    theme: str
    points: tuple[Point, ...]
    open_questions: tuple[Point, ...]
    contributions: int
    people: int
    maker: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the whole programme comes to, theme by theme in the order of the sessions."""

    title: str
    themes: tuple[ThemeFindings, ...]
    maker: str
    """The model that wrote at least one of the briefs, or "offline"."""
    language: str = "en"

    @property
    def contributions(self) -> int:
        """How many contributions were read over all themes."""
        return sum(theme.contributions for theme in self.themes)

    @property
    def is_offline(self) -> bool:
        """Whether no model wrote any of it."""
        return self.maker == "offline"


@dataclass(frozen=True, slots=True)
class FindingsAssignment:
    """What the findings are made of: the stored briefs, each under its theme's title, in the order of the sessions."""

    title: str
    briefs: tuple[tuple[str, Brief], ...]
    language: str = "en"


def to_json(brief: Brief) -> dict[str, Any]:
    """The brief as plain JSON, to keep in the record."""
    return cast("dict[str, Any]", _briefs().dump_python(brief, mode="json"))


def from_json(value: dict[str, Any]) -> Brief:
    """The brief that `to_json` stored."""
    return _briefs().validate_python(value)


def findings_to_json(findings: Findings) -> dict[str, Any]:
    """The findings as plain JSON, to keep in the record."""
    return cast("dict[str, Any]", _findings().dump_python(findings, mode="json"))


def findings_from_json(value: dict[str, Any]) -> Findings:
    """The findings that `findings_to_json` stored."""
    return _findings().validate_python(value)


@cache
def _briefs() -> TypeAdapter[Brief]:
    return TypeAdapter(Brief)


@cache
def _findings() -> TypeAdapter[Findings]:
    return TypeAdapter(Findings)
