"""Sign in: learn from each platform which workspace it is that we serve there."""

from __future__ import annotations

import structlog

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.workspace import Workspace
from cop_bot.ports import Ports
from cop_bot.store.workspaces import workspace_of

log = structlog.get_logger()


async def sign_in(ports: Ports) -> bool:
    """The first time an id is told it is kept; returns whether every platform has told its own.

    Raises OperatorMistake where one tells another id than the one that is kept.
    """
    complete = True
    for platform, chat in ports.chats.items():
        try:
            platform_id = await chat.workspace()
        except ChatUnavailable as unavailable:
            log.warning("could not sign in", platform=platform, why=str(unavailable))
            platform_id = None
        if platform_id is None:
            complete = False
            continue
        workspace_id = await workspace_of(ports, platform)
        async with ports.unit() as unit:
            workspace = await unit.get_one(Workspace, workspace_id, with_for_update=True)
            workspace.sign_in(platform_id)
    return complete
