"""Slack's messages as posts: the one translation, for what arrives as it is said and for what is read from history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cop_bot.domain.post import AFTER_ALL_EDITS, Change, Post
from cop_bot.platforms.slack.blocks import Said, seen
from cop_bot.platforms.slack.text import mentions, mentions_first

# Every other subtype is Slack or a program speaking: joins, topics, pins, bots, reminders.
_FROM_MEMBERS = (None, "file_share", "thread_broadcast", "me_message")

_TS = re.compile(r"(\d{1,12})\.(\d{6})")

# Slack promises that a message id is unique and that its whole part is a second. Where the rest only counts, as it once
# did in Slack and still does in servers that stand in for it, the second is all that is known.
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_COUNTED_BELOW = timedelta(milliseconds=10)
_SECOND = timedelta(seconds=1)


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
    at, author, edited = moment(ts), author_of(message), _edited(message)
    if at is None or not author:
        return None
    shown = seen(message)
    return Post(
        platform="slack",
        place=place,
        message=ts,
        author=author,
        at=at,
        text=shown.text,
        quoted="\n\n".join(shown.quoted),
        links=tuple(shown.links),
        files=tuple(shown.files),
        thread=_thread(message, ts),
        edited=edited,
        change=Change.EDITED if edited else Change.NEW,
        give=_give(at),
        by_program=bool(message.get("bot_id")),
        asks_bot=mentions(_text(message, "text"), bot),
    )


def is_from_member(message: Said, bot: str) -> bool:
    """Whether a person said it, and neither Slack itself nor we, nor a program in its own name.

    What a program sends in somebody's name (with a token of theirs) has its author; so has what a program with a user
    of its own sends, which only the profile tells apart (`Post.by_program`).
    """
    author = author_of(message)
    return bool(author or "bot_id" not in message) and author not in (bot, "USLACKBOT") and _is_said(message)


def author_of(message: Said) -> str:
    """Who said it; of a workflow's form, which Slack posts as a program, the one person whom it names."""
    if message.get("subtype") == "bot_message" or not _text(message, "user"):
        return _who_filled_in(message)
    return _text(message, "user")


def _is_said(message: Said) -> bool:
    subtype = message.get("subtype") or None
    return subtype in _FROM_MEMBERS or (subtype == "bot_message" and _is_form(message))


def _is_form(message: Said) -> bool:
    return _inner(message, "bot_profile").get("is_workflow_bot") is True


def _who_filled_in(message: Said) -> str:
    people = set(_PERSON.findall(_text(message, "text"))) if _is_form(message) else set()
    return people.pop() if len(people) == 1 else ""


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
    was_command = mentions_first(_text(before, "text"), bot)
    if mentions_first(_text(message, "text"), bot):
        return None if was_command or not is_from_member(message, bot) else _taken_back(message, event, place)
    post = post_from_message(message, place, bot)
    if post is None:
        return None
    if was_command:
        return replace(post, edited=post.edited or _when(event), change=Change.RESTORED)
    if post.change is not Change.NEW:
        return post
    # Slack also says so when it has only unfolded a link: then no edit has a time, and nothing else is seen.
    return replace(post, edited="" if seen(before) == seen(message) else _when(event), change=Change.EDITED)


def _when(event: Said) -> str:
    return _text(event, "event_ts") or _text(event, "ts")


def _taken_back(message: Said, event: Said, place: str) -> Post | None:
    """What was a post has been edited into a command: its words are gone, until it is edited again."""
    gone = _gone(message, place, _text(message, "ts"))
    return replace(gone, edited=_edited(message) or _when(event)) if gone else None


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
        edited=AFTER_ALL_EDITS,
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


def _inner(outer: Said, name: str) -> Said:
    inner = outer.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _text(outer: Said, name: str) -> str:
    value = outer.get(name)
    return value if isinstance(value, str) else ""
