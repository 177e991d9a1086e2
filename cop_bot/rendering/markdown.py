"""A message as a Markdown file (CommonMark). What members wrote is escaped: no link, title or HTML comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

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
    Words,
)
from cop_bot.rendering.commands import with_slash
from cop_bot.rendering.dates import spelled_out
from cop_bot.rendering.text import harmless

# Whatever CommonMark gives a meaning inside a line, and `#` and `@`, which some forges turn into links.
_MARKS = re.compile(r"[\\`*_\[\]<>&|~$#@!]")
# Whatever it gives a meaning at the beginning of one.
_FIRST = re.compile(r"^([-+=])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d+)([.)])", re.MULTILINE)
# GitHub's dialect makes links of bare addresses; those that are meant as links are spans of their own.
_BARE_ADDRESS = re.compile(r"(?:https?|ftp)(?=://)|\bwww(?=\.)", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"
_HARD_BREAK = "\\\n"


def as_markdown(message: Message) -> str:
    """The message as a file that ends with a line break. Buttons are left out: in a file there is nothing to press."""
    return (
        "".join(f"{part}\n\n" for block in message.blocks for part in _parts(block, message.language)).rstrip() + "\n"
    )


def _parts(block: Block, language: str) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"# {_flat(text)}"
        case Paragraph(spans) | Chart(spans):
            yield _running(spans, language)
        case Note(spans):
            yield "> " + _running(spans, language).replace("\n", "\n> ")
        case Bullets(title=title):
            if title:
                yield f"## {_flat(title)}"
            yield "\n".join(_listed(block, language))
        case Buttons():
            return


def _listed(block: Bullets, language: str) -> Iterator[str]:
    for mark, spans in zip(block.marks, block.bullets, strict=True):
        mark = "-" if block.first is None else mark
        # What belongs to a line begins where its words begin.
        yield f"{mark} " + _running(spans, language).replace("\n", "\n" + " " * (len(mark) + 1))


def _running(spans: Spans, language: str) -> str:
    text = "".join(_marked(span, language) for span in spans)
    lines = (line.strip() for line in text.split("\n"))
    text = "\n".join(line for line in lines if line)
    text = _NUMBERED.sub(r"\1\\\2", _FIRST.sub(r"\\\1", text))
    return text.replace("\n", _HARD_BREAK)


def _marked(span: Span, language: str) -> str:
    match span:
        case Words(text, True):
            return _bold(text)
        case Words(text) | Person(text):
            return _escaped(text)
        case Moment():
            return _escaped(spelled_out(span, language))
        case Link(url, label):
            return _link(url, label)
        case Code(text):
            return _code(" ".join(harmless(text).split()))
        case Command(text):
            return _code(" ".join(harmless(with_slash(text)).split()))


def _escaped(text: str) -> str:
    text = _MARKS.sub(lambda found: "\\" + found.group(), harmless(text))
    return _BARE_ADDRESS.sub(lambda found: found.group() + "\\", text)


def _flat(text: str) -> str:
    """One line, for a title."""
    return " ".join(_escaped(text).split())


def _bold(text: str) -> str:
    inside = _flat(text)
    if not inside:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}**{inside}**{after}"


def _link(url: str, label: str) -> str:
    if not _WEB.match(url):
        return _flat(label)
    return f"[{_flat(label)}](<{quote(harmless(url), safe=_SAFE)}>)"


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"
