"""The bot's web server."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Route

from handlers.web.health import Ready, healthz, readyz
from handlers.web.slack_events import Endpoint, not_here


def web_app(slack: Endpoint | None, ready: Ready) -> Starlette:
    """All addresses of the bot. `slack` is the guarded endpoint, or None while events come over Socket Mode."""
    return Starlette(
        routes=[
            Route("/slack/events", slack or not_here, methods=["POST"]),
            Route("/healthz", healthz, methods=["GET"]),
            Route("/readyz", readyz(ready), methods=["GET"]),
        ]
    )
