"""What happens to places: the bot is invited or removed, a channel is archived, renamed, deleted."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from handlers.inbound import Calls

MEMBERSHIP = ("member_joined_channel", "member_left_channel")
"""Told of everybody; only our own coming and going matters."""

CHANGES = (
    "channel_left",
    "group_left",
    "channel_archive",
    "group_archive",
    "channel_unarchive",
    "group_unarchive",
    "channel_rename",
    "group_rename",
    "channel_deleted",
    "group_deleted",
    "channel_id_changed",
)
"""`group` is Slack's old word for a private channel."""


def register(app: AsyncApp, calls: Calls) -> None:
    """A listener for each of them, so that none is answered with 404."""

    async def moved(event: dict[str, Any], context: AsyncBoltContext) -> None:
        if event.get("user") != context.bot_user_id:
            return
        await _look(calls, event)
        inviter, place = event.get("inviter"), event.get("channel")
        if event.get("type") == "member_joined_channel" and isinstance(inviter, str) and isinstance(place, str):
            await calls.invited(place, inviter)

    async def changed(event: dict[str, Any]) -> None:
        await _look(calls, event)

    for name in MEMBERSHIP:
        app.event(name)(moved)
    for name in CHANGES:
        app.event(name)(changed)


async def _look(calls: Calls, event: dict[str, Any]) -> None:
    channel = event.get("channel")
    # A renamed channel comes with its new name, the others as an id.
    place = channel.get("id") if isinstance(channel, dict) else channel
    # When sharing with another organisation begins, a private channel gets another id.
    old, new = event.get("old_channel_id"), event.get("new_channel_id")
    if isinstance(old, str) and isinstance(new, str) and old and new:
        await calls.move_place(old, new)
        return
    if isinstance(place, str) and place:
        await calls.look_at_place(place)
