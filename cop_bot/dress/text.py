"""A message as plain text: for terminals, for mails, and wherever a platform wants a text beside its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cop_bot.domain.message import (
    Block,
    Bullets,
    Buttons,
    Code,
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
from cop_bot.dress.dates import spelled_out

# A member's text may not move the cursor, colour the screen or turn the reading direction of what follows it.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def as_text(message: Message, *, addresses: bool = True) -> str:
    """The message in lines, an empty one between blocks. Without `addresses`, links show only their labels."""
    blocks = ("\n".join(_lines(block, message.language, addresses)) for block in message.blocks)
    return "\n\n".join(block for block in blocks if block)


def one_line(spans: Spans, language: str, *, addresses: bool = True) -> str:
    """Spans as running text."""
    return "".join(_shown(span, language, addresses) for span in spans)


def harmless(text: str) -> str:
    """The text without what a terminal would obey."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _lines(block: Block, language: str, addresses: bool) -> Iterator[str]:
    match block:
        case Heading(text):
            yield harmless(text)
        case Paragraph(spans) | Note(spans):
            yield one_line(spans, language, addresses=addresses)
        case Bullets(title=title):
            if title:
                yield harmless(title)
            yield from _listed(block, language, addresses)
        case Buttons(buttons, spare=False):
            yield from (f"[{harmless(button.label)}] /cop {harmless(button.command)}" for button in buttons)


def _listed(block: Bullets, language: str, addresses: bool) -> Iterator[str]:
    for mark, spans in zip(block.marks, block.bullets, strict=True):
        indent = "\n" + " " * (len(mark) + 1)
        yield f"{mark} " + one_line(spans, language, addresses=addresses).replace("\n", indent)


def _shown(span: Span, language: str, addresses: bool) -> str:
    match span:
        case Moment():
            return spelled_out(span, language)
        case Link(url, label):
            shown = harmless(label)
            return f"{shown} ({harmless(url)})" if addresses and label != url else shown
        case Person(name):
            return harmless(name)
        case Code(text):
            return harmless(text)
        case _:
            return harmless(span.text)
