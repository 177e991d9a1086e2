"""The content of a summary: points that cite contributions, and a receipt that accounts for every contribution.

A summariser makes it, the use case checks it, `voice` turns it into a message. Contributions are meant by their numbers
(#12).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
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

    def without(self, gone: Collection[int]) -> Point | None:
        """The point when these contributions don't exist (any more), or None if nothing of it may stay.

        A quote goes with the contribution it was taken from; a resource that another contribution names too stays by
        its address.
        """
        cites = tuple(number for number in self.cites if number not in gone)
        if not cites:
            return None
        if self.quote and self.cites[0] in gone:
            return replace(self, text=self.url, cites=cites, quote=False) if self.url else None
        return replace(self, cites=cites)


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

    def numbers(self) -> frozenset[int]:
        """All contributions that were read."""
        return frozenset((*self.cited, *self.merged, *self.also_heard, *self.set_aside))


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

    def cited_numbers(self) -> frozenset[int]:
        """The contributions that a line of it points to, 'also heard' lines included."""
        return frozenset(number for point in self.points for number in point.cites)

    def without(self, gone: Collection[int]) -> Brief:
        """The brief when these contributions don't exist (any more)."""
        points = tuple(left for point in self.points if (left := point.without(gone)))
        return replace(
            self, points=points, receipt=_accounted(self.receipt, points, self.receipt.numbers() - set(gone))
        )

    def checked(self, assignment: Assignment) -> Brief:
        """The brief with nothing in it but contributions of the assignment, each of those once in the receipt."""
        given = frozenset(voice.number for voice in assignment.voices)
        points = tuple(left for point in self.points if (left := point.without(set(point.cites) - given)))
        return replace(self, points=points, receipt=_accounted(self.receipt, points, given))


def _accounted(receipt: Receipt, points: Iterable[Point], numbers: frozenset[int]) -> Receipt:
    """The receipt over exactly these numbers, each in one place: what the points say goes before what it said."""
    cited = {number for point in points if point.section != Section.ALSO_HEARD for number in point.cites}
    set_aside = {number: why for number, why in receipt.set_aside.items() if number in numbers - cited}
    merged = (set(receipt.merged) & numbers) - cited - set_aside.keys()
    return Receipt(
        cited=tuple(sorted(cited)),
        merged=tuple(sorted(merged)),
        also_heard=tuple(sorted(numbers - cited - merged - set_aside.keys())),
        set_aside=set_aside,
    )


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

    def without(self, gone: Collection[int]) -> ThemeFindings:
        """The same when these contributions don't exist (any more); the counts stay those of the session's close."""
        points = tuple(left for point in self.points if (left := point.without(gone)))
        questions = tuple(left for point in self.open_questions if (left := point.without(gone)))
        return replace(self, points=points, open_questions=questions)


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

    def cited_numbers(self) -> frozenset[int]:
        """The contributions that a line of it points to."""
        lines = (point for theme in self.themes for point in (*theme.points, *theme.open_questions))
        return frozenset(number for point in lines for number in point.cites)

    def without(self, gone: Collection[int]) -> Findings:
        """The findings when these contributions don't exist (any more)."""
        return replace(self, themes=tuple(theme.without(gone) for theme in self.themes))


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
