"""A process that dies at a chosen commit, without a chance to tidy up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.ports import Ports


class KilledError(BaseException):
    """The process is gone; nothing of ours may catch this."""


@dataclass
class Commits:
    """Counts the commits of a process, and kills it just before or just after one of them."""

    ports: Ports
    kill_at: int | None = None
    before: bool = False
    count: int = 0

    def process(self) -> Ports:
        """The process, to be killed."""
        return replace(self.ports, unit=self.unit)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncSession]:
        async with self.ports.unit() as unit:
            yield unit
            self.count += 1
            if self.before and self.count == self.kill_at:
                raise KilledError
        if self.count == self.kill_at:
            raise KilledError
