"""Requests as Slack makes them: signed, in the shapes of its documentation, sent through the true app."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fakes.asgi import Answer, request
from fakes.bot import Bot
from fakes.fake_slack import BOT, FakeSlack

from handlers.platform import WayIn
from handlers.slack.app import build_app, http_handler
from handlers.slack.authentication import guarded
from handlers.slack.platform import PATH
from handlers.web.app import web_app

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TS = "1780000100.000200"


def _wall() -> datetime:
    return datetime.now(UTC)


async def _state() -> str:
    return "listening"


async def _ready() -> tuple[bool, dict[str, Any]]:
    return True, {}


@dataclass
class Workspace:
    """Slack's side: sends to the bot's web server and keeps what comes back."""

    bot: Bot
    slack: FakeSlack
    wall: Callable[[], datetime] = _wall
    handle: Callable[..., Awaitable[Any]] | None = None

    def __post_init__(self) -> None:
        app = build_app(self.bot.calls(), token="xoxb-test", signing_secret=SECRET, api_url=self.slack.base_url)
        self.app = app
        endpoint = guarded(self.handle or http_handler(app, self.bot.calls()), SECRET, self.wall)
        self.web = web_app([WayIn("slack", _state, PATH, endpoint)], _ready)

    async def event(self, **event: Any) -> Answer:
        """Deliver an event."""
        outer = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1", "event_time": 1}
        return await self.json(outer | {"event": event})

    async def says(self, text: str, /, **more: Any) -> Answer:
        """Deliver a member's message."""
        said = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "text": text, "ts": TS}
        return await self.event(**said | more)

    async def mentions(self, text: str, /, **more: Any) -> Answer:
        """Deliver a mention of the bot, as its own kind of event."""
        return await self.says(f"<@{BOT}> {text}", **{"type": "app_mention", "channel_type": None} | more)

    async def command(self, text: str, **more: str) -> Answer:
        """Type `/cop`."""
        form = {"command": "/cop", "text": text, "user_id": "U1", "channel_id": "C1", "team_id": "T1", "token": "t"}
        return await self.form(form | {"response_url": f"{self.slack.base_url}respond", "trigger_id": "1.2"} | more)

    async def presses(
        self, value: str, action_id: str, *, user: str = "U1", view: dict[str, Any] | None = None, **container: Any
    ) -> Answer:
        """Press a button; `view`: in which view, if in none of the messages."""
        payload: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": user, "team_id": "T1"},
            "team": {"id": "T1"},
            "api_app_id": "A1",
            "container": {"type": "message", "channel_id": "C1", "message_ts": TS} | container,
            "channel": {"id": "C1"},
            "response_url": f"{self.slack.base_url}respond",
            "trigger_id": "1.2",
            "actions": [
                {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": "1.2"}
            ],
        }
        if view is not None:  # Slack then names no channel, and no way to respond
            payload = {name: part for name, part in payload.items() if name not in ("channel", "response_url")}
            payload |= {"view": view, "container": {"type": "view", "view_id": "VH"}}
        return await self.form({"payload": json.dumps(payload)})

    async def sends(self, view: dict[str, Any], values: dict[str, str], *, user: str = "U1") -> Answer:
        """Send a modal that was opened, filled in so; what is left out stays as it was."""
        state = {
            block["block_id"]: {block["element"]["action_id"]: _filled(block["element"], values.get(block["block_id"]))}
            for block in view["blocks"]
            if block["type"] == "input"
        }
        sent = {"id": "V1", "hash": "h1", "team_id": "T1", **view, "state": {"values": state}}
        payload = {
            "type": "view_submission",
            "user": {"id": user, "team_id": "T1"},
            "team": {"id": "T1"},
            "api_app_id": "A1",
            "token": "t",
            "view": sent,
        }
        return await self.form({"payload": json.dumps(payload)})

    async def points_at(self, message: dict[str, Any], callback: str, *, user: str = "U1") -> Answer:
        """Choose one of our shortcuts on a message."""
        payload = {
            "type": "message_action",
            "callback_id": callback,
            "user": {"id": user, "team_id": "T1"},
            "team": {"id": "T1"},
            "api_app_id": "A1",
            "token": "t",
            "channel": {"id": "C1", "name": "cop-power"},
            "message_ts": message.get("ts"),
            "message": message,
            "response_url": f"{self.slack.base_url}respond",
            "trigger_id": "1.2",
            "action_ts": "1.2",
        }
        return await self.form({"payload": json.dumps(payload)})

    async def json(self, body: object) -> Answer:
        """Send a body as JSON."""
        return await self.send(json.dumps(body).encode())

    async def form(self, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return await self.send(urlencode(fields).encode(), {"content-type": "application/x-www-form-urlencoded"})

    async def send(self, body: bytes, headers: dict[str, str] | None = None) -> Answer:
        """Send a body with Slack's signature; `headers` come last."""
        time = str(int(self.wall().timestamp()))
        signed = {
            "content-type": "application/json",
            "x-slack-request-timestamp": time,
            "x-slack-signature": signature(body, time),
        }
        return await request(self.web, "POST", "/slack/events", body, signed | (headers or {}))


def signature(body: bytes, time: str, secret: str = SECRET) -> str:
    """Slack's signature of a body."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{time}:".encode() + body, hashlib.sha256).hexdigest()


def _filled(element: dict[str, Any], value: str | None) -> dict[str, Any]:
    if element["type"] == "datepicker":
        return {"type": "datepicker", "selected_date": element.get("initial_date") if value is None else value}
    if "options" not in element:
        return {"type": element["type"], "value": element.get("initial_value") if value is None else value}
    chosen = next((one for one in element["options"] if one["value"] == f"v:{value}"), element.get("initial_option"))
    return {"type": element["type"], "selected_option": chosen}
