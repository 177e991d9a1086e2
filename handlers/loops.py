"""The loops beside the clock: delivery, summaries, marks and whatever else waits for other machines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from cop_bot.ports import Wakeups

log = structlog.get_logger()

Work = Callable[[], Awaitable[timedelta | None]]
"""Does what there is to do; returns how long to wait before more of it (zero: at once), or None to wait for a wakeup.
"""

AFTER_A_MISTAKE = timedelta(seconds=5)


class Loops:
    """Runs each work again and again: when its wakeup comes, and at the latest after its interval."""

    def __init__(self, wakeups: Wakeups) -> None:
        self._wakeups = wakeups
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    def add(self, name: str, work: Work, at_the_latest: timedelta) -> None:
        """Start a loop of this name."""
        rung = asyncio.Event()
        self._wakeups.ring[name] = rung.set
        self._tasks.append(asyncio.create_task(self._run(name, work, at_the_latest, rung), name=name))

    async def ended(self) -> str:
        """Returns the name of a loop that has ended although nobody stopped it; that must not be lived with."""
        if not self._tasks:
            await self._stopping.wait()
            return ""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        return "" if self._stopping.is_set() else next(iter(done)).get_name()

    async def stop(self, patience_s: float) -> None:
        """Let every loop finish what it is at; after so many seconds it is cut off (its lease then runs out)."""
        self._stopping.set()
        if not self._tasks:
            return
        for name in list(self._wakeups.ring):
            self._wakeups(name)
        _, late = await asyncio.wait(self._tasks, timeout=patience_s)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, name: str, work: Work, at_the_latest: timedelta, rung: asyncio.Event) -> None:
        while not self._stopping.is_set():
            rung.clear()
            try:
                wait = await work()
            except Exception:
                log.exception("a loop stumbled", loop=name)
                wait = AFTER_A_MISTAKE
            if wait is None:
                await _either(rung, at_the_latest.total_seconds())
            elif wait:
                await _either(self._stopping, wait.total_seconds())
            else:
                await asyncio.sleep(0)


async def _either(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
