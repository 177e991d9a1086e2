"""Reading from Slack: page after page, and a place's whole history as posts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from cop_bot.domain.errors import ChatUnavailable, PlaceGone
from cop_bot.domain.post import Post
from cop_bot.platforms.slack.blocks import Said
from cop_bot.platforms.slack.outcomes import FAILURES, error_of
from cop_bot.platforms.slack.parse import moment, post_from_message

Call = Callable[..., Awaitable[AsyncSlackResponse]]

PAGE = 200
"""Slack recommends no more than 200 a page."""

_GONE = ("channel_not_found", "is_archived", "not_in_channel")

ROOTS_REACH = timedelta(days=35)
"""How old a message may be whose new replies are still looked for: two sessions and a break."""


async def ask(call: Call, absent: Collection[str] = (), **arguments: Any) -> dict[str, Any] | None:
    """Slack's answer, or None if its error is one of `absent`.

    Raises ChatUnavailable for every other error.
    """
    try:
        response = await call(**arguments)
    except FAILURES as failure:
        error = error_of(failure)
        if error in absent:
            return None
        if error in _GONE:
            raise PlaceGone(f"Slack could not be asked: {error}") from failure
        raise ChatUnavailable(f"Slack could not be asked: {error}") from failure
    answer = response.data
    return answer if isinstance(answer, dict) else {}


async def listed(call: Call, field: str, absent: Collection[str] = (), **arguments: Any) -> AsyncIterator[Any]:
    """Everything in this field of all pages; a cursor that comes twice ends it, and so does an error in `absent`."""
    cursor, seen = "", {""}
    while True:
        turned = {"cursor": cursor} if cursor else {}
        page = await ask(call, absent, limit=PAGE, **arguments, **turned) or {}
        for one in page.get(field) or []:
            yield one
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if cursor in seen:
            return
        seen.add(cursor)


async def posts_since(
    client: AsyncWebClient, place: str, after: datetime, bot: str
) -> tuple[list[Post], ChatUnavailable | None]:
    """The posts of a place that were made or edited since then, with replies, oldest first; and what kept some of them
    from being read.

    Slack filters by the time of the message alone and some servers don't filter at all, so the choice is made here.
    """
    posts: dict[str, Post] = {}
    roots: list[str] = []

    def keep(message: Said) -> None:
        post = post_from_message(message, place, bot)
        if post is not None and _is_since(message, after):
            posts[post.message] = post

    def keep_root(message: Said) -> None:
        keep(message)
        if _has_replies_since(message, after):
            roots.append(str(message["ts"]))

    whole = listed(client.conversations_history, "messages", channel=place, oldest=stamp(after - ROOTS_REACH))
    broken = await _each(whole, keep_root)
    for root in roots:
        where = {"channel": place, "ts": root, "oldest": stamp(after)}
        thread = listed(client.conversations_replies, "messages", ("thread_not_found",), **where)
        broken = await _each(thread, keep) or broken
    return sorted(posts.values(), key=lambda post: post.at), broken


async def _each(messages: AsyncIterator[Said], keep: Callable[[Said], None]) -> ChatUnavailable | None:
    """Keep those that can be read; returns what kept the others from it."""
    try:
        async for message in messages:
            keep(message)
    except ChatUnavailable as unavailable:
        return unavailable
    return None


def stamp(at: datetime) -> str:
    """A time as Slack writes it."""
    return f"{max(at.timestamp(), 0):.6f}"


def _is_since(message: Said, after: datetime) -> bool:
    edited = message.get("edited") or {}
    times = (moment(str(message.get("ts"))), moment(str(edited.get("ts"))))
    return any(time >= after for time in times if time)


def _has_replies_since(message: Said, after: datetime) -> bool:
    if not message.get("reply_count") and not message.get("latest_reply"):
        return False
    latest = moment(str(message.get("latest_reply")))
    return latest is None or latest >= after
