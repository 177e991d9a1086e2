"""A Slack of our own for crashes: its messages carry the wall's time, its events come until they are acknowledged."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
import socket
import time
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from fakes.fake_slack import FakeSlack

PLACE = "C0POWER"
SECRET = "invented-signing-secret"
AMINA, JOAO, SIFA = "UAMINA", "UJOAO", "USIFA"

Event = dict[str, Any]


@dataclass
class FaultySlack(FakeSlack):
    """A workspace with one channel, some members and the bot."""

    hang_on: str | None = None
    """The beginning of a key: the message is taken, and whoever posted it learns nothing of it."""
    hanging: list[str] = field(default_factory=list)
    """Whom that befell, by their tokens."""
    last: int = 0
    """When somebody posted last, in microseconds: as a fraction of seconds it would round two posts to one stamp."""

    def __post_init__(self) -> None:
        self.page = 200
        self.channels[PLACE] = {"id": PLACE, "name": "cop-power", "is_member": True}
        for person, zone in ((AMINA, "Africa/Nairobi"), (JOAO, "Africa/Maputo"), (SIFA, "Europe/Amsterdam")):
            address = f"{person[1:].lower()}@example.org"
            self.users[person] = {"id": person, "name": person, "tz": zone, "profile": {"email": address}}
        self.users["U0BOT"] = {"id": "U0BOT", "name": "cop", "is_bot": True}
        self.members[PLACE] = [AMINA, JOAO, SIFA, "U0BOT"]

    def says(self, channel: str, user: str, text: str, **more: Any) -> dict[str, Any]:
        """Somebody posts, now."""
        # The fraction never looks like a mere counter, and every message is later than the one before.
        self.last = max(round(time.time() * 1_000_000), self.last + 1)
        self.last += max(0, 20_000 - self.last % 1_000_000)
        seconds, fraction = divmod(self.last, 1_000_000)
        return super().says(channel, user, text, **{"ts": f"{seconds}.{fraction:06}"} | more)

    async def answering(self, request: web.Request, arguments: dict[str, Any]) -> None:
        """Let it hang, if it is the one."""
        block = (arguments.get("blocks") or [{}])[0]
        key = str(block.get("block_id", "")).partition("/")[2]
        if self.hang_on is not None and key.startswith(self.hang_on):
            self.hanging.append(request.headers["Authorization"].removeprefix("Bearer "))
            await asyncio.Event().wait()

    def said_keys(self, channel: str = PLACE) -> list[str]:
        """What the bot has said there, in order, by its keys without the database's name."""
        blocks = [one["blocks"][0] for one in self.messages[channel] if one.get("blocks") and one["user"] == "U0BOT"]
        return [str(block.get("block_id", "")).partition("/")[2] for block in blocks]

    def posted(self, user: str, text: str, **more: Any) -> Event:
        """A member's message, in the channel and as the event that tells of it."""
        message = self.says(PLACE, user, text, **more)
        return {**message, "channel": PLACE, "channel_type": "channel", "event_ts": message["ts"]}


def signed(body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers with which Slack sends this body."""
    moment = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": moment,
        "x-slack-signature": f"v0={signature}",
    }


def envelope(event: Event) -> bytes:
    """The body in which Slack sends an event."""
    outer = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": f"Ev{event['ts']}"}
    return json.dumps(outer | {"event_time": 1, "event": event}).encode()


async def send(session: aiohttp.ClientSession, port: int, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; 0 without one."""
    try:
        async with session.post(
            f"http://127.0.0.1:{port}/slack/events",
            data=io.BytesIO(body),
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=3),
        ) as answer:
            return answer.status
    except (aiohttp.ClientError, TimeoutError):
        return 0


async def send_until_acknowledged(session: aiohttp.ClientSession, event: Event, *ports: int) -> None:
    """As Slack does, though more patiently: to one address after the other, until somebody says 200."""
    body, turn = envelope(event), 0
    while await send(session, ports[turn % len(ports)], body, signed(body)) != 200:
        turn += 1
        await asyncio.sleep(0.2)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        port: int = any_socket.getsockname()[1]
        return port
