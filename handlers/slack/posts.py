"""What members write in a place."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from cop_bot.platforms.slack.parse import post_from_event
from cop_bot.platforms.slack.programs import Programs
from handlers.inbound import Calls
from handlers.slack.commands import obey_direct_message


def register(app: AsyncApp, calls: Calls, programs: Programs) -> None:
    """Every `message` event, of any subtype, in places and in direct conversations."""

    @app.event("message")
    async def written(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        bot = context.bot_user_id or ""
        if event.get("channel_type") == "im":
            await obey_direct_message(calls, event, bot, client, programs)
            return
        post = post_from_event(event, bot)
        if post and not (post.by_program and await programs.has(client, post.author)):
            await calls.record(post)
