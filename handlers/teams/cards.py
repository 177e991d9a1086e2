"""Buttons: each does what typing its command would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cop_bot.domain.message import Buttons, Message
from cop_bot.platforms.teams.fallback import summary
from cop_bot.platforms.teams.fields import inner, text_in
from cop_bot.platforms.teams.render import CONTENT_TYPE, VERB, card
from handlers.failures import obey
from handlers.inbound import Calls
from handlers.teams import answers
from handlers.teams.activity import Heard, Hearing
from handlers.teams.failures import logged
from handlers.teams.people import meet

if TYPE_CHECKING:
    from microsoft_teams.apps import ActivityContext, App

_SENTENCE = "application/vnd.microsoft.activity.message"
_SHORT = 250
"""Characters of a sentence that Teams shows for a moment above the card."""


def register(app: App, calls: Calls, hearing: Hearing) -> None:
    """One listener for all of them; what they do is in their data."""

    async def pressed(ctx: ActivityContext[Any]) -> dict[str, Any]:
        heard = await hearing.heard(ctx)
        await meet(calls, heard)
        action = inner(heard.value, "action")
        if text_in(action, "verb") != VERB:
            return _sentence("")
        message = await obey(calls, heard.gesture(carries_text=False), text_in(inner(action, "data"), "command"))
        return await _answer(ctx, heard, message, is_notice=inner(action, "data").get("notice") is True)

    app.on_card_action(logged(pressed))


async def _answer(ctx: ActivityContext[Any], heard: Heard, message: Message, *, is_notice: bool) -> dict[str, Any]:
    """In the place of the answer that had the button; a notice stays, and what does not fit above it comes apart."""
    parts = answers.parts_of(message)
    if not is_notice and len(parts) == 1:
        return {"statusCode": 200, "type": CONTENT_TYPE, "value": card(parts[0], is_alone=heard.is_alone)}
    said = summary(message, is_alone=heard.is_alone)
    asks = any(isinstance(block, Buttons) for block in message.blocks)
    if len(parts) == 1 and not asks and len(said) <= _SHORT:
        return _sentence(said)
    if heard.is_alone:
        await answers.alone(ctx, message)
    else:
        await answers.for_their_eyes_only(ctx, heard, message)
    return _sentence("")


def _sentence(text: str) -> dict[str, Any]:
    return {"statusCode": 200, "type": _SENTENCE, "value": text or "🌱"}
