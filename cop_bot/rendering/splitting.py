"""Cuts a message that is too long for one post into several, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message of a platform holds, so that it is shown whole: blocks, and characters in UTF-8."""

    most_blocks: int = 45
    most_characters: int = 12_000


_NOTE_CHARACTERS = 40
_MARK_CHARACTERS = 5  # a bullet or a number before a line
_SPAN_CHARACTERS = 8  # what a platform's wrapping adds to each span, roughly
_MOMENT_CHARACTERS = 90


def split(
    message: Message,
    limits: Limits = Limits(),  # it is frozen
    *,
    number: Callable[[int, int], str] = lambda part, parts: f"{part}/{parts}",
) -> list[Message]:
    """The message in parts that fit, each later part beginning with a Note such as "2/3".

    One that fits comes back alone and unchanged. Lists are divided between lines, long paragraphs at spaces.
    """
    if len(message.blocks) <= limits.most_blocks and _size_of_all(message.blocks) <= limits.most_characters:
        return [message]
    room = limits.most_characters - _NOTE_CHARACTERS
    parts = _pack(_pieces(message.blocks, room), limits.most_blocks - 1, room)
    return [
        replace(message, blocks=blocks if part == 1 else (Note((Words(number(part, len(parts))),)), *blocks))
        for part, blocks in enumerate(parts, start=1)
    ]


def size(block: Block) -> int:
    """About how many characters (in UTF-8) the block takes on a platform, links and escapes included."""
    match block:
        case Heading(text=text):
            return _escaped(text) + _SPAN_CHARACTERS
        case Paragraph(spans=spans) | Chart(spans=spans) | Note(spans=spans):
            return _size_of_spans(spans)
        case Bullets(bullets=bullets, title=title):
            return _escaped(title or "") + sum(map(_size_of_spans, bullets)) + _MARK_CHARACTERS * len(bullets)
        case Buttons(buttons=buttons):
            return sum(len(button.label) + len(button.command) + _SPAN_CHARACTERS for button in buttons)


def _size_of_all(blocks: Iterable[Block]) -> int:
    return sum(map(size, blocks))


def _size_of_spans(spans: Spans) -> int:
    return _SPAN_CHARACTERS + sum(map(_size_of_span, spans))


def _size_of_span(span: Span) -> int:
    match span:
        case Words(text=text) | Code(text=text) | Command(text=text) | Person(name=text):
            return _escaped(text) + _SPAN_CHARACTERS
        case Link(url=url, label=label):
            return _escaped(url) + _escaped(label) + _SPAN_CHARACTERS
        case Moment():
            return _MOMENT_CHARACTERS


def _escaped(text: str) -> int:
    # In bytes, as most platforms count: a Cyrillic letter takes two, a Chinese sign three.
    return len(text.encode("utf-8", "replace")) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def _pack(pieces: Iterable[Block], most_blocks: int, room: int) -> list[tuple[Block, ...]]:
    parts: list[list[Block]] = [[]]
    used = 0
    for piece in pieces:
        last = parts[-1]
        joined = _join(last[-1], piece) if last else None
        if used + size(piece) <= room and (joined or len(last) < most_blocks):
            if joined:
                last[-1] = joined
            else:
                last.append(piece)
            used += size(piece)
            continue
        # A heading stays with what it is the heading of.
        moved = [last.pop()] if len(last) > 1 and isinstance(last[-1], Heading) else []
        parts.append([*moved, piece])
        used = _size_of_all(parts[-1])
    return [tuple(part) for part in parts]


def _join(before: Block, piece: Block) -> Block | None:
    """The list with one more line, or None if the piece begins something new."""
    if not (isinstance(before, Bullets) and isinstance(piece, Bullets)) or piece.title is not None:
        return None
    if piece.first != (None if before.first is None else before.first + len(before.bullets)):
        return None
    return replace(before, bullets=before.bullets + piece.bullets)


def _pieces(blocks: Sequence[Block], room: int) -> Iterator[Block]:
    """The blocks cut so that each fits into an empty part; lists fall apart into their lines."""
    # A heading may have to move along with the piece after it.
    room -= max((size(block) for block in blocks if isinstance(block, Heading) and size(block) < room // 2), default=0)
    for block in blocks:
        match block:
            case Heading(text=text) if size(block) > room // 2:
                yield from (Paragraph(spans) for spans in _cut((Words(text, bold=True),), room))
            case Chart(spans=spans) if size(block) > room:
                yield from (Paragraph(some) for some in _cut(spans, room))
            case Paragraph(spans=spans) | Note(spans=spans):
                yield from (replace(block, spans=some) for some in _cut(spans, room))
            case Bullets():
                yield from _single_lines(block, room)
            case Buttons(buttons=buttons) if size(block) > room:
                yield from (Buttons((button,)) for button in buttons)
            case _:
                yield block


def _single_lines(block: Bullets, room: int) -> Iterator[Block]:
    title = block.title
    if title is not None and _escaped(title) > room // 2:
        yield from (Paragraph(spans) for spans in _cut((Words(title, bold=True),), room))
        title = None
    for place, spans in enumerate(block.bullets):
        first = None if block.first is None else block.first + place
        begins, *goes_on = _cut(spans, room - _escaped(title or "") - _MARK_CHARACTERS)
        yield Bullets((begins,), title, first)
        title = None
        # A line keeps its one number: what doesn't fit beside it follows as running text.
        yield from (Bullets((some,)) if first is None else Paragraph(some) for some in goes_on)
    if not block.bullets:
        yield replace(block, title=title)


def _cut(spans: Spans, room: int) -> Iterator[Spans]:
    line: list[Span] = []
    used = _SPAN_CHARACTERS
    for span in spans:
        for piece in _cut_span(span, room - _SPAN_CHARACTERS):
            if line and used + _size_of_span(piece) > room:
                yield tuple(line)
                line, used = [], _SPAN_CHARACTERS
            line.append(piece)
            used += _size_of_span(piece)
    yield tuple(line)


def _cut_span(span: Span, room: int) -> Iterator[Span]:
    if isinstance(span, Words | Code) and _size_of_span(span) > room:
        for text in _cut_text(span.text, room - _SPAN_CHARACTERS):
            yield replace(span, text=text)
    else:
        yield span


def _cut_text(text: str, room: int) -> Iterator[str]:
    """The text in pieces of at most `room` escaped characters, cut after a space where there is one."""
    start = 0
    while start < len(text):
        end = start
        left = room
        while end < len(text) and (left := left - _escaped(text[end])) >= 0:
            end += 1
        end = max(end, start + 1)
        if end < len(text):
            space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
            end = space + 1 if space > start else end
        yield text[start:end]
        start = end
