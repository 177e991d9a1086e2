"""What happens to places: the app is added or removed, a channel or a team is renamed, archived, deleted, restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cop_bot.platforms.teams.fields import inner, listed, text_in
from cop_bot.platforms.teams.parse import place_of
from cop_bot.texts import answers as voice
from handlers.failures import obey
from handlers.inbound import Calls
from handlers.teams import answers
from handlers.teams.activity import Heard, Hearing
from handlers.teams.failures import logged

if TYPE_CHECKING:
    from microsoft_teams.apps import ActivityContext, App

OF_CHANNELS = ("channelCreated", "channelRenamed", "channelDeleted", "channelRestored")

OF_TEAMS = ("teamArchived", "teamUnarchived", "teamRenamed", "teamDeleted", "teamHardDeleted", "teamRestored")


def register(app: App, calls: Calls, hearing: Hearing) -> None:
    """Teams may say each of them several times, also of places that we have never heard of."""

    async def moved(ctx: ActivityContext[Any]) -> None:
        heard = await _heard(ctx)
        if heard.is_alone:
            await calls.reach_again(heard.person)
            if _is_added(heard):
                await answers.alone(ctx, await obey(calls, heard.gesture(carries_text=False), "home"))
        else:
            await _arrived(calls, ctx, heard)

    async def changed(ctx: ActivityContext[Any]) -> None:
        heard = await _heard(ctx)
        happened = text_in(inner(heard.said, "channelData"), "eventType")
        if happened in OF_CHANNELS:
            await calls.look_at_place(_channel(heard))
        elif happened in OF_TEAMS or (_is_about_us(heard) and not heard.is_alone):
            await calls.look_at_place(None)

    async def _heard(ctx: ActivityContext[Any]) -> Heard:
        # A team that is gone can't be asked for its group any more.
        return await hearing.heard(ctx, ask=False)

    app.on_installation_update(logged(moved))
    app.on_conversation_update(logged(changed))


async def _arrived(calls: Calls, ctx: ActivityContext[Any], heard: Heard) -> None:
    if heard.is_out_of_bounds and _is_added(heard):
        await answers.alone(ctx, voice.personal.standard_channels_only(language=text_in(heard.said, "locale")))
    await calls.look_at_place(None)
    if _is_added(heard) and heard.place and heard.person and not heard.is_out_of_bounds:
        await calls.invited(heard.place, heard.person)


def _is_added(heard: Heard) -> bool:
    return text_in(heard.said, "action") == "add"


def _channel(heard: Heard) -> str | None:
    """The channel of which it is told; it stands in the team's conversation, which is that of its first channel."""
    channel = text_in(inner(inner(heard.said, "channelData"), "channel"), "id")
    return place_of(heard.group, channel) if heard.group and channel else None


def _is_about_us(heard: Heard) -> bool:
    """Our own coming and going; that of members is read with the roster."""
    us = text_in(inner(heard.said, "recipient"), "id")
    return any(one.get("id") == us for name in ("membersAdded", "membersRemoved") for one in listed(heard.said, name))
