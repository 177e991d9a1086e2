"""The bot's web server."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.routing import Route

from handlers.platform import WayIn
from handlers.web.health import Ready, healthz, readyz


def web_app(ways: Iterable[WayIn], ready: Ready) -> Starlette:
    """All addresses of the bot: those of its platforms, and what a supervisor asks."""
    return Starlette(
        routes=[
            *(Route(way.path, way.endpoint, methods=["POST"]) for way in ways if way.path and way.endpoint),
            Route("/healthz", healthz, methods=["GET"]),
            Route("/readyz", readyz(ready), methods=["GET"]),
        ]
    )
