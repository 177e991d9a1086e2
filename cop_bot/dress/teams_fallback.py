"""A message as text for Teams: beside each card, for notifications, lists and whoever can't see cards.

People there begin a command with the bot's name, as Teams has no `/cop`; alone with the bot they need no name
(`is_alone`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from cop_bot.domain.message import Block, Bullets, Buttons, Code, Heading, Message, Note, Paragraph, Spans, Words
from cop_bot.dress.text import as_text

BOT = "@CoP Bot"
"""How the bot is mentioned in Teams, by the name in its package."""

_COMMAND = re.compile(r"^/cop\b")
_COMMAND_ALONE = re.compile(r"^/cop +(?=\S)")
_SUMMARY = 300


def fallback(message: Message, *, is_alone: bool = False) -> str:
    """The whole message as text, moments spelled out with their zone; what a button does can be typed."""
    spoken = replace(message, blocks=tuple(_without_buttons(block) for block in message.blocks))
    return as_text(typed_in_teams(spoken, is_alone=is_alone))


def summary(message: Message, *, is_alone: bool = False) -> str:
    """The beginning of the message for notifications and lists; moments are spelled out with their zone."""
    message = typed_in_teams(message, is_alone=is_alone)
    spoken = (block for block in message.blocks if isinstance(block, Heading | Paragraph | Bullets))
    said = (as_text(replace(message, blocks=(block,)), addresses=False) for block in spoken)
    line = " · ".join(" ".join(text.split()) for text in said if text)
    return line if len(line) <= _SUMMARY else line[: _SUMMARY - 1] + "…"


def typed_in_teams(message: Message, *, is_alone: bool = False) -> Message:
    """The same message with its commands as people type them here: Teams has no `/cop`."""
    return replace(message, blocks=tuple(_typed(block, is_alone) for block in message.blocks))


def _typed(block: Block, is_alone: bool) -> Block:
    match block:
        case Paragraph(spans=spans) | Note(spans=spans):
            return replace(block, spans=_typed_spans(spans, is_alone))
        case Bullets(bullets=bullets):
            return replace(block, bullets=tuple(_typed_spans(spans, is_alone) for spans in bullets))
        case _:
            return block


def _typed_spans(spans: Spans, is_alone: bool) -> Spans:
    return tuple(Code(_typed_command(span.text, is_alone)) if isinstance(span, Code) else span for span in spans)


def _typed_command(text: str, is_alone: bool) -> str:
    return _COMMAND.sub(BOT, _COMMAND_ALONE.sub("", text) if is_alone else text)


def _without_buttons(block: Block) -> Block:
    if not isinstance(block, Buttons):
        return block
    return Bullets(tuple((Words(f"{one.label}: "), Code(f"/cop {one.command}")) for one in block.buttons))
