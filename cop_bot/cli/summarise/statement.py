"""A statement of a file, numbered like a contribution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cop_bot.domain.assignment import Voice
from cop_bot.domain.contribution import Kind


@dataclass(frozen=True, slots=True)
class Statement:
    """`number` counts from 1, `row` and `line` say where it stands in the file, `id` is what the file calls it.

    `author` is a stand-in, equal for equal authors; where the file doesn't say, nobody else's. `at` is in UTC.
    """

    number: int
    row: int
    line: int
    id: str | None
    text: str
    kind: Kind
    author: str
    at: datetime
    links: tuple[str, ...] = ()
    said_to: int | None = None
    """The number of the statement that it replies to."""
    answers: int | None = None
    """The guiding question (from 1) that it was filed under."""
    votes: int = 0
    """How many more people agreed with it than disagreed, where the file says so."""

    def voice(self) -> Voice:
        """As a summariser sees it: without the id, and of the author only the stand-in."""
        return Voice(
            self.number, self.kind.value, self.text, self.author, self.at, self.links, self.said_to, self.answers
        )


@dataclass(frozen=True, slots=True)
class Pile:
    """All statements of a file, in its order. `has_authors`: it says who wrote them."""

    name: str
    statements: tuple[Statement, ...]
    has_authors: bool
    questions: tuple[str, ...] = ()
    """Headers of columns of answers: each is a guiding question."""
    remarks: tuple[str, ...] = ()
    """How the file was understood, for whoever started it."""

    @property
    def digest(self) -> str:
        """Equal for equal statements in equal order."""
        said = "\0".join(f"{s.kind}:{s.author}:{s.text}" for s in self.statements)
        return sha256(said.encode()).hexdigest()
