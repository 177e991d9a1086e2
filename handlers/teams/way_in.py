"""The way in from Microsoft Teams: activities over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cop_bot.config import Settings
from cop_bot.teams_identity import TeamsIdentity
from handlers.calls import Calls
from handlers.teams.app import PATH, open_endpoint
from handlers.way_in import WayIn


@asynccontextmanager
async def teams_way_in(calls: Calls, settings: Settings) -> AsyncIterator[WayIn]:
    """Only for settings with a client id."""
    secret, token = settings.teams_client_secret, settings.teams_access_token
    identity = TeamsIdentity(
        client_id=settings.teams_client_id or "",
        client_secret=secret.get_secret_value() if secret else None,
        tenant_id=settings.teams_tenant_id or "",
        access_token=token.get_secret_value() if token else None,
    )
    opened = open_endpoint(
        calls, identity, service_url=settings.teams_service_url, trust_loopback=settings.teams_trust_loopback
    )
    async with opened as endpoint:
        yield WayIn("teams", _listening, PATH, endpoint)


async def _listening() -> str:
    return "listening"
