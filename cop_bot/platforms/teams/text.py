"""What a bot activity of Teams says: its words as HTML, whom it mentions, and what is left of it as a command."""

from __future__ import annotations

import re

from cop_bot.domain.visible import clean
from cop_bot.platforms.teams.fallback import BOT
from cop_bot.platforms.teams.fields import Said, inner, listed, text_in
from cop_bot.platforms.teams.html import first_mention, plain_text

_TAG = re.compile(r"<at(?:\s[^<>]*)?>(.*?)</at>", re.IGNORECASE | re.DOTALL)
_US = "\ufffc"  # "object replacement character": stands for our own name until it is cut off
_TYPED = re.compile(rf"\A{re.escape(BOT)}\b[\s:,]*", re.IGNORECASE)


def mentions_us_first(activity: Said) -> bool:
    """Whether the message begins with a mention of the bot that received it, and so is a command."""
    html = html_of(activity)
    first = first_mention(html)
    return typed_to_us(html) if first is None else _is_us(_mentions(activity).get(first, {}), activity)


def mentions_us(activity: Said) -> bool:
    """Whether the message mentions the bot anywhere."""
    return any(_is_us(mention, activity) for mention in _mentions(activity).values())


def typed_to_us(html: str) -> bool:
    """Whether the message begins with our name in plain letters, as a command that was copied from the help does."""
    return _TYPED.match(plain_text(html)) is not None


def command_text(activity: Said) -> str:
    """What follows the mention of us, if the message begins with one; other people stay to be found: `<@id|name>`."""
    mentions = _mentions(activity)
    people = {number: _person(mention) for number, mention in mentions.items()}
    html = html_of(activity)
    first = first_mention(html)
    if first is not None and mentions_us_first(activity):
        people[first] = _US
    text = _TYPED.sub("", plain_text(html, people))
    return clean(re.sub(rf"^{_US}[\s:,]*", "", text).replace(_US, ""))


def html_of(activity: Said) -> str:
    """The message as the editor made it; where only a text comes, that text with its mentions as tags."""
    for attachment in listed(activity, "attachments"):
        content = attachment.get("content")
        if attachment.get("contentType") == "text/html" and isinstance(content, str):
            return content
    text = text_in(activity, "text")
    if activity.get("textFormat") in ("xml", "html"):
        return text.replace("\n", "<br>")
    pieces = _TAG.split(text)  # words and names by turns
    return "".join(
        f"<at>{escape(piece)}</at>" if number % 2 else escape(piece).replace("\n", "<br>")
        for number, piece in enumerate(pieces)
    )


def _mentions(activity: Said) -> dict[str, Said]:
    """By the number that they have in the message, and by name."""
    found = [one for one in listed(activity, "entities") if one.get("type") == "mention"]
    by_name = {re.sub(r"<[^>]*>", "", text_in(one, "text")).strip(): one for one in found}
    by_name |= {text_in(inner(one, "mentioned"), "name"): one for one in found}
    return by_name | {str(number): one for number, one in enumerate(found)}


def _is_us(mention: Said, activity: Said) -> bool:
    mentioned = text_in(inner(mention, "mentioned"), "id")
    return bool(mentioned) and mentioned == text_in(inner(activity, "recipient"), "id")


def _person(mention: Said) -> str:
    mentioned = inner(mention, "mentioned")
    name = text_in(mentioned, "name").replace("|", " ").replace(">", " ")
    return f"<@{text_in(mentioned, 'aadObjectId') or text_in(mentioned, 'id')}|{name}>"


def escape(text: str) -> str:
    """The text as HTML that says the same."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
