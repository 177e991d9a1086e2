"""The port `Answers` over the record: each call is a short transaction of its own."""

from __future__ import annotations

from collections.abc import Collection

from cop_bot.domain.model_answer import ModelAnswer, TokenUse
from cop_bot.ports import Clock, Spent, Unit
from cop_bot.store import queries
from cop_bot.store.queries.inserting import insert_once


class StoredAnswers:
    """What a model has answered and cost, for all replicas of the bot on this database."""

    def __init__(self, unit: Unit, reading: Unit, clock: Clock) -> None:
        self._unit = unit
        self._reading = reading
        self._clock = clock

    async def recall(self, key: str) -> str | None:
        """The answer to the question with this key, or None."""
        async with self._reading() as unit:
            kept = await unit.get(ModelAnswer, key)
        return kept.answer if kept else None

    async def keep(self, key: str, answer: str, *, subject: str, numbers: Collection[int]) -> None:
        """Keep an answer. One that nobody could erase later is not kept: of a subject that the record doesn't know, or
        made from a contribution that has been withdrawn meanwhile.
        """
        async with self._unit() as unit:
            programme_id = await queries.programme_of_subject(unit, subject, lock=True)  # a withdrawal waits, or we do
            if programme_id is None:
                return
            live = {number for _, number in await queries.contributions_by_number(unit, [programme_id], numbers)}
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

    async def spent(self, subject: str) -> Spent:
        """What this subject has cost so far, and everything since midnight UTC (wall time)."""
        async with self._reading() as unit:
            return Spent(
                subject=await queries.tokens_of_subject(unit, subject),
                today=await queries.tokens_of_day(unit, self._clock.wall().date()),
            )

    async def spend(self, subject: str, tokens_in: int, tokens_out: int) -> None:
        """Tokens were used; several may say so at once."""
        async with self._unit() as unit:
            use = TokenUse(
                day=self._clock.wall().date(),
                subject=subject,
                programme_id=await queries.programme_of_subject(unit, subject),
                tokens_in=tokens_in,
                tokens_out=tokens_out,
                calls=1,
            )
            await queries.add_tokens(unit, use)
