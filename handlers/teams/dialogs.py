"""Dialogs: contribute from the opening card or from the compose box, and "Add to CoP session" on any message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cop_bot.domain.form import Form
from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import NotAMembersMessage
from cop_bot.platforms.teams.fields import Said, inner, text_in
from cop_bot.platforms.teams.parse import post_from_chat_message
from cop_bot.texts import mistakes
from handlers.failures import log, obey
from handlers.inbound import Calls
from handlers.teams.activity import Heard, Hearing
from handlers.teams.failures import logged
from handlers.teams.forms import COMMAND, as_dialog, told
from handlers.teams.people import meet

if TYPE_CHECKING:
    from microsoft_teams.apps import ActivityContext, App

KEEP, CONTRIBUTE = "keep", "contribute"
"""Our two commands in the message extension, as the manifest calls them."""
_CONTRIBUTING = "idea"


def register(app: App, calls: Calls, hearing: Hearing) -> None:
    """The dialog of the card, and the message extension with its two commands."""

    async def opened(ctx: ActivityContext[Any]) -> dict[str, Any]:
        heard = await hearing.heard(ctx)
        await meet(calls, heard)
        if text_in(heard.value, "commandId") == KEEP:
            return told(await _keep(calls, heard, ctx.app_id))
        form = await _form(calls, heard)
        return told(form) if isinstance(form, Message) else as_dialog(form)

    async def submitted(ctx: ActivityContext[Any]) -> dict[str, Any]:
        heard = await hearing.heard(ctx)
        await meet(calls, heard)
        return await _sent(calls, heard, inner(heard.value, "data"))

    app.on_dialog_open(logged(opened))
    app.on_dialog_submit(logged(submitted))
    app.on_message_ext_open(logged(opened))
    app.on_message_ext_submit(logged(submitted))


async def _form(calls: Calls, heard: Heard) -> Form | Message:
    """Which one, a button says in its data; from the compose box it is the one in which to contribute."""
    command = text_in(inner(heard.value, "data"), COMMAND) or _CONTRIBUTING
    gesture, locale = heard.gesture(carries_text=False), text_in(heard.said, "locale")
    try:
        form = await calls.open_form(gesture, command, locale)
    except Exception as error:  # noqa: BLE001 - a member waits for a sentence
        return calls.apologise(log("A form in Teams", error))
    return form if form is not None else await obey(calls, gesture, command)


async def _sent(calls: Calls, heard: Heard, filled_in: Said) -> dict[str, Any]:
    """What a form says, others can't read until the bot posts it."""
    command = text_in(filled_in, COMMAND) or _CONTRIBUTING
    values = {name: value for name, value in filled_in.items() if isinstance(value, str)}
    gesture, locale = heard.gesture(carries_text=False), text_in(heard.said, "locale")
    try:
        done = await calls.submit_form(gesture, command, values, locale)
    except Exception as error:  # noqa: BLE001 - as above
        return told(calls.apologise(log("A form in Teams", error)))
    return as_dialog(done) if isinstance(done, Form) else told(done)


async def _keep(calls: Calls, heard: Heard, bot: str) -> Message:
    """The message at which somebody points, as Graph would list it."""
    gesture = heard.gesture(carries_text=False)
    post = post_from_chat_message(inner(heard.value, "messagePayload"), heard.place or "", bot)
    if post is None:
        return mistakes.told(NotAMembersMessage(), language=text_in(heard.said, "locale"))
    try:
        return await calls.keep(gesture, post)
    except Exception as error:  # noqa: BLE001 - a member waits for a sentence
        return calls.apologise(log("A message to keep in Teams", error))
