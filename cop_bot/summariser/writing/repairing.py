"""Points that broke a rule: written anew once, and if that does not help, the member's own words instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel

from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.choosing.by_rule import in_their_words
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import Rows, Unusable, one_of, some_of, words
from cop_bot.summariser.server.model_client import Conversation, ModelRequest, language_name
from cop_bot.summariser.words.languages import plain
from cop_bot.summariser.words.proposals import proposes
from cop_bot.summariser.words.quotes import question, quote
from cop_bot.summariser.writing.checks import QUESTION_MARKS, Checked, check
from cop_bot.summariser.writing.sheet import Sheet, sheet
from cop_bot.summariser.writing.verifying import second_reading

_A_SENTENCE = 200
"""Tokens."""
_QUOTED = 30
"""Words of a quote that stands in for a point."""


class Rewritten(BaseModel):
    """A sentence as the model wrote it anew."""

    id: str
    text: str
    cites: list[str]


def rewriting(name: str, shown: Sheet, language: str) -> ModelRequest[Rewritten]:
    """What to ask so that these sentences are written anew; `name` says which prompts."""
    fields = {"id": one_of(list(shown.keys)), "text": words(), "cites": some_of(list(shown.sources))}
    rows = Rows("sentences", Rewritten, fields, len(shown.keys))
    values = shown.values() | {"language": language_name(language)}
    return ModelRequest(name, values, rows, frozenset(shown.sources.values()), 100 + len(shown.keys) * _A_SENTENCE)


async def rewritten(
    conversation: Conversation,
    asked: ModelRequest[Rewritten],
    shown: Sheet,
    points: Sequence[Point],
    reading: Reading,
    language: str,
) -> list[Checked | None]:
    """Each point with its new words, checked; None where there are none."""
    try:
        answers = await conversation.ask(asked)
    except Unusable:
        answers = []
    found: list[Checked | None] = [None] * len(points)
    for answer in answers:
        at = shown.keys.get(answer.id)
        if at is not None:
            cites = tuple(shown.sources[key] for key in answer.cites if key in shown.sources)
            point = replace(points[at], text=answer.text, cites=cites or points[at].cites)
            found[at] = check(replace(point, quote=False, verified=False, translations={}), reading, language)
    return found


async def grounded(
    conversation: Conversation, found: Sequence[Checked], reading: Reading, language: str, budget: int
) -> list[Point]:
    """The points as they may be shown: those that a second reading confirmed, those that were repaired and confirmed,
    and for the rest the words of the first contribution they cite, unless another point speaks of it.
    """
    looked_at = await second_reading(conversation, found, reading, budget)
    failing = [one for one in looked_at if one.faults]
    repairs = iter(await _repaired(conversation, failing, reading, language, budget))
    settled = [one.point if not one.faults else next(repairs) or own_words(one.point, reading) for one in looked_at]
    told = {number for point in settled if point and not point.quote for number in point.cites}
    points = [point for point in settled if point and not (point.quote and point.cites[0] in told)]
    return list({plain(point.text).casefold(): point for point in reversed(points)}.values())[::-1]


async def _repaired(
    conversation: Conversation, failing: Sequence[Checked], reading: Reading, language: str, budget: int
) -> list[Point | None]:
    if not failing:
        return []
    points = [one.point for one in failing]
    shown = sheet(points, [{"broke": list(one.faults)} for one in failing], reading, budget)
    anew = await rewritten(conversation, rewriting("repair", shown, language), shown, points, reading, language)
    return await confirmed(conversation, anew, reading, budget)


async def confirmed(
    conversation: Conversation, anew: Sequence[Checked | None], reading: Reading, budget: int
) -> list[Point | None]:
    """Of sentences that were written anew those that a second reading confirms."""
    there = [one for one in anew if one]
    settled = iter(await second_reading(conversation, there, reading, budget))
    left = [next(settled) if one else None for one in anew]
    return [one.point if one and not one.faults else None for one in left]


def own_words(point: Point, reading: Reading) -> Point | None:
    """In place of the point the words of the first contribution it cites; None for a resource, which is listed anyway.

    It stands where these words belong, whatever the model took the point for.
    """
    voice = reading.voices[point.cites[0]]
    if voice.kind == "resource":
        return None
    is_question = voice.kind == "question" or point.section == Section.OPEN_QUESTIONS
    text = question(voice.text, _QUOTED) if is_question else quote(voice.text, _QUOTED)
    section = _section_of(text, point.section)
    return replace(in_their_words(reading, section, voice, text), answers=point.answers)


def _section_of(text: str, section: Section) -> Section:
    """A question among the questions, a next step only if it proposes one; nobody's words alone are a disagreement."""
    if text.rstrip(" \"'”’»)").endswith(QUESTION_MARKS):
        return Section.OPEN_QUESTIONS
    if section == Section.IDEAS or (section == Section.NEXT_STEPS and proposes(text)):
        return section
    return Section.MAIN_POINTS
