"""Slack's way in: events over HTTP, or over a connection that we open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from cop_bot.platforms.slack.platform import SlackSettings
from handlers.inbound import Calls
from handlers.platform import WayIn
from handlers.slack.app import build_app, http_handler
from handlers.slack.authentication import guarded, not_here

PATH = "/slack/events"


@asynccontextmanager
async def slack_way_in(calls: Calls, settings: SlackSettings, wall: Callable[[], datetime]) -> AsyncIterator[WayIn]:
    """With an app token Socket Mode, else signed HTTP. Only for settings with a bot token."""
    secret = settings.signing_secret.get_secret_value() if settings.signing_secret else ""
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    app = build_app(calls, token=token, signing_secret=secret, api_url=settings.api_url)
    if settings.app_token is None:
        yield WayIn("slack", _listening, PATH, guarded(http_handler(app, calls), secret, wall))
        return
    from handlers.slack.socket import SocketMode

    app_token = settings.app_token.get_secret_value()
    socket = SocketMode(app, app_token, calls.catch_up, api_url=settings.api_url)
    connection = asyncio.create_task(socket.run())
    try:
        yield WayIn("slack", partial(_connected, socket.is_connected), PATH, not_here)
    finally:
        connection.cancel()
        await asyncio.wait([connection])


async def _listening() -> str:
    return "listening"


async def _connected(is_connected: Callable[[], Awaitable[bool]]) -> str:
    return "connected" if await is_connected() else "disconnected"
