"""A model that writes what the offline summariser would, after failing as often as it is told."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from hashlib import sha256

from cop_bot.domain import brief as briefs
from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief
from cop_bot.domain.errors import SummariserFailed
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.ports import AnswerCache, Estimate, Progress
from cop_bot.summariser.offline import OfflineSummariser

COST = 1000
"""Tokens of an answer, there and back."""


@dataclass
class FakeModel:
    """`asked` are the assignments that cost something."""

    fails: int = 0
    """How often it fails; below zero: for ever."""
    name: str = "model-of-the-tests"
    asked: list[Assignment] = field(default_factory=list)
    hold: asyncio.Event | None = None
    """When set, an answer waits for it."""
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    answers: AnswerCache | None = None
    """Where it keeps what it has answered; it is not asked twice then."""
    most_tokens: int = 1_000_000
    """For one session, as far as `answers` says what it has cost."""

    async def estimate(self, assignment: Assignment) -> Estimate:
        del assignment
        return Estimate(1)

    async def summarise(self, assignment: Assignment, progress: Progress | None = None) -> Brief:
        key = sha256(repr(assignment).encode()).hexdigest()
        kept = await self.answers.recall(key) if self.answers else None
        if kept is not None:
            return briefs.from_json(json.loads(kept))
        if self.answers and (await self.answers.spent(assignment.subject)).subject + COST > self.most_tokens:
            raise SummariserFailed("The tokens for this session are used up.")
        self.asked.append(assignment)
        self.reached.set()
        if self.hold is not None:
            await self.hold.wait()
        self._fail()
        brief = replace(await OfflineSummariser().summarise(assignment, progress), maker=self.name)
        if self.answers:
            await self.answers.spend(assignment.subject, COST - 100, 100)
            numbers = [voice.number for voice in assignment.voices]
            answer = json.dumps(briefs.to_json(brief))
            await self.answers.keep(key, answer, subject=assignment.subject, numbers=numbers)
        return brief

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        self._fail()
        return await OfflineSummariser().findings(assignment)

    def _fail(self) -> None:
        if self.fails:
            self.fails -= 1
            raise SummariserFailed("The model is out.")
