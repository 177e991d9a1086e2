"""The second reading, of every line: a model says whether the sources say so, and has to show where in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import structlog
from pydantic import BaseModel, Field

from cop_bot.domain.brief import Point
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import MOST_CITES, Rows, Unusable, objects, one_of, words
from cop_bot.summariser.server.model_client import Conversation, ModelRequest
from cop_bot.summariser.writing.checks import UNSUPPORTED, Checked
from cop_bot.summariser.writing.proof import proved
from cop_bot.summariser.writing.sheet import Sheet, sheet

_LONGEST_QUOTE = 300
_A_VERDICT = 220
"""Tokens."""

log = structlog.get_logger()


class Shown(BaseModel):
    """Where in a source the model read it."""

    source: str = ""
    quote: str = ""


class Verdict(BaseModel):
    """What the model says of one sentence."""

    id: str
    supported: Literal["yes", "partly", "no"]
    quotes: list[Shown] = Field(default_factory=list)


def request(points: Sequence[Point], reading: Reading, budget: int) -> tuple[ModelRequest[Verdict], Sheet]:
    """What to ask about these points."""
    shown = sheet(points, [{}] * len(points), reading, budget)
    quotes = objects({"source": one_of(list(shown.sources)), "quote": words(_LONGEST_QUOTE)}, MOST_CITES)
    fields = {"id": one_of(list(shown.keys)), "supported": one_of(["yes", "partly", "no"]), "quotes": quotes}
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
            found[at] = proved(points[at], [one.quote for one in verdict.quotes], reading)
    return found


async def second_reading(
    conversation: Conversation, found: Sequence[Checked], reading: Reading, budget: int
) -> list[Checked]:
    """The same points: those without a fault are verified now, or have one."""
    answers = iter(await verified(conversation, [one.point for one in found if not one.faults], reading, budget))
    return [one if one.faults else _settled(one, next(answers)) for one in found]


def _settled(one: Checked, point: Point | None) -> Checked:
    return Checked(point) if point else Checked(one.point, (UNSUPPORTED,))
