"""The clock: one job that looks at what is due, and a watch on the job."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()

EVERY_S = 5.0
EVERY_IN_REHEARSAL_S = 0.05
"""At 20,160 times the speed five seconds are 28 hours: reminders would find no daylight."""


class Ticking:
    """Calls `tick` at an interval, never twice at once. No state lives here: a tick finds in the record what is due."""

    def __init__(self, tick: Callable[[], Awaitable[object]], every_s: float) -> None:
        self._tick = tick
        self._every_s = every_s
        self._last = time.monotonic()  # no clock that somebody may set
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._idle = asyncio.Event()
        self._idle.set()
        self._watch: asyncio.Task[None] | None = None
        # A tick that takes longer than the interval is normal in a rehearsal, and no reason for a line each 50 ms.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

    @property
    def age_s(self) -> float:
        """How many seconds ago the last tick ended well (wall time)."""
        return time.monotonic() - self._last

    @property
    def too_old_s(self) -> float:
        """From which age on something is wrong."""
        return max(30.0, 6 * self._every_s)

    def start(self) -> None:
        """Tick now and from now on."""
        self._scheduler.add_job(
            self._run,
            "interval",
            seconds=self._every_s,
            id="tick",
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # a late tick is a tick: APScheduler would drop it after one second
        )
        self._scheduler.start()
        self._watch = asyncio.create_task(self._keep_watch())

    def now(self) -> None:
        """Tick as soon as possible."""
        if self._scheduler.running:
            self._scheduler.modify_job("tick", next_run_time=datetime.now(UTC))

    async def stop(self) -> None:
        """Returns when the running tick has ended."""
        if self._watch is not None:
            self._watch.cancel()
        if self._scheduler.running:
            self._scheduler.pause()
            await self._idle.wait()
            self._scheduler.shutdown(wait=False)

    async def _run(self) -> None:
        self._idle.clear()
        try:
            await self._tick()
            self._last = time.monotonic()
        except Exception:
            log.exception("tick failed")
        finally:
            self._idle.set()

    async def _keep_watch(self) -> None:
        """APScheduler 3.11.3 has been seen to stop silently; waking it up is enough."""
        while True:
            await asyncio.sleep(self.too_old_s / 2)
            if self.age_s > self.too_old_s:
                log.error("no tick for a long time", age=timedelta(seconds=self.age_s))
                self._scheduler.wakeup()
