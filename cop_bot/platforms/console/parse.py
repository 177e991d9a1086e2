"""What members type on the console: the bot's name before a command, and the addresses in a text."""

from __future__ import annotations

import re

BOT = "@CoP Bot"
"""How the bot is mentioned there."""

_MENTION = re.compile(rf"\s*{re.escape(BOT)}\b[\s:,]*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_AFTER_AN_ADDRESS = ".,;:!?'\"”’»"


def mentions_first(text: str) -> bool:
    """Whether the text begins with a mention of the bot, and so is a command."""
    return _MENTION.match(text) is not None


def after_mention(text: str) -> str:
    """The text without the mention at its beginning."""
    return _MENTION.sub("", text, count=1) if mentions_first(text) else text


def links(text: str) -> tuple[str, ...]:
    """The web addresses in the text, each once, without the punctuation of the sentence they stand in."""
    return tuple(dict.fromkeys(_closed(address) for address in _ADDRESS.findall(text)))


def _closed(address: str) -> str:
    address = address.rstrip(_AFTER_AN_ADDRESS)
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = address[:-1].rstrip(_AFTER_AN_ADDRESS)
    return address
