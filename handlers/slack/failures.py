"""When a listener raises: it is logged without anybody's words, and Slack delivers the event again."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from handlers.failures import log


def register(app: AsyncApp) -> None:
    """Log what a listener raised. The answer stays 500, so that Slack delivers the event again."""

    @app.error
    async def failed(error: Exception) -> None:
        log("An event from Slack", error)
