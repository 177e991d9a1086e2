"""A model that writes what the offline summariser would, after failing as often as it is told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief
from cop_bot.domain.errors import SummariserFailed
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.ports import Estimate, Progress
from cop_bot.summariser.offline import OfflineSummariser


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

    async def estimate(self, assignment: Assignment) -> Estimate:
        del assignment
        return Estimate(1)

    async def summarise(self, assignment: Assignment, progress: Progress | None = None) -> Brief:
        self.asked.append(assignment)
        self.reached.set()
        if self.hold is not None:
            await self.hold.wait()
        self._fail()
        return replace(await OfflineSummariser().summarise(assignment, progress), maker=self.name)

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        self._fail()
        return await OfflineSummariser().findings(assignment)

    def _fail(self) -> None:
        if self.fails:
            self.fails -= 1
            raise SummariserFailed("The model is out.")
