"""What the whole programme comes to: chosen from the briefs, which were checked when made; nothing is rewritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from cop_bot.domain.brief import IN_BRIEF, Brief, Point, Section
from cop_bot.domain.findings import CommonThread, Findings, FindingsAssignment, ThemeFindings
from cop_bot.domain.session_statistics import SMALLEST_GROUP
from cop_bot.summariser.choosing.common_wishes import common_wishes
from cop_bot.summariser.reading.meaning import ByWords, Meaning
from cop_bot.summariser.words.languages import length
from cop_bot.summariser.words.quotes import shorten

POINTS_A_THEME = 3
QUESTIONS_A_THEME = 3
TOPICS_A_THEME = 3
_SAID = tuple(section for section in IN_BRIEF if section != Section.NEXT_STEPS)


def collect(assignment: FindingsAssignment, meaning: Meaning | None = None) -> Findings:
    """For each theme the points that most members stand behind (of equals the first) and its open questions; what was
    proposed, the best of each theme before a second of any; what was said alike in several, in other languages too as
    far as the `meaning` tells.
    """
    makers = [brief.maker for _, brief in assignment.briefs if not brief.is_offline]
    whole = Findings(
        title=assignment.title,
        themes=tuple(_of_theme(theme, brief) for theme, brief in assignment.briefs),
        maker=makers[0] if makers else "offline",
        language=assignment.language,
        threads=common_wishes(assignment, meaning or ByWords()),
        next_steps=_in_turn([brief.of(Section.NEXT_STEPS) for _, brief in assignment.briefs]),
    )
    found = _within(whole, assignment.words)
    return replace(found, unheard=_unheard(assignment, found))


def _unheard(assignment: FindingsAssignment, found: Findings) -> dict[str, int]:
    """Languages of five people or more without a line; fewer would be known by it."""
    cited = found.cited_numbers()
    people: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    heard: set[str] = set()
    for _, brief in assignment.briefs:
        for topic in brief.topics:
            spoken[topic.language] += len(topic.numbers)
            heard |= {topic.language} if cited & set(topic.numbers) else set()
        for language in {topic.language for topic in brief.topics}:
            people[language] = max(people[language], _people(brief, language))
    return {one: spoken[one] for one in sorted(spoken) if one and one not in heard and people[one] >= SMALLEST_GROUP}


def _people(brief: Brief, language: str) -> int:
    """At least so many people spoke it in this session: somebody may be in several topics."""
    return max(topic.people for topic in brief.topics if topic.language == language)


def _in_turn(lines: Iterable[Sequence[Point]]) -> tuple[Point, ...]:
    return tuple(point for row in zip_longest(*lines) for point in row if point)


def _of_theme(theme: str, brief: Brief) -> ThemeFindings:
    return ThemeFindings(
        theme=theme,
        points=_strongest(brief),
        open_questions=brief.of(Section.OPEN_QUESTIONS)[:QUESTIONS_A_THEME],
        contributions=brief.receipt.read,
        people=brief.people,
        maker=brief.maker,
        topics=tuple(brief.topics[at] for at in brief.themes()[:TOPICS_A_THEME]),
    )


def _strongest(brief: Brief) -> tuple[Point, ...]:
    """Up to three points. A disagreement is one of them if there is any."""
    said = [point for section in _SAID for point in brief.of(section)]
    ranked = sorted(said, key=lambda point: (-max(point.people, len(point.cites)), list(Section).index(point.section)))
    chosen = ranked[:POINTS_A_THEME]
    divided = [point for point in ranked if point.section == Section.DISAGREEMENTS]
    if divided and not set(divided) & set(chosen):
        chosen[-1] = divided[0]
    return tuple(chosen)


def _within(whole: Findings, words: int) -> Findings:
    """As much of it as fits: what was proposed in a third of it at most, what was said alike in a quarter, and for each
    theme an equal part of the rest; what one theme leaves another may use.
    """
    steps = _taken(whole.next_steps, words // 3)
    threads = _threads(whole.threads, words // 4)
    left = words - _length(steps) - sum(_length(thread.quotes) for thread in threads)
    share = left // max(1, len(whole.themes))
    themes = [_of_lines(theme, _taken(_lines(theme, share), share)) for theme in whole.themes]
    left -= sum(_length((*theme.points, *theme.open_questions)) for theme in themes)
    for at, (theme, kept) in enumerate(zip(whole.themes, list(themes), strict=True)):
        there = [*kept.points, *kept.open_questions]
        more = _taken([line for line in _lines(theme, share) if line not in there], left)
        left -= _length(more)
        themes[at] = _of_lines(theme, [line for line in _lines(theme, share) if line in there or line in more])
    return replace(whole, themes=tuple(themes), threads=threads, next_steps=tuple(steps))


def _lines(theme: ThemeFindings, words: int) -> list[Point]:
    """Its lines, the most important first: a point, short enough to fit, then questions and points in turn."""
    lines = [point for row in zip_longest(theme.points, theme.open_questions) for point in row if point]
    return [_shortened(point, max(1, words)) for point in lines[:1]] + lines[1:]


def _shortened(point: Point, words: int) -> Point:
    text = shorten(point.text, words)
    return point if text == point.text else replace(point, text=text, translations={})


def _of_lines(theme: ThemeFindings, lines: Sequence[Point]) -> ThemeFindings:
    asked = [line for line in lines if line.section == Section.OPEN_QUESTIONS]
    said = [line for line in lines if line.section != Section.OPEN_QUESTIONS]
    return replace(theme, points=tuple(said), open_questions=tuple(asked))


def _threads(threads: Iterable[CommonThread], words: int) -> tuple[CommonThread, ...]:
    taken: list[CommonThread] = []
    for thread in threads:
        if sum(_length(one.quotes) for one in (*taken, thread)) <= words:
            taken.append(thread)
    return tuple(taken)


def _taken(lines: Iterable[Point], words: int) -> list[Point]:
    """Those of the lines, in order, that fit into so many words."""
    taken: list[Point] = []
    for line in lines:
        if _length((*taken, line)) <= words:
            taken.append(line)
    return taken


def _length(lines: Iterable[Point]) -> int:
    return sum(length(line.text) for line in lines)
