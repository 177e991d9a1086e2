"""What proves a line: words of its sources, letter by letter, that can carry all that it claims.

A reader that errs is expected: it says yes, and shows the nearest sentence. So the words shown are held against the
line once more, in the same language by the words that both have, in another one by what languages have in common.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.words.framing import speaks_of_the_summary
from cop_bot.summariser.words.languages import content_words, plain
from cop_bot.summariser.words.negation import (
    affirms_too,
    could_say,
    denies_something,
    exchanged,
    order_of,
    turned,
    turned_elsewhere,
)
from cop_bot.summariser.words.quotes import asks, sentences
from cop_bot.summariser.words.terms import names_the_actor_last, unproven
from cop_bot.summariser.writing.checks import bare_words, check, same_language
from cop_bot.summariser.writing.redaction import masked

_SAYS_SOMETHING = 3
"""Words of a quote; in scripts without blanks, twice as many signs."""
_APART = re.compile(r"[;:.!?]\s|,\s(?:and|en|og|et|e|y|und|na)\s")
_A_CLAUSE = 3
"""Words from which a part of a line says something by itself."""
_OF_ANOTHER = 3
"""Content words of a quote in another language, or all of its source: fewer fit to anything."""
_SHOWN = 0.5
"""The share of the words that a line has from its sources that has to stand in what is shown of them: a reader that
read them shows where they are."""
_IN_COMMON, _TURNED = 10, 0.5
"""Pairs of words that line and quote share, from which on their order tells; and the share of those that stand in
another order where who does something to whom was changed."""


def proved(point: Point, quotes: Sequence[str], reading: Reading) -> Point | None:
    """The point, citing those sources alone that were shown and can say it; None if they don't bear all of it.

    A disagreement needs the words of both sides.
    """
    shown = {number: _shown_in(reading.voices[number].text, quotes, point) for number in _unframed(point, reading)}
    if point.section != Section.DISAGREEMENTS:
        shown = {number: _bearing(number, shown, point, reading) for number in shown}
    right = tuple(number for number in shown if shown[number])
    if not right or not _is_borne(point, {number: shown[number] for number in right}, reading):
        return None
    again = check(replace(point, cites=right), reading, point.language)
    if again is None or again.faults or (point.section == Section.DISAGREEMENTS != again.point.section):
        return None
    return replace(again.point, verified=True)


def _unframed(point: Point, reading: Reading) -> list[int]:
    """The sources that speak of the matter: what somebody wants to have written in a summary is not said yet."""
    if speaks_of_the_summary(point.text):
        return list(point.cites)
    return [number for number in point.cites if not speaks_of_the_summary(reading.voices[number].text)]


def _shown_in(text: str, quotes: Sequence[str], point: Point) -> list[str]:
    """What of these quotes stands in the text and can carry a line: a question carries none but a question."""
    found = [quote for quote in quotes if _is_in(quote, text)]
    if point.section == Section.OPEN_QUESTIONS:
        return found
    told = (" ".join(one for one in sentences(quote) if not asks(one)) for quote in found)
    return [one for one in told if one]


def _is_in(quote: str, text: str) -> bool:
    wanted = plain(quote).strip("\"'“”„«»‘’ .…").casefold()
    enough = len(wanted.split()) >= _SAYS_SOMETHING or len(content_words(wanted)) >= 2 * _SAYS_SOMETHING
    whole = plain(text).strip(" .!?").casefold()
    return (
        bool(wanted) and (enough or wanted == whole) and (wanted in whole or wanted in plain(masked(text)).casefold())
    )


def _bearing(number: int, shown: Mapping[int, list[str]], point: Point, reading: Reading) -> list[str]:
    spoken, whole = reading.languages[number], reading.voices[number].text
    is_foreign = _is_foreign(spoken, point)
    if turned_elsewhere(point.text, point.language, whole, spoken) if is_foreign else exchanged(point.text, whole):
        return []
    least = min(_OF_ANOTHER, len(content_words(whole))) if is_foreign else 0
    others = [(quote, reading.languages[other]) for other, found in shown.items() if other != number for quote in found]
    denied = any(denies_something(quote, language) for quote, language in others)
    enough = [quote for quote in shown[number] if len(content_words(quote)) >= least]
    return [quote for quote in enough if _bears(point, quote, spoken, denied)]


def _bears(point: Point, quote: str, spoken: str, denied: bool) -> bool:
    """Whether a point may rest on these words: not on the opposite, and in its own language not on something else.

    One that affirms something and denies something else may rest on words that affirm, if others have `denied`.
    """
    if _is_foreign(spoken, point):
        says_both = denied and affirms_too(point.text, point.language)
        return could_say(quote, spoken, point.text, point.language) or (says_both and affirms_too(quote, spoken))
    shared = set(bare_words(quote)) & set(bare_words(point.text))
    return bool(shared) and not turned(point.text, quote, point.language) and not _swaps(point, quote)


def _swaps(point: Point, quote: str) -> bool:
    inverted, pairs = order_of(point.text, quote)
    is_other = pairs >= _IN_COMMON and inverted >= _TURNED * pairs
    return is_other and not names_the_actor_last(point.text, point.language)


def _is_borne(point: Point, shown: Mapping[int, list[str]], reading: Reading) -> bool:
    """Whether the words shown bear all of the line together."""
    quotes = [(quote, reading.languages[number]) for number, found in shown.items() for quote in found]
    whole = [(reading.voices[number].text, reading.languages[number]) for number in shown]
    if unproven(point.text, point.language, quotes, whole):
        return False
    if any(_is_foreign(spoken, point) for _, spoken in quotes):
        return True
    theirs = {word for quote, _ in quotes for word in bare_words(quote)}
    there = set(bare_words(point.text)) & {word for text, _ in whole for word in bare_words(text)}
    if len(there & theirs) < _SHOWN * len(there):
        return False
    parts = _said_apart(point.text)
    return all(theirs & set(bare_words(part)) for part in parts)


def _said_apart(text: str) -> list[str]:
    """The text, and of one that says several things each by itself."""
    parts = [part for part in _APART.split(text) if len(bare_words(part)) and len(part.split()) >= _A_CLAUSE]
    return [text, *parts] if len(parts) > 1 else [text]


def _is_foreign(spoken: str, point: Point) -> bool:
    return bool(spoken) and not same_language(spoken, point.language)
