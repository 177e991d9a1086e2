"""The points of several chunks as one list. Code unites them, so no citation passes through a model twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import MOST_CITES
from cop_bot.summariser.words.languages import content_words
from cop_bot.summariser.words.negation import turned
from cop_bot.summariser.writing.checks import Checked, share

_ALIKE = 0.6
"""The share of common words from which two points say the same."""


def unite(parts: Sequence[Sequence[Checked]]) -> list[Checked]:
    """All points, each chunk's first before any chunk's second; those that say the same are one."""
    kept: list[Checked] = []
    for one in (one for row in zip_longest(*parts) for one in row if one is not None):
        at = next((at for at, other in enumerate(kept) if _says_the_same(one.point, other.point)), None)
        if at is None:
            kept.append(one)
        elif not kept[at].faults and not one.faults:
            kept[at] = Checked(_both(kept[at].point, one.point))
    return kept


def chosen_cites(text: str, sources: Iterable[Sequence[int]], reading: Reading) -> tuple[int, ...]:
    """Of what several points cite, at most five: of each point what has most in common with the text, then the rest."""
    ranked = [
        sorted(dict.fromkeys(cites), key=lambda number: -share(text, [reading.voices[number].text]))
        for cites in sources
    ]
    in_turn = (number for row in zip_longest(*ranked) for number in row if number is not None)
    return tuple(dict.fromkeys(in_turn))[:MOST_CITES]


def _both(one: Point, other: Point) -> Point:
    return replace(one, cites=tuple(dict.fromkeys((*one.cites, *other.cites)))[:MOST_CITES])


def _says_the_same(one: Point, other: Point) -> bool:
    if (one.section == Section.OPEN_QUESTIONS) != (other.section == Section.OPEN_QUESTIONS):
        return False
    if turned(one.text, other.text, one.language):
        return False
    own, theirs = set(content_words(one.text)), set(content_words(other.text))
    return len(own & theirs) >= _ALIKE * len(own | theirs) > 0 or one.text == other.text
