"""What members ask of the bot: `@CoP Bot …`, `/…` where the tenant has it, and what they write to it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cop_bot.platforms.teams.fields import inner, text_in
from cop_bot.platforms.teams.text import command_text, mentions_us_first
from cop_bot.texts import answers as voice
from handlers.failures import obey
from handlers.inbound import Calls
from handlers.teams import answers
from handlers.teams.activity import Heard
from handlers.teams.people import with_entra_ids

if TYPE_CHECKING:
    from microsoft_teams.apps import ActivityContext


async def obeyed(calls: Calls, ctx: ActivityContext[Any], heard: Heard) -> bool:
    """Obey a new message that is a command; returns whether it was one, or nobody's."""
    if _is_from_bot(heard) or _is_pressed(heard):
        return True
    if heard.is_alone or heard.is_private:
        await _obey_privately(calls, ctx, heard)
        return True
    if mentions_us_first(heard.said):
        await _obey_mention(calls, ctx, heard)
        return True
    return False


async def _obey_privately(calls: Calls, ctx: ActivityContext[Any], heard: Heard) -> None:
    """A message to the bot alone, with or without its name. What it contributes, others can't read there."""
    text = await with_entra_ids(command_text(heard.said), heard)
    message = await obey(calls, heard.gesture(carries_text=False), text)
    if heard.is_alone:
        await answers.alone(ctx, message)
    else:
        await answers.for_their_eyes_only(ctx, heard, message)


async def _obey_mention(calls: Calls, ctx: ActivityContext[Any], heard: Heard) -> None:
    if heard.is_out_of_bounds:
        await answers.alone(ctx, voice.personal.standard_channels_only(language=text_in(heard.said, "locale")))
        return
    text = await with_entra_ids(command_text(heard.said), heard)
    message = await obey(calls, heard.gesture(carries_text=True), text)
    await answers.for_their_eyes_only(ctx, heard, message)


def _is_from_bot(heard: Heard) -> bool:
    author = inner(heard.said, "from")
    return text_in(author, "id").startswith("28:") or text_in(author, "role") == "bot"


def _is_pressed(heard: Heard) -> bool:
    """A button of an old kind arrives as a message with a value and without words; ours are of another kind."""
    return heard.said.get("value") is not None and not text_in(heard.said, "text")
