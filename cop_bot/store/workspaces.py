"""Which workspace of a platform this process serves; asked for once and kept in the ports."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.ports import Ports
from cop_bot.store import queries


async def workspace_of(ports: Ports, platform: str) -> int:
    """Our id of it, made if there is none yet. Opens a transaction of its own: not for use inside one."""
    found = ports.workspaces.get(platform)
    if found is None:
        async with ports.unit() as unit:
            found = await queries.workspaces.begin(unit, platform)
        ports.workspaces[platform] = found
    return found


async def known_workspace(unit: AsyncSession, ports: Ports, platform: str) -> int | None:
    """The same inside a transaction; None where nothing was ever planned on this platform."""
    return ports.workspaces.get(platform) or await queries.workspaces.of_platform(unit, platform)
