"""Single messages, read again beside everything else: the platform that told of them has its answer by then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from cop_bot.domain.post import Post

log = structlog.get_logger()

MOST_AT_ONCE = 8
MOST_WAITING = 500
TRIES_AFTER_S = (0.0, 2.0, 10.0)
"""A message that has just been told of may not be readable yet."""

Reread = Callable[[Post], Awaitable[bool]]
Told = Callable[[], Awaitable[None]]


class Rereading:
    """Reads messages again. Nothing depends on its memory: what it did not come to, the next reading of the history
    brings, which `owe` asks for.
    """

    def __init__(self, reread: Reread, owe: Callable[[], Awaitable[None]], tries: tuple[float, ...] = TRIES_AFTER_S):
        self._reread = reread
        self._owe = owe
        self._tries = tries
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Semaphore(MOST_AT_ONCE)

    async def want(self, post: Post, unreadable: Told) -> None:
        """Read it soon; `unreadable` is called where nothing of it can be read."""
        if len(self._tasks) >= MOST_WAITING:
            await self._owe()
            return
        task = asyncio.create_task(self._run(post, unreadable))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """What is under way is given up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, post: Post, unreadable: Told) -> None:
        why = ""
        for wait in self._tries:
            await asyncio.sleep(wait)
            try:
                async with self._turn:
                    readable = await self._reread(post)
            except Exception as error:  # noqa: BLE001 - whatever it was, the history is read instead
                why = type(error).__name__
                continue
            if not readable:
                await unreadable()
            return
        log.warning("a message could not be read again", why=why)
        await self._owe()
