"""The way from contributions to points that may be shown: asked chunk by chunk, united, shortened, looked up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import IN_BRIEF, MOST_QUESTIONS, Point, Section
from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.choosing.selection import candidates
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import Unusable
from cop_bot.summariser.server.model_client import Conversation
from cop_bot.summariser.writing import claims
from cop_bot.summariser.writing.checks import Checked, check
from cop_bot.summariser.writing.chunks import Chunk
from cop_bot.summariser.writing.reducing import reduced
from cop_bot.summariser.writing.repairing import grounded
from cop_bot.summariser.writing.revising import revised
from cop_bot.summariser.writing.unite import unite

_SIDE_BY_SIDE = 4

log = structlog.get_logger()


async def points(
    conversation: Conversation, assignment: Assignment, reading: Reading, chunks: Sequence[Chunk], budget: int
) -> list[Point]:
    """The points to make a brief of, the strongest first; after them members' own words on what they pass over.

    Raises SummariserFailed, or Unusable, if no part of the model's answers is of use.
    """
    parts = await _side_by_side(chunks, lambda chunk: _said_in(conversation, assignment, reading, chunk, len(chunks)))
    found = unite(parts)
    if len(chunks) > 1:
        found = await reduced(conversation, assignment, _sound_first(found), reading, budget)
    if not found:
        raise SummariserFailed("Nothing in the model's answer could be traced to a contribution.")
    held = await grounded(
        conversation, _first(found, claims.looked_at(assignment)), reading, assignment.language, budget
    )
    held = await revised(conversation, held, assignment.objections, reading, assignment.language, budget)
    return held + _passed_over(held, reading)


async def _side_by_side(
    chunks: Sequence[Chunk], ask: Callable[[Chunk], Awaitable[list[Checked]]]
) -> list[list[Checked]]:
    """What each chunk comes to, a few asked at a time.

    When one fails, no other is asked any more; those that are being answered end first, so that they are kept.
    """
    turns = asyncio.Semaphore(_SIDE_BY_SIDE)
    failures: list[SummariserFailed | Unusable] = []

    async def in_turn(chunk: Chunk) -> list[Checked]:
        async with turns:
            try:
                return await ask(chunk) if not failures else []
            except (SummariserFailed, Unusable) as failure:
                failures.append(failure)
                return []

    tasks = [asyncio.ensure_future(in_turn(chunk)) for chunk in chunks]
    try:
        found = await asyncio.gather(*tasks)
    finally:  # at the deadline, or when something else than the model fails
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if failures:
        raise failures[0]
    return found


async def _said_in(
    conversation: Conversation, assignment: Assignment, reading: Reading, chunk: Chunk, parts: int
) -> list[Checked]:
    """What the model makes of a chunk. Of several parts one may be beyond it: there members' own words stand in."""
    try:
        answers = await conversation.ask(claims.request(conversation.client.prompts, assignment, chunk, parts))
    except Unusable:
        if parts == 1:
            raise
        log.warning("a part of a session without points", model=conversation.client.model)
        return []
    given = claims.points_of(answers, chunk, len(assignment.questions))
    return [one for point in given if (one := check(point, reading, assignment.language))]


def _sound_first(found: Sequence[Checked]) -> list[Checked]:
    return sorted(found, key=lambda one: bool(one.faults))


def _first(found: Sequence[Checked], most: int) -> list[Checked]:
    """As many as are worth looking up, in their order."""
    told = [one for one in found if one.point.section in IN_BRIEF][:most]
    asked = [one for one in found if one.point.section == Section.OPEN_QUESTIONS][:MOST_QUESTIONS]
    return told + asked


def _passed_over(held: Sequence[Point], reading: Reading) -> list[Point]:
    """Members' own words for topics of which no point speaks."""
    topic_of = reading.topic_of()
    spoken_of = {topic_of[number] for point in held for number in point.cites if number in topic_of}
    return [point for point in candidates(reading) if topic_of.get(point.cites[0]) not in spoken_of]
