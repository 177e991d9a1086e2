"""Activities as Teams makes them: with their token, in the shapes of its documentation, sent through the true app."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from fakes.asgi import Answer, request
from fakes.teams_service import AMINA, AMINA_HERE, APP_ID, CHANNEL, GROUP, TEAM, TENANT, TeamsService
from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides
from starlette.types import ASGIApp

from cop_bot.platforms.teams.identity import TeamsIdentity
from handlers.inbound import Calls
from handlers.platform import WayIn
from handlers.teams.app import PATH, open_endpoint
from handlers.web.app import web_app

BOT = {"id": f"28:{APP_ID}", "name": "CoP Bot"}
OUR_MENTION = {"type": "mention", "mentioned": BOT, "text": "<at>CoP Bot</at>"}
FIXED = TeamsIdentity(APP_ID, None, TENANT, access_token="a.fixed.token")
FIRST = 1_780_000_000_000
"""The number of the first message: milliseconds since 1970."""


async def state() -> str:
    return "listening"


async def ready() -> tuple[bool, dict[str, Any]]:
    return True, {}


@asynccontextmanager
async def tenant(calls: Calls, service: TeamsService, *, trust_loopback: bool = False) -> AsyncIterator[Tenant]:
    """Teams with this bot in it."""
    cloud = with_overrides(PUBLIC, openid_metadata_url=f"{service.base_url}/openidconfiguration")
    opened = open_endpoint(calls, FIXED, service_url=service.base_url, trust_loopback=trust_loopback, cloud=cloud)
    async with opened as endpoint:
        yield Tenant(service, web_app([WayIn("teams", state, PATH, endpoint)], ready))


@dataclass
class Tenant:
    """Teams' side: sends to the bot's web server and keeps what comes back."""

    service: TeamsService
    web: ASGIApp
    _numbers: count[int] = field(default_factory=lambda: count(FIRST, 1_000))

    def in_channel(self, number: int | None = None, root: str | None = None, **more: Any) -> dict[str, Any]:
        """An activity in the channel; `more` replaces fields."""
        message = str(number or next(self._numbers))
        return {
            "type": "message",
            "id": message,
            "timestamp": "2026-05-28T20:26:40.000Z",
            "serviceUrl": self.service.base_url,
            "channelId": "msteams",
            "from": {"id": AMINA_HERE, "aadObjectId": AMINA, "name": "Amina"},
            "recipient": BOT,
            "conversation": {
                "id": f"{CHANNEL};messageid={root or message}",
                "conversationType": "channel",
                "isGroup": True,
                "tenantId": TENANT,
            },
            "channelData": {
                "team": {"id": TEAM, "aadGroupId": GROUP},
                "channel": {"id": CHANNEL},
                "tenant": {"id": TENANT},
            },
            "textFormat": "plain",
            **more,
        }

    def alone(self, **more: Any) -> dict[str, Any]:
        """An activity in the direct conversation."""
        conversation = {"id": "a:amina", "conversationType": "personal", "tenantId": TENANT}
        channel_data = {"tenant": {"id": TENANT}}
        return self.in_channel() | {"conversation": conversation, "channelData": channel_data} | more

    def invoke(self, name: str, value: Any, *, alone: bool = False, **more: Any) -> dict[str, Any]:
        """A button, a dialog, an extension."""
        where = self.alone() if alone else self.in_channel()
        where.pop("textFormat")
        return where | {"type": "invoke", "name": name, "value": value, "id": f"f:{next(self._numbers)}"} | more

    async def says(self, text: str, **more: Any) -> Answer:
        """Somebody writes in the channel."""
        return await self.sends(self.in_channel(text=text, **more))

    async def mentions(self, text: str, **more: Any) -> Answer:
        """Somebody writes in the channel and begins with the bot's name."""
        entities = [OUR_MENTION, *more.pop("entities", [])]
        return await self.says(f"<at>CoP Bot</at> {text}", entities=entities, **more)

    async def presses(self, command: str, *, alone: bool = False, notice: bool = False) -> Answer:
        """Somebody presses a button."""
        data = {"command": command} | ({"notice": True} if notice else {})
        action = {"type": "Action.Execute", "verb": "cop", "data": data}
        return await self.sends(
            self.invoke("adaptiveCard/action", {"action": action, "trigger": "manual"}, alone=alone)
        )

    async def sends(
        self, activity: object, token: str | None = None, headers: dict[str, str] | None = None, **more: Any
    ) -> Answer:
        """The service calls the bot, with a good token unless another is given."""
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        bearer = {"authorization": f"Bearer {self.service.token() if token is None else token}"}
        named = {"content-type": "application/json"} | bearer | (headers or {})
        return await request(self.web, "POST", PATH, body, {k: v for k, v in named.items() if v}, **more)
