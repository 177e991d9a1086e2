"""Buttons: each does what typing its command would do; where that lacks its words, a form asks for them."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from cop_bot.platforms.slack.render import ANSWER
from handlers.gesture import Gesture
from handlers.inbound import Calls
from handlers.slack import answers, forms, home
from handlers.slack.commands import place_of


def register(app: AsyncApp, calls: Calls) -> None:
    """One listener for all of them; what they do is in their value."""

    @app.action(re.compile("^cop:"))
    async def pressed(
        body: dict[str, Any], action: dict[str, Any], ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient
    ) -> None:
        await ack()
        gesture, command, trigger = _gesture(body), str(action.get("value") or ""), body.get("trigger_id")
        message = await forms.obeyed_or_opened(calls, gesture, command, trigger, client)
        if message is None:
            return
        if home.is_pressed_there(body):
            await home.answer(calls, message, body, client)
            return
        replace = str(action.get("action_id")).startswith(ANSWER)
        await answers.to_button(message, respond, replace)


def _gesture(body: dict[str, Any]) -> Gesture:
    container = body.get("container") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id")
    return Gesture("slack", str(body["user"]["id"]), place=place_of(channel), thread=container.get("thread_ts"))
