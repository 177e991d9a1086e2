"""Workspaces: which one is served on a platform."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.columns import known
from cop_bot.domain.workspace import Workspace
from cop_bot.store.queries.inserting import insert_once


async def of_platform(unit: AsyncSession, platform: str) -> int | None:
    """Our id of the workspace of this platform: one deployment serves one, the first."""
    wanted = select(col(Workspace.id)).where(col(Workspace.platform) == platform).order_by(col(Workspace.id)).limit(1)
    return await unit.scalar(wanted)


async def begin(unit: AsyncSession, platform: str) -> int:
    """The same, made if there is none yet; another process may do so at the same moment."""
    found = await of_platform(unit, platform)
    if found is None:
        await insert_once(unit, Workspace(platform=platform))
        found = await of_platform(unit, platform)
    return known(found)
