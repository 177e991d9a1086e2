"""The way in from Microsoft Teams: activities over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cop_bot.config import Settings
from cop_bot.teams_identity import identity_of
from handlers.calls import Calls
from handlers.teams.app import PATH, open_endpoint
from handlers.way_in import WayIn


@asynccontextmanager
async def teams_way_in(calls: Calls, settings: Settings) -> AsyncIterator[WayIn]:
    """Only for settings with a client id."""
    identity = identity_of(settings)
    opened = open_endpoint(
        calls, identity, service_url=settings.teams_service_url, trust_loopback=settings.teams_trust_loopback
    )
    async with opened as endpoint:
        yield WayIn("teams", _listening, PATH, endpoint)


async def _listening() -> str:
    return "listening"
