"""The port `AnswerCache` over the record: each call is a short transaction of its own, and ends even if nobody waits
for it any more: side by side with a call that failed, others are cancelled that have been paid for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, TypeVar

from cop_bot.domain.model_answer import ModelAnswer, TokenUse
from cop_bot.ports import Clock, Spent, Unit
from cop_bot.store import queries
from cop_bot.store.queries.inserting import insert_once

T = TypeVar("T")


class StoredAnswers:
    """What a model has answered and cost, for all replicas of the bot on this database."""

    def __init__(self, unit: Unit, reading: Unit, clock: Clock) -> None:
        self._unit = unit
        self._reading = reading
        self._clock = clock

    async def recall(self, key: str) -> str | None:
        """The answer to the question with this key, or None."""
        return await _to_its_end(self._recall(key))

    async def keep(self, key: str, answer: str, *, subject: str, numbers: Collection[int]) -> None:
        """Keep an answer. One that nobody could erase later is not kept: of a subject that the record doesn't know, or
        made from a contribution that has been withdrawn meanwhile.
        """
        await _to_its_end(self._keep(key, answer, subject, numbers))

    async def spent(self, subject: str) -> Spent:
        """What this subject has cost so far, and everything since midnight UTC (wall time)."""
        return await _to_its_end(self._spent(subject))

    async def spend(self, subject: str, tokens_in: int, tokens_out: int) -> None:
        """Tokens were used; several may say so at once."""
        await _to_its_end(self._spend(subject, tokens_in, tokens_out))

    async def _recall(self, key: str) -> str | None:
        async with self._reading() as unit:
            kept = await unit.get(ModelAnswer, key)
        return kept.answer if kept else None

    async def _keep(self, key: str, answer: str, subject: str, numbers: Collection[int]) -> None:
        async with self._unit() as unit:
            programme_id = await queries.answers.programme_of_subject(
                unit, subject, lock=True
            )  # a withdrawal waits, or we do
            if programme_id is None:
                return
            live = {number for _, number in await queries.contributions.by_number(unit, [programme_id], numbers)}
            if set(numbers) <= live:
                row = ModelAnswer(
                    key=key,
                    programme_id=programme_id,
                    subject=subject,
                    numbers=sorted(numbers),
                    answer=answer,
                    kept_at=self._clock.wall(),
                )
                await insert_once(unit, row)

    async def _spent(self, subject: str) -> Spent:
        async with self._reading() as unit:
            return Spent(
                subject=await queries.answers.tokens_of_subject(unit, subject),
                today=await queries.answers.tokens_of_day(unit, self._clock.wall().date()),
            )

    async def _spend(self, subject: str, tokens_in: int, tokens_out: int) -> None:
        async with self._unit() as unit:
            use = TokenUse(
                day=self._clock.wall().date(),
                subject=subject,
                programme_id=await queries.answers.programme_of_subject(unit, subject),
                tokens_in=tokens_in,
                tokens_out=tokens_out,
                calls=1,
            )
            await queries.answers.add_tokens(unit, use)


async def _to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """The result; a caller who is cancelled waits for the end of the transaction first."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
