"""What members ask of the bot: `/cop …`, `@CoP Bot …`, and what they write to it alone."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from cop_bot.platforms.slack.parse import is_from_member
from cop_bot.platforms.slack.programs import Programs
from cop_bot.platforms.slack.text import after_mention, command_text, mentions_first
from handlers.failures import obey
from handlers.gesture import Gesture
from handlers.inbound import Calls
from handlers.slack import answers, forms

COMMAND = "/cop"


def register(app: AsyncApp, calls: Calls, programs: Programs) -> None:
    """The slash command and the mention; a direct message comes as a `message` event."""

    @app.command(COMMAND)
    async def typed(command: dict[str, Any], ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        gesture = Gesture(
            "slack",
            str(command.get("user_id")),
            place=place_of(command.get("channel_id")),
            delivery=str(command.get("trigger_id") or "") or None,
        )
        text, trigger = command_text(str(command.get("text") or "")), command.get("trigger_id")
        message = await forms.obeyed_or_opened(calls, gesture, text, trigger, client)
        if message is None:
            await ack()
            return
        await answers.to_slash_command(message, ack, respond)

    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        bot, text = context.bot_user_id or "", str(event.get("text") or "")
        # A mention inside a text is a post like any other, and an edit asks for nothing.
        if event.get("edited") or not mentions_first(text, bot) or not await _may_ask(event, bot, client, programs):
            return
        gesture = _gesture(event, place=place_of(event.get("channel")))
        message = await obey(calls, gesture, command_text(after_mention(text, bot)))
        await answers.to_mention(message, gesture, client)


async def obey_direct_message(
    calls: Calls, event: dict[str, Any], bot: str, client: AsyncWebClient, programs: Programs
) -> None:
    """A message to the bot alone is a command, with or without a mention; edits and deletions of it are not."""
    if not await _may_ask(event, bot, client, programs):
        return
    text = after_mention(str(event.get("text") or ""), bot)
    gesture = _gesture(event, place=None)
    message = await obey(calls, gesture, command_text(text))
    await answers.to_direct_message(message, str(event["channel"]), gesture.thread, client)


async def _may_ask(event: dict[str, Any], bot: str, client: AsyncWebClient, programs: Programs) -> bool:
    """Whether a person said it; of what a program sent in somebody's name the profile tells."""
    user = event.get("user")
    if not isinstance(user, str) or not user or not is_from_member(event, bot):
        return False
    return not event.get("bot_id") or not await programs.has(client, user)


def place_of(channel: object) -> str | None:
    """The place, or None for a direct conversation, whose ids begin with D."""
    return channel if isinstance(channel, str) and channel and not channel.startswith("D") else None


def _gesture(event: dict[str, Any], place: str | None) -> Gesture:
    thread, message = event.get("thread_ts"), event.get("ts")
    return Gesture("slack", str(event.get("user")), place, thread if thread != message else None, message)
