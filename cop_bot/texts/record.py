"""All contributions of a session in full: what a summary leaves out can be read below it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.message import Bullets, Link, Span, Spans, Words
from cop_bot.texts import names
from cop_bot.texts.languages import Speech
from cop_bot.texts.lines import Links, cite

_DEEPEST = 3
"""Replies to replies are set no further in than that."""


def all_contributions(_: Speech, rows: Iterable[Contribution], links: Links) -> Bullets:
    """Each under what it replies to, in the order of their numbers, with all its words. Withdrawn ones are left out."""
    there = {known(row.number): row for row in rows if row.number is not None and not row.is_withdrawn}
    lines = tuple(_line(_, row, depth, links) for row, depth in _in_order(there))
    return Bullets(lines, _("All contributions"))


def _in_order(there: dict[int, Contribution]) -> Iterator[tuple[Contribution, int]]:
    """Every contribution and how deep it stands in a conversation, what was said first coming first."""
    replies: dict[int | None, list[int]] = {}
    for number in sorted(there, reverse=True):
        replies.setdefault(_parent(there[number], there), []).append(number)
    waiting = [(number, 0) for number in replies.get(None, [])]
    while waiting:
        number, depth = waiting.pop()
        yield there[number], depth
        waiting += [(reply, depth + 1) for reply in replies.get(number, [])]


def _parent(row: Contribution, there: Container[int]) -> int | None:
    """What it replies to, if that stands in the list. An edit may make it point forward; then it stands for itself."""
    return row.parent if row.parent is not None and row.parent in there and row.parent < known(row.number) else None


def _line(_: Speech, row: Contribution, depth: int, links: Links) -> Spans:
    said_to = None if depth else row.parent
    head: list[Span] = [Words("↳ " * min(depth, _DEEPEST))] if depth else []
    head += names.dotted(cite(known(row.number), links), names.kind(_, row.kind), _("late") if row.late else None)
    if said_to is not None:
        head += [Words(" → "), cite(said_to, links)]
    return (*head, Words(": "), *_words(row))


def _words(row: Contribution) -> Iterator[Span]:
    """The text as it was written, its addresses as links that are their own labels; then what else came with it."""
    yield from _with_links(row.own_words, row.links)
    left: list[Span] = [Link(url, url) for url in row.links if url not in row.text]
    quoted = [Words(f"❝ {row.quoted}")] if row.quoted else []
    for place, more in enumerate([*left, *map(Words, row.files), *quoted]):
        if row.text or place:
            yield Words("\n")
        yield more


def _with_links(text: str, urls: Sequence[str]) -> Iterator[Span]:
    if not urls:
        yield Words(text)
        return
    longest_first = sorted(urls, key=len, reverse=True)
    for place, part in enumerate(re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text)):
        if part:
            yield Link(part, part) if place % 2 else Words(part)
