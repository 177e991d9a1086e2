"""Obey a command that came as a message once, however often the platform delivers the message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cop_bot.domain.command import Command
from cop_bot.ports import Ports


@asynccontextmanager
async def obey_once(ports: Ports, key: str | None) -> AsyncIterator[bool]:
    """Yields whether it is to be obeyed. If that fails, the next delivery may try again; so it may when a process has
    died.

    Without a key (a slash command, a button) there is no second delivery.
    """
    if key is None:
        yield True
        return
    if not await _take(ports, key):
        yield False
        return
    try:
        yield True
    except BaseException:
        await _settle(ports, key, done=False)
        raise
    await _settle(ports, key, done=True)


async def _take(ports: Ports, key: str) -> bool:
    wall = ports.clock.wall()
    async with ports.unit() as unit:
        command = await unit.get(Command, key, with_for_update=True)
        if command is not None and command.is_taken(wall):
            return False
        if command is None:
            unit.add(Command(key=key, taken_at=wall))
        else:
            command.taken_at = wall
    return True


async def _settle(ports: Ports, key: str, *, done: bool) -> None:
    async with ports.unit() as unit:
        command = await unit.get(Command, key)
        if command is not None and done:
            command.done = True
        elif command is not None:
            await unit.delete(command)
