"""Teams' messages as posts: what arrives at once as a bot activity, and what Graph lists of a channel."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cop_bot.domain.post import Change, Post
from cop_bot.domain.visible import clean
from cop_bot.platforms.teams.attachments import Attached, attached
from cop_bot.platforms.teams.fields import Said, inner, listed, moment, stamp, text_in
from cop_bot.platforms.teams.html import first_mention, links, pictures, plain_text, quoted
from cop_bot.platforms.teams.text import escape, html_of, mentions_us, mentions_us_first, typed_to_us

NAME = "teams"
"""The platform, as programme files and the record call it."""

_MILLISECONDS = re.compile(r"\d{13}")
_THREAD = ";messageid="
_DELETED, _RESTORED = "softDeleteMessage", "undeleteMessage"


def place_of(group_id: str, channel_id: str) -> str:
    """How a channel is called everywhere in this bot."""
    return f"{group_id}/{channel_id}"


def split_place(place: str) -> tuple[str, str]:
    """The team's group id and the channel's id; both empty if the place is none of Teams'."""
    group, slash, channel = place.partition("/")
    return (group, channel) if slash else ("", "")


def channel_and_root(activity: Said) -> tuple[str, str | None]:
    """The channel that the activity came from, and the id of the message whose thread it stands in (its own for one
    that begins a thread).
    """
    channel, _, root = text_in(inner(activity, "conversation"), "id").partition(_THREAD)
    return channel, root or None


def post_from_activity(activity: Said, group_id: str) -> Post | None:
    """The post that a message activity of a channel tells of, an edit, a deletion and its undoing included; or None if
    no session could want it.

    Left out are bots, direct conversations, private (targeted) messages to us, and commands: messages that begin with a
    mention of us. `group_id` is the team's Entra group.
    """
    channel, root = channel_and_root(activity)
    message, when = text_in(activity, "id"), moment(activity.get("timestamp"))
    at = moment_of(message) or when
    if not _is_wanted(activity) or not channel or not message or at is None:
        return None
    author = inner(activity, "from")
    post = Post(
        platform=NAME,
        place=place_of(group_id, channel),
        message=message,
        author=text_in(author, "aadObjectId") or text_in(author, "id"),
        at=at,
        thread=root if root != message else None,
        edited="" if activity.get("type") == "message" else stamp(when or at),
        change=_change(activity),
    )
    if post.change is Change.DELETED:
        return post
    if not post.author or mentions_us_first(activity):
        return None
    return replace(_showing(post, html_of(activity), attached(activity)), asks_bot=mentions_us(activity))


def may_show_more(activity: Said, post: Post) -> bool:
    """Whether Graph may have more of this message than the activity told: a title, a file, a forwarded message.

    A title has only what begins a thread; of all else the activity shows a trace, or nothing at all.
    """
    if post.change is Change.DELETED:
        return False
    html = html_of(activity)
    others = any(text_in(one, "contentType") != "text/html" for one in listed(activity, "attachments"))
    return post.thread is None or post.change is not Change.NEW or post.is_empty or others or "<attachment" in html


def post_from_chat_message(message: Said, place: str, bot: str) -> Post | None:
    """The post that a message is now, as Graph lists it, or None. `bot` is our application's id."""
    number, at = text_in(message, "id"), moment(message.get("createdDateTime"))
    at = at or moment_of(number)
    author = text_in(inner(inner(message, "from"), "user"), "id")
    if message.get("messageType") not in ("message", None) or at is None or inner(message, "from").get("application"):
        return None
    edited, deleted = moment(message.get("lastEditedDateTime")), moment(message.get("deletedDateTime"))
    root = text_in(message, "replyToId")
    post = Post(platform=NAME, place=place, message=number, author=author, at=at, thread=root or None)
    if deleted is not None:
        return replace(post, edited=stamp(deleted), change=Change.DELETED)
    html = _body(message)
    if not author or _graph_mentions_first(message, html, bot):
        return None
    hangs_on = attached(message)
    # An announcement has a headline and a subhead; of any other message the title is its subject.
    hangs_on.titles += [title] if (title := clean(text_in(message, "subject"))) else []
    return replace(
        _showing(post, html, hangs_on),
        whole=True,
        asks_bot=_graph_mentions(message, bot),
        edited=stamp(edited) if edited else "",
        change=Change.EDITED if edited else Change.NEW,
    )


def moment_of(message: str) -> datetime | None:
    """Teams' message ids are milliseconds since 1970; those of servers that stand in for it may be anything."""
    if not _MILLISECONDS.fullmatch(message):
        return None
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(message))


def _is_wanted(activity: Said) -> bool:
    author, recipient = inner(activity, "from"), inner(activity, "recipient")
    is_bot = text_in(author, "id").startswith("28:") or text_in(author, "role") == "bot"
    in_channel = text_in(inner(activity, "conversation"), "conversationType") == "channel"
    told = activity.get("type") in ("message", "messageUpdate", "messageDelete")
    # A card's button arrives as a message with a value and without words.
    pressed = activity.get("value") is not None and not text_in(activity, "text")
    return told and in_channel and not is_bot and not pressed and recipient.get("isTargeted") is not True


def _change(activity: Said) -> Change:
    happened = text_in(inner(activity, "channelData"), "eventType")
    if activity.get("type") == "messageDelete" or happened == _DELETED:
        return Change.DELETED
    if happened == _RESTORED:
        return Change.RESTORED
    return Change.EDITED if activity.get("type") == "messageUpdate" else Change.NEW


def _body(message: Said) -> str:
    body = inner(message, "body")
    content = text_in(body, "content")
    return content if body.get("contentType") == "html" else escape(content).replace("\n", "<br>")


def _showing(post: Post, html: str, more: Attached) -> Post:
    """The post with what its readers see: the title first, then the words."""
    words = clean("\n".join(one for one in (*dict.fromkeys(more.titles), plain_text(html), *more.words) if one))
    seen_links = dict.fromkeys([*links(html), *more.links])
    seen_files = (*pictures(html), *(one for one in more.files if one not in ("🖼", "🎤") or not pictures(html)))
    others = "\n\n".join(clean(one) for one in (quoted(html), *more.quoted) if one)
    return replace(post, text=words, quoted=others, links=tuple(seen_links), files=seen_files)


def _graph_mentions(message: Said, bot: str) -> bool:
    mentioned = (inner(inner(one, "mentioned"), "application") for one in listed(message, "mentions"))
    return any(text_in(one, "id") == bot for one in mentioned)


def _graph_mentions_first(message: Said, html: str, bot: str) -> bool:
    first = first_mention(html)
    if first is None:
        return typed_to_us(html)
    ours = (m for m in listed(message, "mentions") if str(m.get("id")) == first)
    return any(text_in(inner(inner(m, "mentioned"), "application"), "id") == bot for m in ours)
