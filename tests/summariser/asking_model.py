"""What the tests of the model's summariser share: answers in memory, and one run against a scripted server."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from said import FUNDING, session
from scripted_model import Script, ScriptedModel, scripted

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief, Point
from cop_bot.ports import Spent
from cop_bot.summariser.openai import OpenAISummariser


@dataclass
class KeptAnswers:
    """The port `Answers` in memory."""

    kept: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, frozenset[int]] = field(default_factory=dict)
    spendings: list[tuple[str, int, int]] = field(default_factory=list)
    before_today: int = 0

    async def recall(self, key: str) -> str | None:
        return self.kept.get(key)

    async def keep(self, key: str, answer: str, *, subject: str, numbers: Collection[int]) -> None:
        del subject
        self.kept.setdefault(key, answer)
        self.numbers[key] = frozenset(numbers)

    async def spent(self, subject: str) -> Spent:
        own = [there + back for about, there, back in self.spendings if about == subject]
        return Spent(sum(own), sum(there + back for _, there, back in self.spendings) + self.before_today)

    async def spend(self, subject: str, tokens_in: int, tokens_out: int) -> None:
        self.spendings.append((subject, tokens_in, tokens_out))


def summariser(model: ScriptedModel, **settings: Any) -> OpenAISummariser:
    return OpenAISummariser("sk-test", model.url, "small-1", **settings)


async def summed_up(
    script: Script, assignment: Assignment | None = None, **settings: Any
) -> tuple[Brief, ScriptedModel]:
    """The brief of one session, and the server with all that it was asked."""
    async with scripted(script) as model:
        one = summariser(model, **settings)
        try:
            return await one.summarise(assignment or session(*FUNDING)), model
        finally:
            await one.aclose()


def written(brief: Brief) -> list[Point]:
    """The lines that the model wrote; those in members' own words are left out."""
    return [point for point in brief.points if not point.quote and not point.url]
