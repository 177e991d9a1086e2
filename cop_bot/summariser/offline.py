"""The summariser that needs nothing: no model, no network, no key. It writes nothing of its own, it chooses quotes."""

from __future__ import annotations

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.ports import Estimate, Progress
from cop_bot.summariser.choosing.selection import OFFLINE
from cop_bot.summariser.process.work import Work


class OfflineSummariser:
    """Chooses the most central quote of each topic; the same contributions always give the same brief."""

    name = OFFLINE

    def __init__(self, work: Work | None = None) -> None:
        self._work = work or Work()

    async def estimate(self, assignment: Assignment) -> Estimate:
        """Nothing: no model is asked."""
        del assignment
        return Estimate()

    async def summarise(self, assignment: Assignment, progress: Progress | None = None) -> Brief:
        """The brief, in the members' own words."""
        brief = await self._work.write(assignment)
        if progress:
            progress(1, 1)
        return brief

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        """The first lines of each brief, as they stand there."""
        return await self._work.collect(assignment)
