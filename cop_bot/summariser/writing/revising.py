"""Lines to which members objected: looked at again with what they said, and changed only as far as the sources go."""

from __future__ import annotations

from collections.abc import Sequence

from cop_bot.domain.assignment import Objected
from cop_bot.domain.brief import Point
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.model_client import Conversation
from cop_bot.summariser.words.languages import plain
from cop_bot.summariser.words.prompt_injection import looks_like_an_instruction
from cop_bot.summariser.writing.checks import Checked
from cop_bot.summariser.writing.redaction import masked
from cop_bot.summariser.writing.repairing import confirmed, rewriting, rewritten
from cop_bot.summariser.writing.sheet import sheet

_LONGEST = 1000
"""Signs of an objection."""


async def revised(
    conversation: Conversation,
    points: Sequence[Point],
    objections: Sequence[Objected],
    reading: Reading,
    language: str,
    budget: int,
) -> list[Point]:
    """The points, those that were objected to in new words if these hold; otherwise a point stays as it was.

    An objection that reads like an order to the model is not sent; facilitators see all of them anyway.
    """
    said: dict[int, list[str]] = {}
    for objection in objections:
        at = _meant(objection, points)
        if at is not None and not looks_like_an_instruction(objection.text):
            said.setdefault(at, []).append(masked(" ".join(objection.text.split()))[:_LONGEST])
    if not said:
        return list(points)
    lines = [points[at] for at in said]
    shown = sheet(lines, [{"objections": texts} for texts in said.values()], reading, budget)
    anew = await rewritten(conversation, rewriting("revise", shown, language), shown, lines, reading, language)
    changed = [one if one and _is_new(one, line) else None for one, line in zip(anew, lines, strict=True)]
    held = dict(zip(said, await confirmed(conversation, changed, reading, budget), strict=True))
    return [held.get(at) or point for at, point in enumerate(points)]


def _meant(objection: Objected, points: Sequence[Point]) -> int | None:
    """The place of the point that is objected to: the one with its words, else the one that rests on the same."""
    line = plain(objection.line).rstrip(" …")
    for at, point in enumerate(points):
        if line and plain(point.text).startswith(line):
            return at
    overlap = [len(set(point.cites) & set(objection.cites)) for point in points]
    return overlap.index(max(overlap)) if any(overlap) else None


def _is_new(one: Checked, line: Point) -> bool:
    return plain(one.point.text) != plain(line.text)
