"""A message as text for Teams: beside each card, for notifications, lists and whoever can't see cards.

People there begin a command with the bot's name; alone with the bot they need no name (`is_alone`).
"""

from __future__ import annotations

from dataclasses import replace

from cop_bot.domain.message import Block, Bullets, Buttons, Command, Heading, Message, Paragraph, Words
from cop_bot.rendering.commands import Spell
from cop_bot.rendering.text import as_text

BOT = "@CoP Bot"
"""How the bot is mentioned in Teams, by the name in its package."""

_SUMMARY = 300


def spelled(*, is_alone: bool) -> Spell:
    """How commands are given in Teams."""
    return _alone if is_alone else _with_name


def fallback(message: Message, *, is_alone: bool = False) -> str:
    """The whole message as text, moments spelled out with their zone; what a button does can be typed."""
    spoken = replace(message, blocks=tuple(_without_buttons(block) for block in message.blocks))
    return as_text(spoken, spell=spelled(is_alone=is_alone))


def summary(message: Message, *, is_alone: bool = False) -> str:
    """The beginning of the message for notifications and lists; moments are spelled out with their zone."""
    spoken = (block for block in message.blocks if isinstance(block, Heading | Paragraph | Bullets))
    spell = spelled(is_alone=is_alone)
    said = (as_text(replace(message, blocks=(block,)), addresses=False, spell=spell) for block in spoken)
    line = " · ".join(" ".join(text.split()) for text in said if text)
    return line if len(line) <= _SUMMARY else line[: _SUMMARY - 1] + "…"


def _alone(command: str) -> str:
    return command


def _with_name(command: str) -> str:
    return f"{BOT} {command}"


def _without_buttons(block: Block) -> Block:
    if not isinstance(block, Buttons):
        return block
    return Bullets(tuple((Words(f"{one.label}: "), Command(one.command)) for one in block.buttons))
