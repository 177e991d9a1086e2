"""What members of several sessions said alike: lines beside each other, found by the words they share, and in other
languages by their meaning where a model tells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import Point, Section
from cop_bot.domain.findings import CommonThread, FindingsAssignment
from cop_bot.summariser.reading.meaning import Meaning
from cop_bot.summariser.words.everyday import is_everyday
from cop_bot.summariser.words.languages import content_words, negations, spelled

_Line = tuple[int, Point, frozenset[str]]
"""Theme, line, and what it is about."""
_Group = list[tuple[int, Point]]

MOST = 3
_IN_COMMON = 3
"""Words that two lines share at the least. Fewer are a topic, and no wish."""
_OF_THE_SHORTER = 0.5
"""And the share of the words of the shorter one that they are."""
_ANY_TIME = datetime.min.replace(tzinfo=UTC)
_CARRYING = frozenset(Section) - {Section.RESOURCES, Section.ALSO_HEARD, Section.OPEN_QUESTIONS}


def common_wishes(assignment: FindingsAssignment, meaning: Meaning) -> tuple[CommonThread, ...]:
    """Up to three groups of lines, one of a theme each; those of most themes first.

    Everyday words don't count, nor do those with which the programme itself asked: of its title, its themes and their
    guiding questions. A "not" in one of them makes two lines different however alike they are.
    """
    asked = [text for theme, brief in assignment.briefs for text in (theme, *brief.questions)]
    known = frozenset(word for text in (assignment.title, *asked) for word in content_words(text))
    lines: list[_Line] = [
        (theme, point, _stems(point, known))
        for theme, (_, brief) in enumerate(assignment.briefs, start=1)
        for point in brief.points
        if point.section in _CARRYING and point.cites
    ]
    found: list[CommonThread] = []
    used: set[Point] = set()
    for group in sorted((*_groups(lines), *_across(lines, meaning)), key=len, reverse=True):
        if len(found) < MOST and used.isdisjoint(point for _, point in group):
            used.update(point for _, point in group)
            found.append(_thread(group))
    return tuple(found)


def _stems(point: Point, known: frozenset[str]) -> frozenset[str]:
    return frozenset(
        stem
        for stem, word in spelled(point.text)
        if stem not in known and not is_everyday(word.casefold(), point.language)
    )


def _across(lines: list[_Line], meaning: Meaning) -> Iterator[_Group]:
    """Lines of different themes that say the same in different languages."""
    voices = tuple(
        Voice(number, "idea", point.text, "", _ANY_TIME) for number, (_, point, _) in enumerate(lines, start=1)
    )
    languages = {number: point.language or "" for number, (_, point, _) in enumerate(lines, start=1)}
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for later, first in meaning.same_elsewhere(voices, languages).items():
        alike[first].append(later)
    for first, others in alike.items():
        group: dict[int, Point] = {}
        for number in (first, *others):
            theme, point, _ = lines[number - 1]
            group.setdefault(theme, point)
        if len(group) > 1:
            yield sorted(group.items())


def _groups(lines: list[_Line]) -> Iterator[_Group]:
    """For each line those of other themes that are most like it, if there is any."""
    for theme, point, stems in lines:
        group = {theme: (point, len(stems))}
        for other_theme, other, others in lines:
            shared = len(stems & others)
            if other_theme == theme or shared < max(_IN_COMMON, _OF_THE_SHORTER * min(len(stems), len(others))):
                continue
            if point.language != other.language or negations(point.text) != negations(other.text):
                continue
            if other_theme not in group or group[other_theme][1] < shared:
                group[other_theme] = (other, shared)
        if len(group) > 1:
            yield [(at, group[at][0]) for at in sorted(group)]


def _thread(group: _Group) -> CommonThread:
    quotes = tuple(point for _, point in group)
    return CommonThread("", tuple(theme for theme, _ in group), tuple(point.cites[0] for point in quotes), quotes)
