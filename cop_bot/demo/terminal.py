"""How things look on the terminal: a message as styled text, and text as an indented or framed block."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from cop_bot.domain.message import (
    Block,
    Bullets,
    Buttons,
    Chart,
    Code,
    Heading,
    Link,
    Message,
    Note,
    Paragraph,
    Span,
    Spans,
)
from cop_bot.rendering.text import harmless, one_line

WIDEST = 100
"""Longer lines are hard to read."""


def is_plain(wanted: bool) -> bool:
    """Whether to leave out colour and motion: because it is wanted, or because nobody would see them."""
    return wanted or not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def open_console(plain: bool) -> Console:
    """A console that prints what it is given: no markup, no emoji codes, no highlighting."""
    console = Console(markup=False, emoji=False, highlight=False, soft_wrap=False)
    width = min(console.width, WIDEST) if sys.stdout.isatty() else WIDEST
    if not plain:
        return Console(markup=False, emoji=False, highlight=False, width=width)
    return Console(
        markup=False, emoji=False, highlight=False, width=width, color_system=None, no_color=True, force_terminal=False
    )


def dressed(message: Message) -> Text:
    """The message with its styles, an empty line between blocks."""
    blocks = [Text("\n").join(_lines(block, message.language)) for block in message.blocks]
    return Text("\n\n").join(block for block in blocks if block.plain)


def show_block(console: Console, text: Text, indent: str) -> None:
    """The text, wrapped, each line behind `indent`."""
    for line in text.wrap(console, console.width - len(indent)):
        line.rstrip()
        console.print(Text.assemble((indent, "dim"), line))


def show_framed(console: Console, text: Text, title: str, colour: str, *, plain: bool) -> None:
    """The text in a frame; in plain output behind a bar, which is easier to cut out."""
    if plain:
        console.print(f"  [{title}]", soft_wrap=True)
        show_block(console, text, "  | ")
        return
    console.print(Panel(text, title=Text(f" {title} "), title_align="left", border_style=colour, padding=(0, 1)))


def _lines(block: Block, language: str) -> Iterator[Text]:
    match block:
        case Heading(text):
            yield Text(harmless(text), "bold")
        case Paragraph(spans) | Chart(spans):
            yield _running(spans, language)
        case Note(spans):
            note = _running(spans, language)
            note.stylize("dim")
            yield note
        case Bullets(bullets, title):
            if title:
                yield Text(harmless(title), "italic")
            lines = zip(block.marks, bullets, strict=True)
            yield from (Text(f"{mark} ") + _running(spans, language) for mark, spans in lines)
        case Buttons(buttons, spare=False):
            yield Text("  ").join(Text(f"[ {harmless(button.label)} ]", "cyan") for button in buttons)


def _running(spans: Spans, language: str) -> Text:
    return Text("").join(_shown(span, language) for span in spans)


def _shown(span: Span, language: str) -> Text:
    match span:
        case Link(url):
            # The console's own addresses lead nowhere outside of it; the number says which message is meant.
            return Text(one_line((span,), language, addresses=url.startswith("http")), "cyan")
        case Code(text):
            return Text(harmless(text), "bold cyan")
        case _:
            return Text(one_line((span,), language), "bold" if getattr(span, "bold", False) else "")
