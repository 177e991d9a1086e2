"""Too many points for one brief: a model writes fewer of them; code unites what they cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, Field

from cop_bot.domain.assignment import WORDS_A_LINE, Assignment
from cop_bot.domain.brief import IN_BRIEF, Point, Section
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import Rows, Unusable, one_of, some_of, words
from cop_bot.summariser.server.fenced import json_line, tokens
from cop_bot.summariser.server.model_client import Conversation, ModelRequest, fenced, language_name
from cop_bot.summariser.writing.checks import Checked, check
from cop_bot.summariser.writing.claims import looked_at, one_line
from cop_bot.summariser.writing.unite import chosen_cites

_MOST_FROM = 12
"""Points that one new point may unite."""
_A_POINT = 260
"""Tokens."""


class United(BaseModel):
    """A point that a model made of others."""

    section: str
    text: str
    origins: list[str] = Field(validation_alias="from")


def request(assignment: Assignment, points: Sequence[Point]) -> ModelRequest[United]:
    """What to ask so that these points become as many as a brief holds."""
    lines = "\n".join(
        json_line(id=f"p{at}", section=point.section.value, text=point.text) for at, point in enumerate(points, start=1)
    )
    most = looked_at(assignment)
    sections = [section.value for section in IN_BRIEF]
    fields = {
        "section": one_of(sections),
        "text": words(),
        "from": some_of([f"p{at}" for at in range(1, len(points) + 1)], _MOST_FROM),
    }
    return ModelRequest(
        "reduce",
        fenced(lines)
        | {
            "theme": one_line(assignment.theme),
            "count": str(len(points)),
            "points": str(most),
            "words": str(most * WORDS_A_LINE),
            "language": language_name(assignment.language),
        },
        Rows("points", United, fields, most + 2),
        frozenset(number for point in points for number in point.cites),
        most * _A_POINT,
    )


async def reduced(
    conversation: Conversation, assignment: Assignment, found: Sequence[Checked], reading: Reading, budget: int
) -> list[Checked]:
    """The points of the brief in fewer sentences, followed by all that was not asked about.

    Only what has no fault is asked about. What a model left out, or what it can't shorten, stays behind the rest.
    """
    sound = [one for one in found if not one.faults and one.point.section in IN_BRIEF]
    if len(sound) <= looked_at(assignment):
        return list(found)
    asked = _within(sound, budget)
    try:
        answers = await conversation.ask(request(assignment, [one.point for one in asked]))
    except Unusable:
        return list(found)
    united: list[Checked] = []
    used: set[int] = set()
    for answer in answers:
        origins = [int(key[1:]) - 1 for key in dict.fromkeys(answer.origins) if _is_place(key, len(asked))]
        points = [asked[at].point for at in origins]
        if not points or used & set(origins):
            continue
        one = check(_united(answer, points, reading), reading, assignment.language)
        if one:
            united.append(one)
            used |= set(origins)
    rest = [one for one in found if not any(one is asked[at] for at in used)]
    return united + rest


def _united(answer: United, points: Sequence[Point], reading: Reading) -> Point:
    sections = [point.section for point in points]
    section = Section(answer.section) if answer.section in set(sections) else max(sections, key=sections.count)
    answered = [point.answers for point in points if point.answers is not None]
    cites = chosen_cites(answer.text, [point.cites for point in points], reading)
    return replace(
        points[0],
        section=section,
        text=answer.text,
        cites=cites,
        answers=max(answered, key=answered.count) if answered else None,
    )


def _within(found: Sequence[Checked], budget: int) -> list[Checked]:
    """As many as a model can read at once, the strongest first: with thousands of contributions there are hundreds."""
    used, kept = 0, []
    for one in found:
        used += tokens(one.point.text) + 25
        if used <= budget:
            kept.append(one)
    return kept


def _is_place(key: str, most: int) -> bool:
    return key[:1] == "p" and key[1:].isdecimal() and 1 <= int(key[1:]) <= most
