"""A message as plain text: for terminals, for mails, and wherever a platform wants a text beside its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cop_bot.domain.message import (
    Block,
    Bullets,
    Buttons,
    Chart,
    Code,
    Command,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Person,
    Span,
    Spans,
)
from cop_bot.rendering.commands import Spell, with_slash
from cop_bot.rendering.dates import spelled_out

# A member's text may not move the cursor, colour the screen or turn the reading direction of what follows it.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def as_text(message: Message, *, addresses: bool = True, spell: Spell = with_slash) -> str:
    """The message in lines, an empty one between blocks. Without `addresses`, links show only their labels; `spell`
    says how commands are given where it is read.
    """
    look = _Look(message.language, addresses, spell)
    blocks = ("\n".join(_lines(block, look)) for block in message.blocks)
    return "\n\n".join(block for block in blocks if block)


def one_line(spans: Spans, language: str, *, addresses: bool = True, spell: Spell = with_slash) -> str:
    """Spans as running text."""
    return _running(spans, _Look(language, addresses, spell))


@dataclass(frozen=True, slots=True)
class _Look:
    language: str
    addresses: bool
    spell: Spell


def harmless(text: str) -> str:
    """The text without what a terminal would obey."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _lines(block: Block, look: _Look) -> Iterator[str]:
    match block:
        case Heading(text):
            yield harmless(text)
        case Paragraph(spans) | Chart(spans) | Note(spans):
            yield _running(spans, look)
        case Bullets(title=title):
            if title:
                yield harmless(title)
            yield from _listed(block, look)
        case Buttons(buttons, spare=False):
            yield from (f"[{harmless(button.label)}] {harmless(look.spell(button.command))}" for button in buttons)


def _listed(block: Bullets, look: _Look) -> Iterator[str]:
    for mark, spans in zip(block.marks, block.bullets, strict=True):
        indent = "\n" + " " * (len(mark) + 1)
        yield f"{mark} " + _running(spans, look).replace("\n", indent)


def _running(spans: Spans, look: _Look) -> str:
    return "".join(_shown(span, look) for span in spans)


def _shown(span: Span, look: _Look) -> str:
    match span:
        case Moment():
            return spelled_out(span, look.language)
        case Link(url, label):
            shown = harmless(label)
            return f"{shown} ({harmless(url)})" if look.addresses and label != url else shown
        case Person(name):
            return harmless(name)
        case Code(text):
            return harmless(text)
        case Command(text):
            return harmless(look.spell(text))
        case _:
            return harmless(span.text)
