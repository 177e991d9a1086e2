"""The way in for posts: what waits is recorded together, and only then is anybody told that it arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from cop_bot.domain.post import Post

log = structlog.get_logger()

MOST_AT_ONCE = 500
GATHER_S = 0.002
"""While posts come in crowds, how long a group waits for its stragglers: one costs as much as twenty."""

Record = Callable[[Sequence[Post]], Awaitable[object]]


class Intake:
    """Commits posts in groups: one transaction for all that arrived while the last one was being written."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._waiting: list[tuple[Post, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._crowded = False

    async def record(self, post: Post) -> None:
        """Returns when the post is committed; raises what kept it from being so."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((post, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await done

    async def drain(self) -> None:
        """Returns when nothing is waiting any more."""
        while self._writing is not None:
            await asyncio.wait([self._writing])

    async def _write(self) -> None:
        try:
            while self._waiting:
                if self._crowded:
                    await asyncio.sleep(GATHER_S)
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                self._crowded = len(batch) > 1
                await self._write_together(batch)
        finally:
            self._writing = None

    async def _write_together(self, batch: list[tuple[Post, asyncio.Future[None]]]) -> None:
        try:
            await self._record([post for post, _ in batch])
        except Exception as error:  # noqa: BLE001  whatever it was, it is told to those whose posts it concerns
            if len(batch) == 1:
                _settle(batch[0][1], error)
                log.warning("a post could not be recorded", kind=type(error).__name__)
                return
            for one in batch:
                await self._write_together([one])  # a poisonous post fails alone
        else:
            for _, done in batch:
                _settle(done, None)


def _settle(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():  # whoever waited has gone away
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
