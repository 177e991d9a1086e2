"""How an answer reaches the person who asked, and nobody else.

What was asked has been done by then: an answer that gets lost is logged and nothing is done again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from cop_bot.domain.message import Message
from cop_bot.platforms.registry import split_for
from cop_bot.platforms.slack.render import blocks, plain
from handlers.failures import log
from handlers.gesture import Gesture

_RESPONSES = 5
"""Slack takes five messages for one response_url."""


async def to_slash_command(message: Message, ack: AsyncAck, respond: AsyncRespond) -> None:
    """In the answer to Slack's call if it fits there, else one part after the other."""
    parts = _parts(message)
    if len(parts) == 1:
        await ack(**parts[0], response_type="ephemeral")
        return
    await ack()
    for part in parts[:_RESPONSES]:
        await _say(respond, **part, response_type="ephemeral")


async def to_button(message: Message, respond: AsyncRespond, replace: bool) -> None:
    """In the place of the answer that had the button, or below a notice, which stays for the others."""
    for number, part in enumerate(_parts(message)[:_RESPONSES]):
        await _say(respond, **part, response_type="ephemeral", replace_original=replace and number == 0)


async def to_mention(message: Message, gesture: Gesture, client: AsyncWebClient) -> None:
    """Where the mention stands, in its thread if it has one, for its author's eyes only."""
    for part in _parts(message):
        await _say(
            client.chat_postEphemeral, **part, channel=gesture.place, user=gesture.person, thread_ts=gesture.thread
        )


async def to_direct_message(message: Message, channel: str, thread: str | None, client: AsyncWebClient) -> None:
    """In the direct conversation, which nobody else reads."""
    for part in _parts(message):
        quiet = {"unfurl_links": False, "unfurl_media": False}
        await _say(client.chat_postMessage, **part, **quiet, channel=channel, thread_ts=thread)


def _parts(message: Message) -> list[dict[str, Any]]:
    dressed = [{"text": plain(part), "blocks": blocks(part)} for part in split_for("slack", message)]
    return [part for part in dressed if part["blocks"]]


async def _say(call: Callable[..., Awaitable[object]], **arguments: Any) -> None:
    try:
        await call(**arguments)
    except Exception as error:  # noqa: BLE001 - whatever it was, the command has been obeyed
        log("An answer in Slack", error)
