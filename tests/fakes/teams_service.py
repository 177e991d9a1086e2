"""The Teams service as the bot's handlers need it, on loopback: it takes answers, knows teams and people, has keys."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

APP_ID = "22222222-2222-4222-8222-222222222222"
TENANT = "33333333-3333-4333-8333-333333333333"
GROUP = "44444444-4444-4444-8444-444444444444"
TEAM = "19:team@thread.tacv2"
CHANNEL = "19:power@thread.tacv2"
PLACE = f"{GROUP}/{CHANNEL}"
AMINA, AMINA_HERE = "aaaaaaaa-0000-4000-8000-000000000001", "29:amina"
BRAM, BRAM_HERE = "aaaaaaaa-0000-4000-8000-000000000002", "29:bram"
KEY_ID = "key-1"
ISSUER = "https://api.botframework.com"


@cache
def private_key(name: str) -> RSAPrivateKey:
    """A key, made once for all tests."""
    del name
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Sent:
    """Something that the bot said; `private` messages are for one person's eyes."""

    conversation: str
    activity: dict[str, Any]
    private: bool

    @property
    def text(self) -> str:
        """What it says, cards included."""
        cards = [attachment["content"] for attachment in self.activity.get("attachments", [])]
        return "\n".join([self.activity.get("text") or "", *(card["fallbackText"] for card in cards)]).strip()


@dataclass
class TeamsService:
    """`closed` is what the service refuses now: "private", "direct", "channel", "teams", "keys"."""

    base_url: str = ""
    sent: list[Sent] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    """The teams and people that were asked for, and "keys"."""
    people: dict[str, str] = field(default_factory=lambda: {AMINA_HERE: AMINA, BRAM_HERE: BRAM})
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def token(self, key: str = "ours", kid: str = KEY_ID, alg: str = "RS256", **claims: Any) -> str:
        """A token as the Bot Framework signs them; a claim that is None is left out."""
        now = int(time.time())
        usual = {"iss": ISSUER, "aud": APP_ID, "iat": now, "nbf": now, "exp": now + 600, "serviceurl": self.base_url}
        said = {name: value for name, value in (usual | claims).items() if value is not None}
        secret: Any = private_key(key) if alg == "RS256" else "k" * 32
        return jwt.encode(said, "" if alg == "none" else secret, algorithm=alg, headers={"kid": kid})

    async def _said(self, request: web.Request) -> web.Response:
        private = request.query.get("isTargetedActivity") == "true"
        conversation = request.match_info["conversation"]
        way = "private" if private else "direct" if conversation.startswith("a:") else "channel"
        if way in self.closed:
            return web.json_response({"error": {"code": "BadArgument"}}, status=400)
        self.sent.append(Sent(conversation, await request.json(), private))
        return web.json_response({"id": f"b{next(self._numbers)}"})

    async def _conversation(self, request: web.Request) -> web.Response:
        member = (await request.json())["members"][0]["id"]
        if "direct" in self.closed:
            return web.json_response({"error": {"code": "BotNotInConversationRoster"}}, status=403)
        return web.json_response({"id": f"a:{member}"})

    async def _team(self, request: web.Request) -> web.Response:
        self.asked.append(request.match_info["team"])
        if "teams" in self.closed:
            return web.json_response({}, status=502)
        return web.json_response({"id": TEAM, "name": "Power", "aadGroupId": GROUP})

    async def _member(self, request: web.Request) -> web.Response:
        account = request.match_info["member"]
        self.asked.append(account)
        if account not in self.people:
            return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)
        return web.json_response({"id": account, "aadObjectId": self.people[account], "name": "Somebody"})

    async def _keys(self, _: web.Request) -> web.Response:
        self.asked.append("keys")
        if "keys" in self.closed:
            return web.Response(status=503)
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key("ours").public_key()))
        return web.json_response({"keys": [public | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]})


@asynccontextmanager
async def teams_service() -> AsyncIterator[TeamsService]:
    """A running service."""
    service = TeamsService()
    app = web.Application()

    app.router.add_post("/v3/conversations", service._conversation)
    app.router.add_post("/v3/conversations/{conversation}/activities", service._said)
    app.router.add_get("/v3/conversations/{conversation}/members/{member}", service._member)
    app.router.add_get("/v3/teams/{team}", service._team)
    app.router.add_get("/keys", service._keys)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    service.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield service
    finally:
        await runner.cleanup()
