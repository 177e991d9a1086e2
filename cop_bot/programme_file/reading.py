"""Reading a programme file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.plan import Plan
from cop_bot.programme_file.characters import LARGEST, text_of
from cop_bot.programme_file.mistakes import Margin, Mistake, ProgrammeFileMistakes
from cop_bot.programme_file.programme import programme
from cop_bot.programme_file.tree import tree_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan, and what is worth knowing about its file although nothing is wrong."""

    plan: Plan
    remarks: tuple[str, ...] = ()
    promises: tuple[Mistake, ...] = ()
    """Where keys stand that promise people something and do nothing yet."""


def read_programme(text: bytes | str, name: str) -> Plan:
    """The plan in a programme file; `name` is what the file is called in messages.

    Raises ProgrammeFileMistakes with everything that is wrong, each with its line and column.
    """
    return examine(text, name).plan


def examine(text: bytes | str, name: str) -> Reading:
    """As `read_programme`, with the remarks."""
    margin = Margin()
    content = text_of(text, margin)
    root = tree_of(content, margin) if content is not None else None
    plan = programme(root, _digest(text), margin) if root is not None else None
    if margin.mistakes or plan is None:
        raise ProgrammeFileMistakes(name, margin.in_order())
    return Reading(plan, tuple(margin.remarks), tuple(sorted(margin.promises.values())))


def content_of(path: Path) -> bytes:
    """The bytes of a programme file (no more than needed to see that it is too large). Raises OperatorMistake."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise OperatorMistake(f"{path} can't be read: {error.strerror or error}") from error


def _digest(text: bytes | str) -> str:
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return hashlib.sha256(content).hexdigest()
