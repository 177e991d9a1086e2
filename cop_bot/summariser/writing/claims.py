"""The first question to the model: what was said, as points that each name the contributions they rest on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, get_args

from pydantic import BaseModel

from cop_bot.domain.assignment import WORDS_A_LINE, Assignment
from cop_bot.domain.brief import MOST_QUESTIONS, Point, Section
from cop_bot.summariser.server.answer import Rows, one_of, some_of, words
from cop_bot.summariser.server.model_client import ModelRequest, fenced, language_name
from cop_bot.summariser.writing.chunks import Chunk
from prompts import Prompts

_NONE = "none"
_SPARE = 3
"""Rows beyond those that were asked for are still read."""
_REFUSED = 3
"""Points that are asked for beyond those that are shown."""
_OF_A_PART = 5
_SHARED = 2
"""Points that several parts may have in common, and are one then."""
_A_POINT = 220
"""Tokens of a point with all around it, in a language that takes many."""

_Section = Literal["main_points", "ideas", "disagreements", "next_steps", "open_questions"]


class Claim(BaseModel):
    """One point as the model gave it, before any check. `cites` and `answers` are ids of the request."""

    section: _Section
    text: str
    cites: list[str]
    answers: str = _NONE


def looked_at(assignment: Assignment) -> int:
    """How many points are asked for: more than are shown, since some turn out to be the same, or nothing."""
    return assignment.most_lines + _REFUSED


def request(prompts: Prompts, assignment: Assignment, chunk: Chunk, parts: int) -> ModelRequest[Claim]:
    """What to ask about a chunk; one of several `parts` of a session gives fewer points than a whole one."""
    points, questions = looked_at(assignment), MOST_QUESTIONS
    if parts > 1:
        points, questions = max(_OF_A_PART, math.ceil(points / parts) + _SHARED), MOST_QUESTIONS - 1
    fields = {"section": one_of(get_args(_Section)), "text": words(), "cites": some_of(list(chunk.ids))}
    asked = [f"q{at}" for at in range(1, len(assignment.questions) + 1)]
    if asked:
        fields["answers"] = one_of([*asked, _NONE])
    named = (f"{key}: {one_line(question.text)}" for key, question in zip(asked, assignment.questions, strict=True))
    return ModelRequest(
        "brief",
        fenced(chunk.lines)
        | {
            "theme": one_line(assignment.theme),
            "questions": "\n".join(named) or "-",
            "count": str(len(chunk.ids)),
            "points": str(points),
            "open_questions": str(questions),
            "words": str(points * WORDS_A_LINE),
            "answers": prompts.load("answers").render() if asked else "",
            "language": language_name(assignment.language),
        },
        Rows("points", Claim, fields, points + questions + _SPARE),
        frozenset(chunk.ids.values()),
        (points + questions) * _A_POINT,
    )


def points_of(claims: Sequence[Claim], chunk: Chunk, questions: int) -> list[Point]:
    """The claims as points, not yet checked. Ids that don't exist are gone."""
    return [
        Point(
            Section(claim.section),
            claim.text,
            tuple(dict.fromkeys(chunk.ids[key] for key in claim.cites if key in chunk.ids)),
            answers=_answered(claim.answers, questions),
        )
        for claim in claims
    ]


def one_line(text: str) -> str:
    """The text without line breaks."""
    return " ".join(text.split())


def _answered(key: str, questions: int) -> int | None:
    number = key.removeprefix("q")
    return int(number) if number.isdecimal() and 1 <= int(number) <= questions else None
