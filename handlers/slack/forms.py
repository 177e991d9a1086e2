"""Forms: a button or a command that lacks its words opens one, and so do the shortcuts on a message."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from cop_bot.domain.form import Form
from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import NotAMembersMessage
from cop_bot.platforms.slack.modal import CALLBACK, Origin, filled_in, modal, told
from cop_bot.platforms.slack.parse import post_from_message
from cop_bot.texts import forms, mistakes
from handlers.commands.form import wants_form
from handlers.failures import log, obey
from handlers.gesture import Gesture
from handlers.inbound import Calls
from handlers.slack import answers

KEEP, FEEDBACK = "cop:keep", "cop:feedback"
"""Our two shortcuts on a message, as the manifest calls them."""


def register(app: AsyncApp, calls: Calls) -> None:
    """What is sent from a modal, and the shortcuts."""

    @app.view(CALLBACK)
    async def sent(body: dict[str, Any], view: dict[str, Any], ack: AsyncAck) -> None:
        done = await _sent(calls, body, view)
        if done["blocks"]:
            await ack(response_action="update", view=done)
        else:
            await ack()  # it was sent before, and is closed now

    @app.shortcut(KEEP)
    async def pointed_at(
        shortcut: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck, respond: AsyncRespond
    ) -> None:
        await ack()
        await answers.to_button(await _keep(calls, shortcut, context.bot_user_id or ""), respond, replace=False)

    @app.shortcut(FEEDBACK)
    async def answered(shortcut: dict[str, Any], ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        await ack()
        gesture = _gesture(shortcut)
        said = await obeyed_or_opened(calls, gesture, "feedback", shortcut.get("trigger_id"), client)
        if said is not None:
            await answers.to_button(said, respond, replace=False)


async def obeyed_or_opened(
    calls: Calls, gesture: Gesture, command: str, trigger: object, client: AsyncWebClient
) -> Message | None:
    """Obey the command, or open the form for what it lacks; what is to be said, None where a form is open. Slack opens
    none without a trigger, which lasts for three seconds.
    """
    if not trigger or not wants_form(command):
        return await obey(calls, gesture, command)
    try:
        form = await calls.open_form(gesture, command, "")
        if form is None:
            return await obey(calls, gesture, command)
        if isinstance(form, Message):
            return form
        origin = Origin(form.command, gesture.place, gesture.thread)
        await client.views_open(trigger_id=str(trigger), view=modal(form, origin))
    except Exception as error:  # noqa: BLE001 - a member waits for a sentence
        return calls.apologise(log("A form in Slack", error))
    return None


async def _sent(calls: Calls, body: dict[str, Any], view: dict[str, Any]) -> dict[str, Any]:
    """The view that takes the place of the one that was sent: what came of it, or the form again."""
    try:
        origin = Origin.read(view.get("private_metadata"))
        gesture = Gesture(
            "slack",
            str(body["user"]["id"]),
            place=origin.place,
            thread=origin.thread,
            delivery=f"{view.get('id')}/{view.get('hash')}",
        )
        done = await calls.submit_form(gesture, origin.command, {**origin.kept, **filled_in(view)}, "")
    except Exception as error:  # noqa: BLE001 - as above
        origin, done = Origin(""), calls.apologise(log("A form in Slack", error))
    if isinstance(done, Form):
        return modal(done, origin)
    title = str((view.get("title") or {}).get("text") or "CoP Bot")
    return told(done, title, forms.close(done.language))


async def _keep(calls: Calls, shortcut: dict[str, Any], bot: str) -> Message:
    """The message at which somebody points, as the history would list it."""
    gesture = _gesture(shortcut, on_thread=False)
    message = shortcut.get("message")
    post = post_from_message(message, gesture.place or "", bot) if isinstance(message, dict) else None
    if post is None:
        return mistakes.told(NotAMembersMessage())
    try:
        return await calls.keep(gesture, post)
    except Exception as error:  # noqa: BLE001 - as above
        return calls.apologise(log("A message to keep in Slack", error))


def _gesture(shortcut: dict[str, Any], *, on_thread: bool = True) -> Gesture:
    """`on_thread`: the message pointed at is what is spoken of, as if one had typed in its thread."""
    channel = (shortcut.get("channel") or {}).get("id")
    thread = shortcut.get("message_ts") if on_thread else None
    return Gesture(
        "slack",
        str((shortcut.get("user") or {}).get("id") or ""),
        place=channel if isinstance(channel, str) and not channel.startswith("D") else None,
        thread=thread if isinstance(thread, str) else None,
    )
