"""What the record is: its identity, and the commands that it has obeyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.anchor import Anchor
from cop_bot.domain.command import TakenCommand
from cop_bot.store.queries.inserting import insert_once


async def anchor(unit: AsyncSession) -> Anchor | None:
    """The identity of this database, or None for a new one."""
    return await unit.get(Anchor, 1)


async def drop_anchor(unit: AsyncSession, wanted: Anchor) -> Anchor:
    """Make this the identity of a new database, unless another process was faster; returns the one that holds."""
    await insert_once(unit, wanted)
    return await unit.get_one(Anchor, 1)


async def take_turns(unit: AsyncSession) -> None:
    """One process after the other, until the transaction ends: for what two replicas that start would both make."""
    await unit.get(Anchor, 1, with_for_update=True)


async def must_be_writable(unit: AsyncSession) -> None:
    """Write what stands there already; raises what keeps the database from being written."""
    await unit.execute(update(Anchor).values(speed=Anchor.speed))


async def take_command(unit: AsyncSession, workspace_id: int, key: str, wall: datetime) -> bool:
    """Take a command for oneself; False if it has been obeyed or somebody is at it."""
    if await insert_once(unit, TakenCommand(key=key, workspace_id=workspace_id, taken_at=wall)):
        return True
    command = await unit.get(TakenCommand, key, with_for_update=True)
    if command is None or command.is_taken(wall):
        return False
    command.taken_at = wall
    return True
