"""The last step of every summariser: of the points it found, those that fit into a brief, and what else belongs in it.

What a model wrote and a second reading bore out comes first, members' own words fill what it leaves. Among either the
choice is fair: with room for one line more, a language, a topic or a member that has none yet goes before one that has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import IN_BRIEF, MOST_QUESTIONS, Brief, Point, Section
from cop_bot.summariser.choosing.by_rule import open_questions, resources
from cop_bot.summariser.choosing.unheard import also_heard
from cop_bot.summariser.reading.duplicates import echoes
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.words.languages import length
from cop_bot.summariser.words.proposals import proposal
from cop_bot.summariser.words.quotes import shorten

MOST_NEXT_STEPS = 2
"""Of the points of a brief: it tells first of all what was said."""
_SHORTEST = 8
"""Words below which a line says too little: then fewer lines are better."""


def assemble(assignment: Assignment, reading: Reading, points: Sequence[Point], maker: str) -> Brief:
    """The brief made of these points, the strongest first: as many lines and words of `IN_BRIEF` as the assignment
    allows, at most three open questions; what they pass over is added by rule.
    """
    lines = _fitted(_chosen(reading, points, assignment), assignment.most_words)
    lines += _questions(reading, points, _authors(reading, lines))
    lines += resources(reading)
    lines += also_heard(reading, lines)
    lines = [replace(point, people=_people(reading, point)) for point in lines]
    return Brief(
        points=tuple(lines),
        receipt=reading.receipt(lines),
        maker=maker,
        language=assignment.language,
        people=reading.people,
        questions=tuple(question.text for question in assignment.questions),
        topics=reading.as_shown(),
        meaning=reading.meaning,
    )


def _people(reading: Reading, point: Point) -> int:
    return len({reading.authors[number] for number in reading.behind(point.cites) if number in reading.authors})


@dataclass(slots=True)
class _Heard:
    """Who and what has a line already."""

    reading: Reading
    topic_of: dict[int, int]
    languages: set[str] = field(default_factory=set)
    topics: set[int] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    sections: list[Section] = field(default_factory=list)
    questions: set[int] = field(default_factory=set)

    def add(self, point: Point) -> None:
        self.languages |= self._languages(point)
        self.topics |= self._topics(point)
        self.authors |= _authors(self.reading, [point])
        self.sections.append(point.section)
        self.questions |= {point.answers} if point.answers else set()

    def how_new(self, point: Point) -> tuple[bool, ...]:
        """Sorts first what nobody has said yet: False before True."""
        return (
            not point.answers or point.answers in self.questions,
            self._languages(point) <= self.languages,
            point.section != Section.DISAGREEMENTS or Section.DISAGREEMENTS in self.sections,
            self._topics(point) <= self.topics,
            _authors(self.reading, [point]) <= self.authors,
        )

    def _languages(self, point: Point) -> set[str]:
        return {self.reading.topics[topic].language for topic in self._topics(point)}

    def _topics(self, point: Point) -> set[int]:
        return {self.topic_of[number] for number in point.cites if number in self.topic_of}


def _chosen(reading: Reading, points: Sequence[Point], assignment: Assignment) -> list[Point]:
    """The points that get a line, section by section, the strongest of each first. Of quotes the beginning may do; what
    was written stands whole, or not at all.
    """
    left = list(dict.fromkeys(point for point in points if point.section in IN_BRIEF))
    rank = {point: at for at, point in enumerate(left)}
    heard = _Heard(reading, reading.topic_of())
    chosen: list[Point] = []
    room = assignment.most_words
    while left and len(chosen) < assignment.most_lines:
        best = min(left, key=lambda point: (point.quote, *heard.how_new(point), rank[point]))
        left.remove(best)
        needed = min(_length(best), _SHORTEST) if best.quote else _length(best)
        if any(echoes(best.text, point.text) for point in chosen) or (chosen and needed > room):
            continue
        chosen.append(best)
        heard.add(best)
        room -= needed
    chosen = _with_few_steps(chosen, rank)
    return sorted(chosen, key=lambda point: (list(Section).index(point.section), rank[point]))


def _with_few_steps(chosen: list[Point], rank: dict[Point, int]) -> list[Point]:
    """The points with all next steps but the strongest as ideas, which they are too."""
    steps = sorted((point for point in chosen if point.section == Section.NEXT_STEPS), key=rank.__getitem__)
    for point in steps[MOST_NEXT_STEPS:]:
        idea = replace(point, section=Section.IDEAS)
        rank[idea] = rank[point]
        chosen = [idea if other == point else other for other in chosen]
    return chosen


def _fitted(points: list[Point], words: int) -> list[Point]:
    """The points in so many words over all: what was written as it is, if that fits, and of the quotes short ones leave
    what they don't need to the long ones.
    """
    fitted = list(points)
    lengths = [_length(point) for point in points]
    taken = sum(length for point, length in zip(points, lengths, strict=True) if not point.quote)
    flexible = [at for at, point in enumerate(points) if point.quote or taken > words]
    room = words if taken > words else words - taken
    for left, at in zip(range(len(flexible), 0, -1), sorted(flexible, key=lengths.__getitem__), strict=True):
        fitted[at] = _shortened(points[at], room // left)
        room -= _length(fitted[at])
    for at in flexible:  # what whole sentences left over lets another sentence stay
        point = points[at]
        longer = _shortened(point, _length(fitted[at]) + room)
        room -= _length(longer) - _length(fitted[at])
        fitted[at] = longer
    return fitted


def _shortened(point: Point, words: int) -> Point:
    return replace(point, text=shorten(point.text, words, proposal if point.section == Section.NEXT_STEPS else None))


def _length(point: Point) -> int:
    return length(point.text)


def _questions(reading: Reading, points: Sequence[Point], heard: set[str]) -> list[Point]:
    """The open questions that were found, then those that were passed over."""
    there = [point for point in points if point.section == Section.OPEN_QUESTIONS][:MOST_QUESTIONS]
    covered = {number for point in there for number in point.cites}
    passed_over = [point for point in open_questions(reading, heard) if covered.isdisjoint(point.cites)]
    return (there + passed_over)[:MOST_QUESTIONS]


def _authors(reading: Reading, points: Iterable[Point]) -> set[str]:
    return {reading.authors[n] for point in points for n in point.cites if n in reading.authors}
