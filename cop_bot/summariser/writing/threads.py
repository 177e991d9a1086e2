"""What comes back in several themes: found by a model over the points of the briefs, and looked up in these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from cop_bot.domain.brief import Point, Section
from cop_bot.domain.findings import CommonThread, FindingsAssignment
from cop_bot.summariser.reading.crowd import tells_of_the_crowd
from cop_bot.summariser.server.answer import Rows, some_of, words
from cop_bot.summariser.server.fenced import json_line
from cop_bot.summariser.server.model_client import ModelRequest, fenced, language_name
from cop_bot.summariser.words.languages import language_of, plain
from cop_bot.summariser.words.literals import invents
from cop_bot.summariser.words.negation import nearest, turned
from cop_bot.summariser.words.prompt_injection import looks_like_an_instruction
from cop_bot.summariser.writing.checks import same_language, share, told
from cop_bot.summariser.writing.claims import one_line
from cop_bot.summariser.writing.cleaning import clean
from cop_bot.summariser.writing.redaction import has_mark, masked

MOST = 3
_MOST_CITES = 8
_WORDS = 25
"""Words of a thread, as the model is told."""
_A_THREAD = 260
"""Tokens."""
_SUPPORTED = 0.5
"""The share of a thread's words that its points have to contain: nobody reads it a second time. Measured on
human summaries with marked sources (QMSum): 71 % of true sentences reach it and 6 % of those beside a wrong source."""
_OF_ALL = 4
"""Threads take at most this part of the words of the findings: the fourth."""
_SPOKEN_OF = frozenset({Section.RESOURCES, Section.ALSO_HEARD})
"""Sections whose lines are not looked at."""


class Told(BaseModel):
    """A thread as the model gave it. `cites` are ids of points (t1p3)."""

    text: str
    cites: list[str]


@dataclass(frozen=True, slots=True)
class Material:
    """The points of all themes: id in the request -> position of the theme from 1, and the point."""

    points: dict[str, tuple[int, Point]]
    themes: tuple[str, ...]

    @classmethod
    def of(cls, assignment: FindingsAssignment) -> Material:
        """The points of the briefs, not the contributions."""
        found: dict[str, tuple[int, Point]] = {}
        for theme, (_, brief) in enumerate(assignment.briefs, start=1):
            told_of = [point for point in brief.points if point.section not in _SPOKEN_OF]
            found |= {f"t{theme}p{at}": (theme, point) for at, point in enumerate(told_of, start=1)}
        return cls(found, tuple(theme for theme, _ in assignment.briefs))

    @property
    def is_enough(self) -> bool:
        """Whether something can come back at all."""
        return len({theme for theme, _ in self.points.values()}) > 1


def request(assignment: FindingsAssignment, material: Material) -> ModelRequest[Told]:
    """What to ask about the points."""
    lines = "\n".join(
        json_line(id=key, theme=one_line(material.themes[theme - 1]), text=masked(_in(point, assignment.language)))
        for key, (theme, point) in material.points.items()
    )
    values = fenced(lines) | {
        "theme": one_line(assignment.title),
        "count": str(len(material.points)),
        "threads": str(MOST),
        "words": str(MOST * _WORDS),
        "language": language_name(assignment.language),
    }
    rows = Rows("threads", Told, {"text": words(), "cites": some_of(list(material.points), _MOST_CITES)}, MOST + 2)
    numbers = frozenset(number for _, point in material.points.values() for number in point.cites)
    return ModelRequest("threads", values, rows, numbers, MOST * _A_THREAD)


def held(answers: Sequence[Told], material: Material, assignment: FindingsAssignment) -> list[CommonThread]:
    """The threads that the points they cite bear out, each over at least two themes; a quarter of the words at most."""
    found: list[CommonThread] = []
    for answer in answers:
        points = [material.points[key] for key in dict.fromkeys(answer.cites) if key in material.points]
        thread = _thread(clean(answer.text), points, assignment.language)
        if thread is None or thread.words.casefold() in {other.words.casefold() for other in found}:
            continue
        if len(found) < MOST and length([*found, thread]) <= assignment.words // _OF_ALL:
            found.append(thread)
    return found


def length(threads: Iterable[CommonThread]) -> int:
    """Words of these threads."""
    return sum(len(thread.words.split()) for thread in threads)


def _thread(text: str, cited: Sequence[tuple[int, Point]], language: str) -> CommonThread | None:
    """The thread, cut down to those points that share words with it."""
    near = [(theme, point) for theme, point in cited if share(text, [_in(point, language)]) > 0]
    themes = tuple(sorted({theme for theme, _ in near}))
    sources = [_in(point, language) for _, point in near]
    if not text or len(themes) < 2 or share(text, sources) < _SUPPORTED:
        return None
    if has_mark(text) or looks_like_an_instruction(text) or not _is_in(text, language):
        return None
    if tells_of_the_crowd(text, language, sources):
        return None
    if any(turned(text, nearest(text, source), language) for source in sources):
        return None
    if invents(text, language, [(source, language) for source in sources]):
        return None
    firsts = [next(point.cites[0] for at, point in near if at == theme) for theme in themes]
    cites = (*firsts, *(number for _, point in near for number in point.cites))
    return CommonThread(plain(text), themes, tuple(dict.fromkeys(cites))[: max(_MOST_CITES, len(themes))])


def _in(point: Point, language: str) -> str:
    return point.translations.get(language, point.text)


def _is_in(text: str, language: str) -> bool:
    return not told(language) or same_language(language_of(text) or language, language)
