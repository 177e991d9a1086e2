"""How much a model may cost: tokens for one session, and for everything on one day. Nothing is asked beyond that."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from cop_bot.domain.errors import SummariserFailed
from cop_bot.ports import AnswerCache


@dataclass(slots=True)
class Held:
    """Tokens set aside for one call: what it will cost at most, until the server says what it did cost."""

    tokens_in: int
    tokens_out: int

    def cost(self, tokens_in: int, tokens_out: int) -> None:
        """So many it was."""
        self.tokens_in, self.tokens_out = tokens_in, tokens_out


@dataclass(slots=True)
class TokenBudget:
    """What may still be spent. Calls that run side by side count from the moment they are asked."""

    answers: AnswerCache
    a_session: int
    a_day: int
    _in_flight: Counter[str] = field(default_factory=Counter)

    @asynccontextmanager
    async def hold(self, subject: str, most: int | None, tokens_in: int, tokens_out: int) -> AsyncIterator[Held]:
        """Room for one call about this subject; what it cost is written down however it ends.

        `most` is the subject's own cap, where that is less than what one session may cost.

        Raises SummariserFailed, naming the setting, if the call could go over one of the caps.
        """
        held = Held(tokens_in, tokens_out)
        asked = tokens_in + tokens_out
        self._in_flight[subject] += asked
        try:
            await self._look(subject, most)
            try:
                yield held
            finally:
                if held.tokens_in or held.tokens_out:
                    await self.answers.spend(subject, held.tokens_in, held.tokens_out)
        finally:
            self._in_flight[subject] -= asked
            if not self._in_flight[subject]:
                del self._in_flight[subject]

    async def _look(self, subject: str, most: int | None) -> None:
        spent = await self.answers.spent(subject)
        asked = spent.subject + self._in_flight[subject]
        if most is not None and asked > most:
            raise SummariserFailed(f"The tokens for this session ({most}) are used up; the programme sets how many.")
        if asked > self.a_session:
            raise SummariserFailed(
                f"The tokens for this session ({self.a_session}) are used up; OPENAI_TOKENS_PER_SESSION sets how many."
            )
        if spent.today + self._in_flight.total() > self.a_day:
            raise SummariserFailed(
                f"The tokens for today ({self.a_day}) are used up; OPENAI_TOKENS_PER_DAY sets how many."
            )
