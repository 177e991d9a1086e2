"""Slack's messages as posts: the one translation, for what arrives as it is said and for what is read from history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cop_bot.domain.post import Change, Post
from cop_bot.platforms.slack.text import clean, links, mentions_first, plain_text

Said = Mapping[str, Any]
"""A message or an event as Slack hands it over: nothing in it is certain to be there or to be of the right type."""

# Every other subtype is Slack or a program speaking: joins, topics, pins, bots, reminders.
_FROM_MEMBERS = (None, "file_share", "thread_broadcast", "me_message")

_TS = re.compile(r"(\d{1,12})\.(\d{6})")

# Slack promises that a message id is unique and that its whole part is a second. Where the rest only counts, as it once
# did in Slack and still does in servers that stand in for it, the second is all that is known.
_COUNTED_BELOW = timedelta(milliseconds=10)
_SECOND = timedelta(seconds=1)

_AFTER_ALL_EDITS = "9999999999.999999"


def post_from_event(event: Said, bot: str) -> Post | None:
    """The post that a `message` event tells of, or None if no session could want it.

    Left out are programs (`bot` is our own user id), joins and the like, direct conversations, and commands:
    messages that begin with a mention of us, and their edits.
    """
    place = _text(event, "channel")
    if not place or _text(event, "channel_type") in ("im", "mpim"):
        return None
    match event.get("subtype"):
        case "message_changed":
            return _changed(event, place, bot)
        case "message_deleted":
            return _deleted(event, place, bot)
        case _:
            return post_from_message(event, place, bot)


def post_from_message(message: Said, place: str, bot: str) -> Post | None:
    """The post that a message is now, as `conversations.history` and `conversations.replies` list it, or None."""
    ts = _text(message, "ts")
    if message.get("subtype") == "tombstone":
        return _gone(message, place, ts)
    if not _is_wanted(message, bot):
        return None
    at, author, edited = moment(ts), _text(message, "user"), _edited(message)
    if at is None or not author:
        return None
    return Post(
        platform="slack",
        place=place,
        message=ts,
        author=author,
        at=at,
        text=plain_text(_text(message, "text")),
        links=links(_text(message, "text")),
        files=_files(message),
        thread=_thread(message, ts),
        edited=edited,
        change=Change.EDITED if edited else Change.NEW,
        give=_give(at),
    )


def is_from_member(message: Said, bot: str) -> bool:
    """Whether a person said it, and neither a bot nor Slack itself nor we."""
    return (
        (message.get("subtype") or None) in _FROM_MEMBERS
        and not message.get("bot_id")
        and message.get("user") not in (bot, "USLACKBOT")
    )


def moment(ts: str) -> datetime | None:
    """The time (UTC) in Slack's message id, exact to the microsecond, or None if it is none."""
    found = _TS.fullmatch(ts)
    if not found:
        return None
    try:
        return datetime.fromtimestamp(int(found[1]), UTC) + timedelta(microseconds=int(found[2]))
    except (ValueError, OverflowError, OSError):
        return None


def _give(at: datetime) -> timedelta:
    """How much later it may really have been said."""
    return _SECOND if timedelta(microseconds=at.microsecond) < _COUNTED_BELOW else timedelta(0)


def _changed(event: Said, place: str, bot: str) -> Post | None:
    message, before = _inner(event, "message"), _inner(event, "previous_message")
    if mentions_first(_text(before, "text"), bot):
        return None
    post = post_from_message(message, place, bot)
    if post is None or post.change is not Change.NEW:
        return post
    # Slack also says so when it has only unfolded a link: then no edit has a time, and the text is the one before.
    same = before.get("text") == message.get("text")
    edited = "" if same else _text(event, "event_ts") or _text(event, "ts")
    return replace(post, edited=edited, change=Change.EDITED)


def _deleted(event: Said, place: str, bot: str) -> Post | None:
    before = _inner(event, "previous_message")
    # A deleted command is told too: what it contributed goes with it.
    if before and not is_from_member(before, bot):
        return None
    return _gone(before, place, _text(event, "deleted_ts") or _text(before, "ts"))


def _gone(message: Said, place: str, ts: str) -> Post | None:
    at = moment(ts)
    if at is None:
        return None
    author = _text(message, "user")
    return Post(
        platform="slack",
        place=place,
        message=ts,
        # A root that was deleted while it has replies is shown as Slack's own.
        author="" if author == "USLACKBOT" else author,
        at=at,
        thread=_thread(message, ts),
        edited=_AFTER_ALL_EDITS,
        change=Change.DELETED,
        give=_give(at),
    )


def _is_wanted(message: Said, bot: str) -> bool:
    return is_from_member(message, bot) and not mentions_first(_text(message, "text"), bot)


def _edited(message: Said) -> str:
    return _text(_inner(message, "edited"), "ts")


def _thread(message: Said, ts: str) -> str | None:
    thread = _text(message, "thread_ts")
    return thread if thread and thread != ts else None


def _files(message: Said) -> tuple[str, ...]:
    files = message.get("files")
    found = [file for file in files if isinstance(file, Mapping)] if isinstance(files, list) else []
    names = (clean(_text(file, "title") or _text(file, "name")) for file in found)
    return tuple(name for name in names if name)


def _inner(outer: Said, name: str) -> Said:
    inner = outer.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _text(outer: Said, name: str) -> str:
    value = outer.get(name)
    return value if isinstance(value, str) else ""
