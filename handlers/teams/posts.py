"""What members write, change, delete and bring back in a channel; what begins with our name or comes to us alone is a
command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cop_bot.platforms.teams.parse import post_from_activity
from handlers.inbound import Calls
from handlers.teams import commands
from handlers.teams.activity import Hearing
from handlers.teams.failures import logged

if TYPE_CHECKING:
    from microsoft_teams.apps import ActivityContext, App


def register(app: App, calls: Calls, hearing: Hearing) -> None:
    """Every message, with and without our name, in channels and in direct conversations."""

    async def written(ctx: ActivityContext[Any]) -> None:
        heard = await hearing.heard(ctx)
        if not await commands.obeyed(calls, ctx, heard) and (post := post_from_activity(heard.said, heard.group)):
            await calls.record(post)

    async def changed(ctx: ActivityContext[Any]) -> None:
        heard = await hearing.heard(ctx)
        if post := post_from_activity(heard.said, heard.group):
            await calls.record(post)

    app.on_message(logged(written))
    app.on_message_update(logged(changed))
    app.on_message_delete(logged(changed))
