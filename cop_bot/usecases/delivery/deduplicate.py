"""Obey a command that came as a message once, however often the platform delivers the message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cop_bot.domain.command import TakenCommand
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of


@asynccontextmanager
async def deduplicate(ports: Ports, platform: str, key: str | None) -> AsyncIterator[bool]:
    """Yields whether it is to be obeyed. If that fails, the next delivery may try again; so it may when a process has
    died.

    Without a key (a slash command, a button) there is no second delivery.
    """
    if key is None:
        yield True
        return
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        taken = await queries.identity.take_command(unit, workspace_id, key, ports.clock.wall())
    if not taken:
        yield False
        return
    try:
        yield True
    except BaseException:
        await _settle(ports, key, done=False)
        raise
    await _settle(ports, key, done=True)


async def _settle(ports: Ports, key: str, *, done: bool) -> None:
    async with ports.unit() as unit:
        command = await unit.get(TakenCommand, key)
        if command is not None and done:
            command.done = True
        elif command is not None:
            await unit.delete(command)
