"""What is wrong in a programme file, collected so that the operator sees everything at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from cop_bot.domain.errors import OperatorMistake


class Spot(NamedTuple):
    """A place in the file; lines and columns begin at 1, as editors count them."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that is wrong at a place in the file, and what to write instead."""

    line: int
    column: int
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.what}, {self.instead}"


class ProgrammeFileMistakes(OperatorMistake):
    """The programme file has mistakes."""

    def __init__(self, name: str, mistakes: tuple[Mistake, ...]) -> None:
        self.name = name
        self.mistakes = mistakes
        super().__init__("\n".join(f"{name}:{mistake}" for mistake in mistakes))


@dataclass(slots=True)
class Margin:
    """What a reader notes beside the file.

    Mistakes; remarks, which are no mistakes but worth knowing; the known keys without effect yet, and those of them
    that promise. `path` leads to the mapping that is being read.
    """

    mistakes: list[Mistake] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    not_acted_on: dict[str, None] = field(default_factory=dict)
    promises: dict[str, Mistake] = field(default_factory=dict)
    """Keys that promise people something and do nothing yet: refused for a programme that is new."""
    path: list[str] = field(default_factory=list)

    def wrong(self, spot: Spot, what: str, instead: str) -> None:
        """Notes a mistake: `what` is wrong there, `instead` begins with a verb ("write …")."""
        self.mistakes.append(Mistake(spot.line, spot.column, what, instead))

    def in_order(self) -> tuple[Mistake, ...]:
        """All mistakes in the order of the file, each once."""
        return tuple(sorted(set(self.mistakes)))


def shown(text: str, longest: int = 40) -> str:
    """A piece of the file as it may stand in a sentence: one line, not too long, nothing that steers a terminal."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return f"`{plain if len(plain) <= longest else plain[: longest - 1] + '…'}`"
