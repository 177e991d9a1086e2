"""Which contributions a model reads together: decided once for a large session, so that one late post changes little.

Topics shift a little with every contribution. A plan that was followed once is therefore kept like an answer (it holds
numbers and no words), until the session has doubled.
"""

from __future__ import annotations

import asyncio
import json
from hashlib import sha256

from cop_bot.domain.assignment import Assignment
from cop_bot.ports import AnswerCache
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.writing.chunks import Chunk, followed, plan

_VERSION = 1


async def chunks(answers: AnswerCache, assignment: Assignment, reading: Reading, budget: int) -> list[Chunk]:
    """The chunks to ask about: all of the contributions, each in one of them unless it is too long for that."""
    fresh = await asyncio.to_thread(plan, reading, budget)
    if len(fresh) <= 1:
        return await asyncio.to_thread(followed, fresh, reading, budget)
    key = _key(assignment, reading, budget)
    kept = _parsed(await answers.recall(key))
    if kept is None or not _still_fits(kept, reading):
        kept = fresh
        await answers.keep(key, json.dumps(fresh), subject=assignment.subject, numbers=())
    return await asyncio.to_thread(followed, kept, reading, budget)


def _key(assignment: Assignment, reading: Reading, budget: int) -> str:
    first = next(iter(reading.voices.values())).text
    about = (_VERSION, assignment.subject or first, budget, len(reading.voices).bit_length())
    return sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()


def _still_fits(kept: list[list[int]], reading: Reading) -> bool:
    known = {number for part in kept for number in part} & reading.voices.keys()
    return 2 * len(known) >= len(reading.voices)


def _parsed(kept: str | None) -> list[list[int]] | None:
    try:
        found = json.loads(kept or "")
    except ValueError:
        return None
    is_plan = isinstance(found, list) and all(isinstance(part, list) for part in found)
    return found if is_plan else None
