"""What members write, change, delete and bring back in a channel; what begins with our name or comes to us alone is a
command.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cop_bot.domain.post import Post
from cop_bot.platforms.teams.fields import text_in
from cop_bot.platforms.teams.parse import may_show_more, post_from_activity
from cop_bot.texts import answers as voice
from handlers.inbound import Calls
from handlers.teams import answers, commands
from handlers.teams.activity import Heard, Hearing
from handlers.teams.failures import logged
from handlers.teams.people import meet

if TYPE_CHECKING:
    from microsoft_teams.apps import ActivityContext, App


def register(app: App, calls: Calls, hearing: Hearing) -> None:
    """Every message, with and without our name, in channels and in direct conversations."""

    async def written(ctx: ActivityContext[Any]) -> None:
        heard = await hearing.heard(ctx)
        await meet(calls, heard)
        if not await commands.obeyed(calls, ctx, heard) and (post := post_from_activity(heard.said, heard.group)):
            await _record(ctx, heard, post)

    async def changed(ctx: ActivityContext[Any]) -> None:
        heard = await hearing.heard(ctx)
        if post := post_from_activity(heard.said, heard.group):
            await _record(ctx, heard, post)

    async def _record(ctx: ActivityContext[Any], heard: Heard, post: Post) -> None:
        await calls.record(post)
        if may_show_more(heard.said, post):
            await calls.reread(post, partial(_unreadable, ctx, heard))

    app.on_message(logged(written))
    app.on_message_update(logged(changed))
    app.on_message_delete(logged(changed))


async def _unreadable(ctx: ActivityContext[Any], heard: Heard) -> None:
    """One line to the author: what a bot can't read it doesn't lose in silence."""
    message = voice.members.unreadable(language=text_in(heard.said, "locale"))
    await answers.for_their_eyes_only(ctx, heard, message)
