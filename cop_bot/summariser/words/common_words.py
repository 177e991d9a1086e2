"""Words that members of several themes used for what matters to them: what a programme has in common, by rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cop_bot.domain.brief import Point, Section
from cop_bot.domain.findings import CommonThread, FindingsAssignment
from cop_bot.summariser.words.everyday import is_everyday
from cop_bot.summariser.words.languages import content_words, spelled

MOST = 4
_MOST_CITES = 8
_SHORTEST = 5
"""Letters; shorter words mean too many things."""
_CARRYING = frozenset(Section) - {Section.RESOURCES, Section.ALSO_HEARD}


@dataclass(slots=True)
class _Carried:
    """A word and what it carries: theme -> points."""

    points: defaultdict[int, list[Point]] = field(default_factory=lambda: defaultdict(list))
    spellings: Counter[str] = field(default_factory=Counter)

    def cites(self) -> tuple[int, ...]:
        """One contribution of each theme first, then the others."""
        firsts = [points[0].cites[0] for points in self.points.values()]
        others = [number for points in self.points.values() for point in points for number in point.cites]
        return tuple(dict.fromkeys((*firsts, *others)))[: max(_MOST_CITES, len(firsts))]


def common_words(assignment: FindingsAssignment) -> tuple[CommonThread, ...]:
    """Up to four words that carry points of at least two themes in one language, those of most themes first.

    Everyday words are left out, and those with which the programme itself asked: of its title, its themes and their
    guiding questions.
    """
    asked = [text for theme, brief in assignment.briefs for text in (theme, *brief.questions)]
    known = {word for text in (assignment.title, *asked) for word in content_words(text)}
    carried: defaultdict[tuple[str, str], _Carried] = defaultdict(_Carried)
    for theme, (_, brief) in enumerate(assignment.briefs, start=1):
        for point in brief.points:
            if point.section not in _CARRYING:
                continue
            for stem, word in _words(point, known):
                its = carried[point.language, stem]
                its.spellings[word] += 1
                if point not in its.points[theme]:
                    its.points[theme].append(point)
    return tuple(_threads(one for one in carried.values() if len(one.points) > 1))


def _words(point: Point, known: set[str]) -> Iterable[tuple[str, str]]:
    return (
        (stem, word)
        for stem, word in spelled(point.text)
        if stem not in known and len(word) >= _SHORTEST and not is_everyday(word.casefold(), point.language)
    )


def _threads(carried: Iterable[_Carried]) -> list[CommonThread]:
    def weight(one: _Carried) -> tuple[int, int]:
        return -len(one.points), -sum(map(len, one.points.values()))

    threads: list[CommonThread] = []
    for one in sorted(carried, key=weight):
        cites = one.cites()
        if len(threads) < MOST and cites not in {thread.cites for thread in threads}:
            word = one.spellings.most_common(1)[0][0]
            threads.append(CommonThread(word, tuple(one.points), cites, by_word=True))
    return threads
