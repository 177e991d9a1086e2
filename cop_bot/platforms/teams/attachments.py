"""What hangs on a message of Teams: titles, files, forwarded messages, Loop components, code, cards.

The contents are JSON in a text, undocumented in part and read as they have been seen (Microsoft Graph's chatMessage
attachments).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cop_bot.domain.visible import clean
from cop_bot.platforms.teams.fields import Said, inner, listed, text_in
from cop_bot.platforms.teams.html import addresses, plain_text

_FILE, _PICTURE, _VOICE, _CARD = "📎", "🖼", "🎤", "🗂"
_CARDS = "application/vnd.microsoft.card."
_NOTHING_NEW = ("text/html", "messageReference", "meetingReference")
_MOST_TEXTS = 20


@dataclass(slots=True)
class Attached:
    """What the attachments add to the words."""

    titles: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def attached(message: Said) -> Attached:
    """All of it, in the order of the message."""
    found = Attached()
    for one in listed(message, "attachments"):
        _take(one, found)
    return found


def _take(one: Said, found: Attached) -> None:
    kind, name = text_in(one, "contentType"), clean(text_in(one, "name"))
    content = _content(one)
    if kind in _NOTHING_NEW:
        return
    if kind == "forwardedMessageReference":
        found.quoted += _forwarded(content)
    elif kind == f"{_CARDS}announcement":
        found.titles += [text for key in ("title", "subtitle") if (text := clean(text_in(content, key)))]
    elif kind == f"{_CARDS}codesnippet":
        found.words.append("\n".join(_code(content)) or name or _FILE)
    elif kind == f"{_CARDS}fluidEmbedCard":
        found.links += addresses(text_in(content, "componentUrl"))
        found.files.append(name or _FILE)
    elif kind.startswith(_CARDS):
        found.files.append(name or _card_text(content) or _CARD)
    else:
        found.files.append(name or _sign(kind))


def _content(one: Said) -> Said:
    content = one.get("content")
    if isinstance(content, Mapping):
        return content
    try:
        read = json.loads(content) if isinstance(content, str) else None
    except (ValueError, RecursionError):
        read = None
    return read if isinstance(read, dict) else {}


def _forwarded(content: Said) -> Iterable[str]:
    words = clean(plain_text(text_in(content, "originalMessageContent")))
    by = clean(text_in(inner(inner(content, "originalMessageSender"), "user"), "displayName"))
    if words or by:
        yield f"{by}: {words}" if by else words


def _code(content: Said) -> list[str]:
    lines = content.get("lines")
    several = lines if isinstance(lines, list) else []
    texts = (text_in(one, "content") or text_in(one, "text") if isinstance(one, Mapping) else one for one in several)
    return [clean(text) for text in texts if isinstance(text, str)]


def _card_text(content: Said) -> str:
    """The first words of a card: of a poll its question."""
    waiting: list[object] = [content]
    for _ in range(_MOST_TEXTS):
        if not waiting:
            break
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, Mapping):
            text = clean(text_in(one, "text") or text_in(one, "title"))
            if text:
                return text[:200]
            waiting += [value for value in one.values() if isinstance(value, list | Mapping)]
    return ""


def _sign(kind: str) -> str:
    if kind.startswith("image"):
        return _PICTURE
    return _VOICE if kind.startswith(("audio", "video")) else _FILE
