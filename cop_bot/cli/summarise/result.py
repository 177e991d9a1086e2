"""The summary of a file as JSON: the brief, and for each citation where it stands in the file and what it says.

The JSON Schema ships as `summary.schema.json`; a test holds it to these types.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from importlib import resources
from typing import Literal

from pydantic import TypeAdapter

from cop_bot import __version__
from cop_bot.cli.summarise.statement import Pile, Statement
from cop_bot.domain.brief import Brief, Point, Receipt, Topic
from cop_bot.texts.languages import speak
from cop_bot.texts.summaries import maker

EMPTY = "empty"
"""The reason for which statements without words are set aside."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: its `number` in the summary, its row and line in the file, and what the file calls it.

    Rows are counted from 1 without the header, lines from 1.
    """

    number: int
    row: int
    line: int
    id: str | None


@dataclass(frozen=True, slots=True)
class Citation(Place):
    """A statement that a line rests on, with all its words as they stand in the file."""

    text: str


@dataclass(frozen=True, slots=True)
class Line(Point):
    """A line of the summary, in the order in which they are shown, and the statements it rests on."""

    number: int = 0
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """`people` is 0 where the file doesn't say who wrote what; `empty` rows are among the rows."""

    rows: int
    people: int
    empty: int


@dataclass(frozen=True, slots=True)
class Result:
    """The summary of a file. `maker` is "offline" or the model's name, `label` says so to readers.

    `prompts` are the SHA-256 digests of the prompts that the model may have been asked with, by name. `questions` are
    those that `points[].answers` counts from 1. `meaning` is the model that told which statements belong together; ""
    where their words did. `statements` says of every number where it stands in the file.
    """

    format: Literal[1]
    bot: str
    source: str
    theme: str
    language: str
    maker: str
    label: str
    prompts: dict[str, str]
    counts: Counts
    questions: tuple[str, ...]
    overview: tuple[Point, ...]
    meaning: str
    points: tuple[Line, ...]
    topics: tuple[Topic, ...]
    receipt: Receipt
    statements: tuple[Place, ...]


def result_of(pile: Pile, brief: Brief, *, source: str, theme: str, prompts: dict[str, str]) -> Result:
    """The brief of this pile, with its citations resolved."""
    by_number = {statement.number: statement for statement in pile.statements}
    return Result(
        format=1,
        bot=__version__,
        source=source,
        theme=theme,
        language=brief.language,
        maker=brief.maker,
        label=maker(speak(brief.language), brief.maker),
        prompts=prompts,
        counts=Counts(len(by_number), brief.people, list(brief.receipt.set_aside.values()).count(EMPTY)),
        questions=brief.questions,
        overview=brief.overview,
        meaning=brief.meaning,
        points=tuple(_line(point, at, by_number) for at, point in enumerate(brief.lines(), start=1)),
        topics=brief.topics,
        receipt=brief.receipt,
        statements=tuple(Place(s.number, s.row, s.line, s.id) for s in pile.statements),
    )


def _line(point: Point, number: int, by_number: dict[int, Statement]) -> Line:
    cited = [by_number[cite] for cite in point.cites]
    citations = tuple(Citation(s.number, s.row, s.line, s.id, s.text) for s in cited)
    return Line(**{one.name: getattr(point, one.name) for one in fields(Point)}, number=number, citations=citations)


def as_json(result: Result, *, ascii_only: bool = False) -> str:
    """As it is written: indented, with a line break at the end."""
    return json.dumps(TypeAdapter(Result).dump_python(result, mode="json"), ensure_ascii=ascii_only, indent=2) + "\n"


def schema_text() -> str:
    """The JSON Schema of what `as_json` writes, made from the types."""
    made = TypeAdapter(Result).json_schema(mode="serialization")
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(draft | made, ensure_ascii=False, indent=2) + "\n"


def shipped_schema() -> str:
    """The schema as it ships."""
    return (resources.files("cop_bot.cli.summarise") / "summary.schema.json").read_text(encoding="utf-8")
