"""The way in from Microsoft Teams: activities over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from cop_bot.platforms.teams.identity import identity_of
from cop_bot.platforms.teams.platform import TeamsSettings
from handlers.inbound import Calls
from handlers.platform import WayIn
from handlers.teams.app import PATH, open_endpoint


@asynccontextmanager
async def teams_way_in(calls: Calls, settings: TeamsSettings, wall: Callable[[], datetime]) -> AsyncIterator[WayIn]:
    """Only for settings with a client id."""
    del wall  # the tokens of Microsoft say themselves how old they are
    identity = identity_of(settings)
    opened = open_endpoint(calls, identity, service_url=settings.service_url, trust_loopback=settings.trust_loopback)
    async with opened as endpoint:
        yield WayIn("teams", _listening, PATH, endpoint)


async def _listening() -> str:
    return "listening"
