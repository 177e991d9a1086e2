"""A correction: what a facilitator changes of a summary's lines, by hand; later versions keep to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel

from cop_bot.domain import columns
from cop_bot.domain.brief import Brief, Point, Section, point_from_json, point_to_json
from cop_bot.domain.mistakes import CorrectionTooLong, CorrectionWithoutWords, NoLines, NoSuchLine
from cop_bot.domain.visible import clean

MOST_SIGNS = 600
"""How long a line of one's own may be: it stands among lines of thirty words."""


class Change(StrEnum):
    """What is done to a line."""

    OUT = "out"
    SAY = "say"
    ADD = "add"


class Correction(SQLModel, table=True):
    """`line` is the line as it stood (empty for one that was added), `said` what stands in its place (empty for one
    that was taken out); `place` is its index among the points of the brief.

    A version that is written later has lines of its own: one that has the same words, or rests on the same, is meant.
    """

    __table_args__ = (Index("ix_correction_subject", "subject", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", ondelete="CASCADE", index=True)
    session_id: int = Field(foreign_key="session.id", ondelete="CASCADE", index=True)
    subject: str = Field(max_length=40)
    change: Change = Field(sa_type=columns.one_of(Change))
    place: int = 0
    line: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    said: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="SET NULL", index=True)
    corrected_at: datetime

    @property
    def before(self) -> Point | None:
        """The line as it stood."""
        return point_from_json(self.line) if self.line else None

    @property
    def after(self) -> Point | None:
        """What stands in its place."""
        return point_from_json(self.said) if self.said else None

    def forget(self, gone: Collection[int]) -> bool:
        """These contributions don't exist any more; returns whether nothing is left to correct."""
        before, after = self.before, self.after
        left = before.without(gone) if before else None
        ours = after.without(gone) if after else None
        self.line = point_to_json(left) if left else {}
        self.said = point_to_json(ours) if ours else {}
        return ours is None if self.change is not Change.OUT else left is None


def changed(brief: Brief, change: Change, line: int, text: str, cites: Sequence[int] = ()) -> tuple[Point, Point, int]:
    """The line (its place from 1, as members read it) before and after, and its index among the points.

    For `ADD` both are the new line. `cites`: what a new line rests on; those that were read count. Raises NoLines,
    NoSuchLine, CorrectionWithoutWords, CorrectionTooLong.
    """
    if change is Change.ADD:
        read = brief.receipt.numbers()
        point = Point(Section.MAIN_POINTS, _short(text), tuple(n for n in cites if n in read), own=True)
        return point, point, len(brief.points)
    lines = brief.lines()
    if not lines:
        raise NoLines
    if not 1 <= line <= len(lines):
        raise NoSuchLine(line=line, lines=len(lines))
    point = lines[line - 1]
    at = brief.points.index(point)
    if change is Change.OUT:
        return point, point, at
    return point, replace(point, text=_short(text), quote=False, own=True, language="", translations={}, url=None), at


def corrected(brief: Brief, corrections: Iterable[Correction]) -> Brief:
    """The brief with everything that facilitators have changed of it, in their order; as often as one likes."""
    points = list(brief.points)
    for one in corrections:
        before, after = one.before, one.after
        if after is not None and after in points:
            continue
        at = _found(points, before) if before is not None else None
        if at is None and after is not None:
            points.insert(min(one.place, len(points)), after)
        elif at is not None:
            points[at : at + 1] = [after] if after is not None else []
    return brief.with_points(points)


def uncorrected(brief: Brief, correction: Correction) -> Brief:
    """The brief as if this had not been changed."""
    points = list(brief.points)
    before, after = correction.before, correction.after
    at = _found(points, after) if after is not None else None
    if at is not None:
        points[at : at + 1] = [before] if before is not None else []
    elif before is not None and correction.change is Change.OUT and _found(points, before) is None:
        points.insert(min(correction.place, len(points)), before)
    return brief.with_points(points)


def _found(points: Sequence[Point], wanted: Point) -> int | None:
    """The index of the line that has the same words, else of the one that rests on exactly the same."""
    words = (wanted.text, wanted.url, wanted.own)
    same = (at for at, one in enumerate(points) if (one.text, one.url, one.own) == words)
    rests = (at for at, one in enumerate(points) if one.cites and set(one.cites) == set(wanted.cites) and not one.own)
    return next(same, None if wanted.own else next(rests, None))


def _short(text: str) -> str:
    words = clean(text)
    if not words:
        raise CorrectionWithoutWords
    if len(words) > MOST_SIGNS:
        raise CorrectionTooLong(most=MOST_SIGNS)
    return words
