"""What the whole programme comes to, made from the briefs of its sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter

from cop_bot.domain.brief import Brief, Point, Topic

MOST_WORDS = 350
"""Words of all lines of the findings."""


@dataclass(frozen=True, slots=True)
class ThemeFindings:
    """What one theme comes to: lines taken from its brief as they stand there, with the counts of its session."""

    theme: str
    points: tuple[Point, ...]
    open_questions: tuple[Point, ...]
    contributions: int
    people: int
    maker: str
    topics: tuple[Topic, ...] = ()
    """Its largest themes, with what they are called and how many stand behind them."""

    def without(self, gone: Collection[int]) -> ThemeFindings:
        """The same when these contributions don't exist (any more); the counts stay those of the session's close."""
        points = tuple(left for point in self.points if (left := point.without(gone)))
        questions = tuple(left for point in self.open_questions if (left := point.without(gone)))
        topics = (topic.only(set(topic.numbers) - set(gone)) for topic in self.topics)
        return replace(
            self, points=points, open_questions=questions, topics=tuple(topic for topic in topics if topic.is_theme)
        )


@dataclass(frozen=True, slots=True)
class CommonThread:
    """Something that comes back in several themes (positions from 1, at least two), and the points that carry it.

    `words` are a model's sentence; without them the lines themselves stand beside each other (`quotes`, one of a theme
    each).
    """

    words: str
    themes: tuple[int, ...]
    cites: tuple[int, ...]
    """Contributions, at least one of each theme."""
    quotes: tuple[Point, ...] = ()
    translations: dict[str, str] = field(default_factory=dict, hash=False)
    """language -> the words in it, by a model."""

    def without(self, gone: Collection[int]) -> CommonThread:
        """The same when what its lines answer does not exist (any more); none of what it cites is gone."""
        return replace(self, quotes=tuple(left for quote in self.quotes if (left := quote.without(gone))))


@dataclass(frozen=True, slots=True)
class Findings:
    """What the whole programme comes to, theme by theme in the order of the sessions."""

    title: str
    themes: tuple[ThemeFindings, ...]
    maker: str
    """The model that wrote at least one of the briefs, or "offline"."""
    language: str = "en"
    threads: tuple[CommonThread, ...] = ()
    """What comes back in more than one theme."""
    next_steps: tuple[Point, ...] = ()
    """What members proposed to do; nothing that nobody proposed."""
    unheard: dict[str, int] = field(default_factory=dict)
    """Languages in which five people or more wrote and that no line rests on: language -> how many contributions."""

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
        cites = [line.cites for line in self._lines()] + [thread.cites for thread in self.threads]
        return frozenset(number for numbers in cites for number in numbers)

    def numbers(self) -> frozenset[int]:
        """The contributions whose words may stand in it: what a line answers, and a theme's name comes from, too."""
        answered = {line.replies_to for line in self._lines() if line.replies_to is not None}
        named = {number for theme in self.themes for topic in theme.topics for number in topic.named_in}
        return self.cited_numbers() | answered | named

    def _lines(self) -> list[Point]:
        lines = [point for theme in self.themes for point in (*theme.points, *theme.open_questions)]
        return [*lines, *self.next_steps, *(quote for thread in self.threads for quote in thread.quotes)]

    def without(self, gone: Collection[int]) -> Findings:
        """The findings when these contributions don't exist (any more). A thread that loses one goes as a whole: it was
        written over all of them.
        """
        return replace(
            self,
            themes=tuple(theme.without(gone) for theme in self.themes),
            threads=tuple(thread.without(gone) for thread in self.threads if not set(thread.cites) & set(gone)),
            next_steps=tuple(left for point in self.next_steps if (left := point.without(gone))),
        )


@dataclass(frozen=True, slots=True)
class FindingsAssignment:
    """What the findings are made of: the stored briefs, each under its theme's title, in the order of the sessions."""

    title: str
    briefs: tuple[tuple[str, Brief], ...]
    language: str = "en"
    translations: tuple[str, ...] = ()
    """Further languages in which the lines are wanted too."""
    words: int = MOST_WORDS
    subject: str = ""
    """As in `Assignment`."""
    most_tokens: int | None = None
    """As in `Assignment`."""


def to_json(findings: Findings) -> dict[str, Any]:
    """The findings as plain JSON, to keep in the record."""
    return cast("dict[str, Any]", _findings().dump_python(findings, mode="json"))


def from_json(value: dict[str, Any]) -> Findings:
    """The findings that `to_json` stored. Once a thread could be a single word that came back: that says nothing."""
    threads = [thread for thread in value.get("threads", ()) if not thread.get("by_word")]
    return _findings().validate_python({**value, "threads": threads})


@cache
def _findings() -> TypeAdapter[Findings]:
    return TypeAdapter(Findings)
