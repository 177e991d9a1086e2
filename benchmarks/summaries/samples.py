"""Sessions made of piles of statements, the same in every run: what a summariser is asked, and what is known of it."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.summaries.datasets import Pile, Statement
from cop_bot.domain.assignment import Assignment, Voice
from cop_bot.domain.wording import kind_of

TYPICAL = 40
"""Contributions in a session of two weeks, by so many members:"""
MEMBERS = 12
SESSIONS = 5
"""How many typical sessions are drawn from a pile."""
_OPENED = datetime(2020, 11, 23, 8, 0, tzinfo=UTC)
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


@dataclass(frozen=True, slots=True)
class Sitting:
    """An assignment, and what is known about its contributions by number."""

    name: str
    assignment: Assignment
    spoken: dict[int, str] = field(default_factory=dict)
    """The language it was written in."""
    gold: dict[int, str] = field(default_factory=dict)
    """What it is about."""
    planted: tuple[int, ...] = ()
    """Those that have to be heard whatever else is."""


def sitting(
    name: str, said: Sequence[Statement], *, language: str, planted: Sequence[Statement] = (), words: int = 150
) -> Sitting:
    """A session of these statements in this order; who has no name is one of twelve members in turn."""
    voices = tuple(_voice(number, one) for number, one in enumerate(said, start=1))
    return Sitting(
        name=name,
        assignment=Assignment(name.partition(",")[0], voices, language=language or "en", words=words),
        spoken={number: one.language for number, one in enumerate(said, start=1) if one.language},
        gold={number: one.topic for number, one in enumerate(said, start=1) if one.topic is not None},
        planted=tuple(number for number, one in enumerate(said, start=1) if one in planted),
    )


def _voice(number: int, one: Statement) -> Voice:
    links = tuple(address.rstrip(".,;:!?)") for address in _ADDRESS.findall(one.text))
    return Voice(
        number=number,
        kind=kind_of(one.text, links, (), is_reply=False).value,
        text=one.text,
        author=one.author or f"member {number % MEMBERS}",
        at=_OPENED + timedelta(hours=8 * number / 10),
        links=links,
    )


def typical(pile: Pile, count: int = SESSIONS, size: int = TYPICAL) -> list[Sitting]:
    """Typical sessions: statements of about a dozen members where the authors are known."""
    return [
        sitting(f"{pile.name}, {size} (draw {draw})", drawn(pile, size, draw), language=pile.language)
        for draw in range(1, count + 1)
    ]


def drawn(pile: Pile, size: int, draw: int) -> list[Statement]:
    """Statements drawn by chance, author by author if authors are known, in the order of the pile."""
    chance = random.Random(draw)
    by_author: defaultdict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(pile.statements):
        by_author[one.author].append(index)
    # Members who wrote two to eight times: a session of forty that only one person wrote has no voices to weigh.
    several = [author for author, own in sorted(by_author.items()) if author and 2 <= len(own) <= 8]
    indices = list(range(len(pile.statements)))
    if sum(len(by_author[author]) for author in several) >= size:
        chance.shuffle(several)
        indices = [index for author in several for index in by_author[author]][:size]
    else:
        indices = chance.sample(indices, min(size, len(indices)))
    return [pile.statements[index] for index in sorted(indices)]


def large(pile: Pile, sizes: Sequence[int] = (150, 1000)) -> list[Sitting]:
    """One session of 150 statements and one of up to a thousand."""
    found: list[Sitting] = []
    for size in sizes:
        if not found or len(pile.statements) > len(found[-1].assignment.voices):
            chosen = random.Random(size).sample(pile.statements, min(size, len(pile.statements)))
            found.append(sitting(f"{pile.name}, {len(chosen)}", chosen, language=pile.language))
    return found
