"""How far to go with one question: other ways to ask, more room, and pauses for a server that is busy or broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.server.answer import Unusable
from cop_bot.summariser.server.response_formats import Step, after_nonsense

if TYPE_CHECKING:
    from openai import APIStatusError

_MORE = 4
"""How many times the room an answer gets that was cut off (a reasoning model spends it before it writes)."""
_AGAIN = 2
"""How often an outage or a busy server is asked again within one question."""
_PAUSE = 0.5
"""Seconds before that where the server names none; twice as many each time."""
_BUSY = frozenset({408, 409, 429})
_BROKEN = 500


@dataclass(slots=True)
class Way:
    """How far one question has come: what was tried, and how much room an answer has now."""

    limit: int
    lowest: Step = Step.SCHEMA
    refused: set[Step] = field(default_factory=set)
    useless: list[Step] = field(default_factory=list)
    _pauses: int = 0

    def widen(self, first: int) -> None:
        """More room after an answer that was cut off, once. Raises Unusable the second time."""
        if self.limit > first:
            raise Unusable("The model's answer was cut off.") from None
        self.limit = first * _MORE

    def descend(self, step: Step) -> bool:
        """After nonsense; returns whether there is another way to ask."""
        self.useless.append(step)
        lower = after_nonsense(step)
        self.lowest = lower or step
        return lower is not None

    def pause(self, no: APIStatusError, left: float) -> float:
        """Seconds until it is worth asking again. Raises SummariserFailed if it isn't, or not within the time left."""
        head = no.response.headers
        busy = no.status_code in _BUSY or no.status_code >= _BROKEN
        if not busy or self._pauses >= _AGAIN or head.get("x-should-retry") == "false":
            raise SummariserFailed(f"The model's server answered {no.status_code}.") from None
        try:
            seconds = float(head.get("retry-after") or _PAUSE * 2**self._pauses)
        except ValueError:  # a date: so far off, the summary is tried anew anyway
            seconds = left
        if not 0 <= seconds < left:
            raise SummariserFailed(
                f"The model's server answered {no.status_code}; it asks for more time than there is."
            )
        self._pauses += 1
        return seconds
