"""The content of a summary: points that cite contributions, and a receipt that accounts for every contribution.

A summariser makes it, the use case checks it, `voice` turns it into a message. Contributions are meant by their numbers
(#12).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, TypeAdapter

from cop_bot.domain.assignment import Assignment

MOST_QUESTIONS = 3
MOST_RESOURCES = 5
MOST_ALSO_HEARD = 3


class Section(StrEnum):
    """The sections of a summary, in the order in which they are shown: of which kind a point is."""

    MAIN_POINTS = "main_points"
    IDEAS = "ideas"
    DISAGREEMENTS = "disagreements"
    NEXT_STEPS = "next_steps"
    """Something a member proposes to do."""
    OPEN_QUESTIONS = "open_questions"
    RESOURCES = "resources"
    ALSO_HEARD = "also_heard"


IN_BRIEF = (Section.MAIN_POINTS, Section.IDEAS, Section.DISAGREEMENTS, Section.NEXT_STEPS)
"""The sections whose points count for the lines and the words of the assignment."""
_UNDER_QUESTIONS = (Section.MAIN_POINTS, Section.IDEAS)
_A_THEME = 3
"""Contributions; what one or two speak of is no theme of a session."""


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a summary and the contributions it rests on (at least one, unless it is a facilitator's `own`).

    `quote`: the words are a member's own.
    """

    section: Section
    text: str
    cites: tuple[int, ...]
    quote: bool = False
    language: str = ""
    """Of the text: a language's code, or "" where it gives no sign."""
    url: str | None = None
    """The address, for a resource."""
    answers: int | None = None
    """Which of the brief's guiding questions it answers, counted from 1; None: none of them in particular."""
    people: int = 0
    """How many members stand behind it, by what it cites and what was merged with that; 0 if nobody counted."""
    verified: bool = False
    """A second reading found it in what it cites, where its words alone could not tell (two languages, other words)."""
    translations: dict[str, str] = field(default_factory=dict, hash=False)
    """language -> the text in it, by a model. The text itself is what counts."""
    own: bool = False
    """A facilitator's words, set by hand."""
    replies_to: int | None = None
    """For a quote: the contribution that it answers, without which it may be hard to understand, and"""
    replied: str = ""
    """the beginning of what that says."""

    def without(self, gone: Collection[int]) -> Point | None:
        """The point when these contributions don't exist (any more), or None if nothing of it may stay.

        A quote goes with the contribution it was taken from; a resource that another contribution names too stays by
        its address.
        """
        if self.own and not self.cites:
            return self
        cites = tuple(number for number in self.cites if number not in gone)
        if not cites:
            return None
        if self.quote and self.cites[0] in gone:
            return replace(self, text=self.url, cites=cites, quote=False, translations={}) if self.url else None
        if self.replies_to in gone:
            return replace(self, cites=cites, replies_to=None, replied="")
        return replace(self, cites=cites)


@dataclass(frozen=True, slots=True)
class Topic:
    """What several contributions of a session have in common; every contribution that was read is in at most one."""

    words: tuple[str, ...]
    """What sets it apart, as the members wrote it, the strongest first."""
    language: str
    """The language of its contributions; "" where they give no sign."""
    numbers: tuple[int, ...]
    """Its contributions, the most central first; those that say the same as one of them too."""
    label: str = ""
    """What it is called: two to four words that members used, or a title that a model gave; "" if it has no name."""
    named_in: tuple[int, ...] = ()
    """The contributions that the label comes from: it goes with the last of them."""
    titled: bool = False
    """Whether a model gave the label: then it is in the language of the brief."""
    people: int = 0
    """How many members contributed to it; 0 if nobody counted."""

    @property
    def is_theme(self) -> bool:
        """Whether it is shown as one: it has a name, and more than two contributions."""
        return bool(self.label) and len(self.numbers) >= _A_THEME

    def only(self, numbers: Collection[int]) -> Topic:
        """The topic of those of its contributions that exist."""
        left = tuple(number for number in self.numbers if number in numbers)
        named = tuple(number for number in self.named_in if number in numbers)
        label = self.label if named else ""
        return replace(self, numbers=left, label=label, named_in=named, people=min(self.people, len(left)))


def _merged(value: object) -> object:
    """Summaries that version 0.1.0 stored did not say with which contribution one was merged."""
    return {number: number for number in value} if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where each contribution that was read went: every number is in exactly one of the five."""

    cited: tuple[int, ...]
    merged: Annotated[dict[int, int], BeforeValidator(_merged)] = field(default_factory=dict)
    """number -> the cited one that says the same."""
    also_heard: tuple[int, ...] = ()
    """Shown as an 'also heard' line."""
    set_aside: dict[int, str] = field(default_factory=dict)
    """number -> reason: "empty", "looks like an instruction"."""
    not_shown: tuple[int, ...] = ()
    """Read, and in no line: they stand in the full list alone."""

    @property
    def read(self) -> int:
        """How many contributions were read."""
        return len(self.numbers())

    def numbers(self) -> frozenset[int]:
        """All contributions that were read."""
        return frozenset((*self.cited, *self.merged, *self.also_heard, *self.set_aside, *self.not_shown))

    def behind(self, point: Point) -> frozenset[int]:
        """The contributions behind a point: those it cites, and those that were merged with them."""
        return frozenset(point.cites) | {number for number, first in self.merged.items() if first in point.cites}


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are shown together: of a section, or those main points and ideas that answer a guiding question or
    belong to a theme.
    """

    points: tuple[Point, ...]
    section: Section
    question: int | None = None
    """Counted from 1 in `Brief.questions`."""
    theme: int | None = None
    """Counted from 0 in `Brief.topics`."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole summary. `maker` is "offline" or the model's name; `language` the language it is written in."""

    points: tuple[Point, ...]
    receipt: Receipt
    maker: str
    language: str = "en"
    people: int = 0
    questions: tuple[str, ...] = ()
    """The guiding questions of the session, in the brief's language."""
    topics: tuple[Topic, ...] = ()
    overview: tuple[Point, ...] = ()
    """The whole in two sentences, which rest on what the points cite; empty where no model wrote them."""
    meaning: str = ""
    """The model that told which contributions belong together; "" where their words did."""

    def of(self, section: Section) -> tuple[Point, ...]:
        """The points of one section, in order."""
        return tuple(point for point in self.points if point.section == section)

    @property
    def is_offline(self) -> bool:
        """Whether no model wrote it."""
        return self.maker == "offline"

    def groups(self) -> tuple[Group, ...]:
        """All lines in the order in which they are shown: main points and ideas under the question they answer or the
        theme they belong to, then section by section.
        """
        told = [point for section in _UNDER_QUESTIONS for point in self.of(section)]
        place = {id(point): self._place(point) for point in told}
        found = [
            Group(tuple(p for p in told if place[id(p)] == (number, None)), Section.MAIN_POINTS, number)
            for number in range(1, len(self.questions) + 1)
        ]
        for theme in self.themes():
            own = tuple(p for p in told if place[id(p)] == (None, theme))
            found.append(Group(own, Section.MAIN_POINTS, theme=theme))
        for section in Section:
            left = tuple(p for p in self.of(section) if place.get(id(p), (None, None)) == (None, None))
            found.append(Group(left, section))
        return tuple(group for group in found if group.points)

    def _place(self, point: Point) -> tuple[int | None, int | None]:
        """The guiding question and the theme that a main point stands under: one of the two at most."""
        if point.answers is not None and 1 <= point.answers <= len(self.questions):
            return point.answers, None
        shared = {at: len(set(self.topics[at].numbers) & set(point.cites)) for at in self.themes()}
        most = max(shared.values(), default=0)
        return None, next((at for at, count in shared.items() if count == most and most), None)

    def themes(self) -> tuple[int, ...]:
        """The places of those topics that are shown as themes, those with the most contributions first."""
        named = (at for at, topic in enumerate(self.topics) if topic.is_theme)
        return tuple(sorted(named, key=lambda at: -len(self.topics[at].numbers)))

    def lines(self) -> tuple[Point, ...]:
        """All lines in the order in which they are shown; members speak of them by their place, from 1."""
        return tuple(point for group in self.groups() for point in group.points)

    def cited_numbers(self) -> frozenset[int]:
        """The contributions that a line of it points to, 'also heard' lines and what is answered included."""
        answered = {point.replies_to for point in self.points if point.replies_to is not None}
        return frozenset(number for point in self.points for number in point.cites) | answered

    def shown_numbers(self) -> frozenset[int]:
        """The contributions that stand behind a line of it, as cited or as merged with a cited one."""
        return frozenset(number for point in self.points for number in self.receipt.behind(point))

    def worded_numbers(self) -> frozenset[int]:
        """The contributions whose words may stand in it: behind its lines, answered by one, or in a theme's name."""
        answered = {point.replies_to for point in self.points if point.replies_to is not None}
        named = {number for topic in self.topics for number in topic.named_in}
        return self.shown_numbers() | answered | named

    def unheard_languages(self) -> dict[str, int]:
        """Languages in which members wrote and that no line rests on: language -> how many contributions."""
        shown = self.shown_numbers()
        spoken: dict[str, set[int]] = {}
        for topic in self.topics:
            if topic.language:
                spoken.setdefault(topic.language, set()).update(topic.numbers)
        return {language: len(numbers) for language, numbers in spoken.items() if not numbers & shown}

    def recounted(self, authors: Mapping[int, int]) -> Brief:
        """The brief with as many people as there still are: number of a contribution -> who wrote it."""

        def people(numbers: Iterable[int]) -> int:
            return len({authors[number] for number in numbers if number in authors})

        points = [replace(one, people=min(one.people, people(self.receipt.behind(one)))) for one in self.points]
        topics = [replace(one, people=min(one.people, people(one.numbers))) for one in self.topics]
        return replace(
            self,
            points=tuple(points),
            topics=tuple(topics),
            people=min(self.people, people(self.receipt.numbers())),
        )

    def with_points(self, points: Iterable[Point]) -> Brief:
        """The brief with other lines, from the same contributions."""
        return self._with(tuple(points), self.receipt.numbers())

    def without(self, gone: Collection[int]) -> Brief:
        """The brief when these contributions don't exist (any more)."""
        return self._with(
            tuple(left for point in self.points if (left := point.without(gone))), self.receipt.numbers() - set(gone)
        )

    def checked(self, assignment: Assignment) -> Brief:
        """The brief with nothing in it but contributions of the assignment, each of those once in the receipt."""
        given = frozenset(voice.number for voice in assignment.voices)
        points = tuple(left for point in self.points if (left := point.without(set(point.cites) - given)))
        return self._with(points, given)

    def _with(self, points: tuple[Point, ...], numbers: frozenset[int]) -> Brief:
        receipt = _accounted(self.receipt, points, numbers)
        counted = tuple(replace(point, people=min(point.people, len(receipt.behind(point)))) for point in points)
        topics = (topic.only(numbers) for topic in self.topics)
        shown = frozenset(number for point in counted for number in point.cites)
        overview = (left for point in self.overview if (left := point.without(set(point.cites) - shown)))
        return replace(
            self,
            points=counted,
            overview=tuple(overview),
            receipt=receipt,
            topics=tuple(topic for topic in topics if topic.numbers),
            people=min(self.people, receipt.read),  # nobody is known by name here; more there can't be
        )


def _accounted(receipt: Receipt, points: Iterable[Point], numbers: frozenset[int]) -> Receipt:
    """The receipt over exactly these numbers, each in one place: what the points say goes before what it said."""
    lines = list(points)
    cited = {number for point in lines if point.section != Section.ALSO_HEARD for number in point.cites}
    heard = {number for point in lines for number in point.cites} & numbers - cited
    set_aside = {number: why for number, why in receipt.set_aside.items() if number in numbers - cited - heard}
    merged = {n: first for n, first in receipt.merged.items() if n in numbers - cited - heard - set_aside.keys()}
    return Receipt(
        cited=tuple(sorted(cited)),
        merged=merged,
        also_heard=tuple(sorted(heard)),
        set_aside=set_aside,
        not_shown=tuple(sorted(numbers - cited - heard - merged.keys() - set_aside.keys())),
    )


def to_json(brief: Brief) -> dict[str, Any]:
    """The brief as plain JSON, to keep in the record."""
    return cast("dict[str, Any]", _briefs().dump_python(brief, mode="json"))


def from_json(value: dict[str, Any]) -> Brief:
    """The brief that `to_json` stored. Once "also heard" held all that no line cites."""
    brief = _briefs().validate_python(value)
    if "not_shown" in value["receipt"]:
        return brief
    return replace(brief, receipt=_accounted(brief.receipt, brief.points, brief.receipt.numbers()))


def point_to_json(point: Point) -> dict[str, Any]:
    """One line as plain JSON."""
    return cast("dict[str, Any]", _points().dump_python(point, mode="json"))


def point_from_json(value: dict[str, Any]) -> Point:
    """The line that `point_to_json` stored."""
    return _points().validate_python(value)


@cache
def _points() -> TypeAdapter[Point]:
    return TypeAdapter(Point)


@cache
def _briefs() -> TypeAdapter[Brief]:
    return TypeAdapter(Brief)
