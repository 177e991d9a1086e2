"""The points of several chunks as one list. Code unites them, so no citation passes through a model twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.answer import MOST_CITES
from cop_bot.summariser.languages import content_words

MOST = {Section.MAIN_POINTS: 6, Section.IDEAS: 5, Section.DISAGREEMENTS: 3, Section.OPEN_QUESTIONS: 3}
_ALIKE = 0.6
"""The share of common words from which two points say the same."""


def unite(parts: Sequence[Sequence[Point]]) -> list[Point]:
    """The points section by section, each chunk's first before any chunk's second, as many as a section holds."""
    united: list[Point] = []
    for section, most in MOST.items():
        own = [[point for point in part if point.section == section] for part in parts]
        in_turn = [point for row in zip_longest(*own) for point in row if point is not None]
        united += _without_repeats(in_turn)[:most]
    return united


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        at = next((at for at, other in enumerate(kept) if _says_the_same(point, other)), None)
        if at is None:
            kept.append(point)
        elif not kept[at].quote:  # a quote rests on the one contribution it was taken from
            cites = tuple(dict.fromkeys((*kept[at].cites, *point.cites)))[:MOST_CITES]
            kept[at] = replace(kept[at], cites=cites)
    return kept


def _says_the_same(one: Point, other: Point) -> bool:
    own, theirs = set(content_words(one.text)), set(content_words(other.text))
    return len(own & theirs) >= _ALIKE * len(own | theirs) > 0 or one.text == other.text
