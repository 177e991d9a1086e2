"""The second reading of doubtful points: a model says whether the sources say so, and has to show where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import structlog
from pydantic import BaseModel

from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import Rows, Unusable, one_of, words
from cop_bot.summariser.server.model_client import Conversation, ModelRequest
from cop_bot.summariser.words.languages import content_words, plain
from cop_bot.summariser.words.negation import affirms_too, could_say, denies, turned
from cop_bot.summariser.writing.checks import UNSUPPORTED, Checked, check, same_language
from cop_bot.summariser.writing.redaction import masked
from cop_bot.summariser.writing.sheet import Sheet, sheet

_LONGEST_QUOTE = 300
_A_VERDICT = 160
"""Tokens."""
_SAYS_SOMETHING = 3
"""Words of a quote; in scripts without blanks, twice as many signs."""

log = structlog.get_logger()


class Verdict(BaseModel):
    """What the model says of one sentence."""

    id: str
    supported: Literal["yes", "partly", "no"]
    quote: str = ""


def request(points: Sequence[Point], reading: Reading, budget: int) -> tuple[ModelRequest[Verdict], Sheet]:
    """What to ask about these points."""
    shown = sheet(points, [{}] * len(points), reading, budget)
    fields = {
        "id": one_of(list(shown.keys)),
        "supported": one_of(["yes", "partly", "no"]),
        "quote": words(_LONGEST_QUOTE),
    }
    rows = Rows("verdicts", Verdict, fields, len(points))
    values = shown.values() | {"ids": ", ".join(shown.keys)}
    asked = ModelRequest("verify", values, rows, frozenset(shown.sources.values()), 100 + len(points) * _A_VERDICT)
    return asked, shown


async def verified(
    conversation: Conversation, points: Sequence[Point], reading: Reading, budget: int
) -> list[Point | None]:
    """Each point as verified, or None where the sources don't say so. An answer that can't be used verifies nothing."""
    if not points:
        return []
    asked, shown = request(points, reading, budget)
    try:
        verdicts = await conversation.ask(asked)
    except Unusable:
        log.warning("no verdicts from the model", model=conversation.client.model)
        verdicts = []
    found: list[Point | None] = [None] * len(points)
    for verdict in verdicts:
        at = shown.keys.get(verdict.id)
        if at is not None and verdict.supported == "yes":
            found[at] = _proved(points[at], verdict.quote, reading)
    return found


def _proved(point: Point, quote: str, reading: Reading) -> Point | None:
    """The point, if the quote is really in one of its sources and can be what it rests on.

    A source in another language has to be shown itself: without that, only those in the point's own language stay.
    """
    shown = [number for number in point.cites if _is_in(quote, reading.voices[number].text)]
    denied = any(denies(reading.voices[number].text, reading.languages[number]) for number in point.cites)
    right = [number for number in shown if _bears(point, quote, reading.languages[number], denied)]
    if not right:
        return None
    foreign = [number for number in point.cites if _is_foreign(reading.languages[number], point)]
    if not foreign or set(foreign) & set(right):
        return replace(point, verified=True)
    alone = replace(point, cites=tuple(number for number in point.cites if number not in foreign))
    again = check(alone, reading, point.language)
    return replace(again.point, verified=True) if again and not again.faults else None


def _is_foreign(spoken: str, point: Point) -> bool:
    return bool(spoken) and not same_language(spoken, point.language)


def _is_in(quote: str, text: str) -> bool:
    wanted = plain(quote).strip("\"'“”„«»‘’ .…").casefold()
    enough = len(wanted.split()) >= _SAYS_SOMETHING or len(content_words(wanted)) >= 2 * _SAYS_SOMETHING
    whole = plain(text).strip(" .!?").casefold()
    return (
        bool(wanted) and (enough or wanted == whole) and (wanted in whole or wanted in plain(masked(text)).casefold())
    )


def _bears(point: Point, quote: str, spoken: str, denied: bool) -> bool:
    """Whether a point may rest on these words: not on the opposite, and in its own language not on something else.

    One that affirms something and denies something else may rest on words that affirm, if a source has `denied`.
    """
    if point.section == Section.DISAGREEMENTS:
        return True
    if _is_foreign(spoken, point):
        says_both = denied and len(point.cites) > 1 and affirms_too(point.text, point.language)
        return could_say(quote, spoken, point.text, point.language) or (says_both and affirms_too(quote, spoken))
    shared = set(content_words(quote)) & set(content_words(point.text))
    return bool(shared) and not turned(point.text, quote, point.language)


async def second_reading(
    conversation: Conversation, found: Sequence[Checked], reading: Reading, budget: int
) -> list[Checked]:
    """The same points: those that were doubtful are verified now, or have a fault."""
    doubtful = [one for one in found if one.is_doubtful]
    answers = iter(await verified(conversation, [one.point for one in doubtful], reading, budget))
    return [_settled(one, next(answers)) if one.is_doubtful else one for one in found]


def _settled(one: Checked, point: Point | None) -> Checked:
    return Checked(point) if point else Checked(one.point, (UNSUPPORTED,))
