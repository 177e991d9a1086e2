"""What has changed between two versions of a summary, and where an objection stands in a later one: pure functions.

Lines are meant by their places from 1, as in `Brief.lines()`. Nothing here carries the words of an earlier version:
they may have been withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cop_bot.domain.brief import Brief, Point
from cop_bot.domain.objection import Objection


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version has that the version published before it had not."""

    added: tuple[int, ...] = ()
    """The lines, as they stand now, that are new."""
    changed: tuple[int, ...] = ()
    """The lines, as they stand now, that say what an earlier line said in other words or rest on something else."""
    gone: int = 0
    """How many lines are no longer there."""
    read: int = 0
    """How many contributions were read now that were not read then: late ones, and what was missed."""
    objected: int = 0
    answered: int = 0
    taken_back: int = 0
    """Objections that were withdrawn."""

    def __bool__(self) -> bool:
        return self != Changes()


def what_changed(
    before: Brief, after: Brief, objections: Iterable[Objection] = (), *, version: int, since: datetime
) -> Changes:
    """`objections`: all to any version, withdrawn ones too; `version`: the number of the earlier version; `since`: when
    it was published (programme time).
    """
    added, changed, gone = _compared(before.lines(), after.lines())
    several = list(objections)
    return Changes(
        added=added,
        changed=changed,
        gone=gone,
        read=len(after.receipt.numbers() - before.receipt.numbers()),
        objected=sum(_is_new(one, version, since) and not one.is_withdrawn for one in several),
        answered=sum(one.answered_at is not None and one.answered_at > since for one in several),
        taken_back=sum(not _is_new(one, version, since) and _withdrawn_since(one, since) for one in several),
    )


def _compared(before: Sequence[Point], after: Sequence[Point]) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """The lines that are new and those that have changed, as they stand now, and how many are gone.

    Lines with the same words are paired first, then those that rest on the same.
    """
    old, added, changed, left = list(before), list[int](), list[int](), list[int]()
    for number, line in enumerate(after, start=1):
        same = next((one for one in old if _same_words(one, line)), None)
        if same is None:
            left.append(number)
            continue
        old.remove(same)
        if set(same.cites) != set(line.cites):
            changed.append(number)
    for number in left:
        nearest = _nearest(after[number - 1].cites, old)
        if nearest is None:
            added.append(number)
        else:
            del old[nearest]
            changed.append(number)
    return tuple(added), tuple(sorted(changed)), len(old)


def line_met(brief: Brief, objection: Objection) -> int | None:
    """The line that an objection meets in this version: the one with the same words, else the one that rests most on
    the same contributions; None if there is neither.
    """
    lines = brief.lines()
    words = next((number for number, line in enumerate(lines, start=1) if line.text == objection.said), None)
    if words is not None and objection.said:
        return words
    nearest = _nearest(objection.cites, lines)
    return None if nearest is None else nearest + 1


def _same_words(one: Point, other: Point) -> bool:
    return (one.section, one.text, one.url) == (other.section, other.text, other.url)


def _nearest(cites: Collection[int], lines: Sequence[Point]) -> int | None:
    """The index of the line that shares most of what both rest on (the first of several), if any shares anything."""
    shares = [len(set(cites) & set(line.cites)) / max(len(set(cites) | set(line.cites)), 1) for line in lines]
    most = max(shares, default=0)
    return shares.index(most) if most else None


def _is_new(objection: Objection, version: int, since: datetime) -> bool:
    """Whether it was made to this version or after it: one is bound to the version that was read, be it older."""
    return objection.version >= version or objection.objected_at > since


def _withdrawn_since(objection: Objection, since: datetime) -> bool:
    return objection.withdrawn_at is not None and objection.withdrawn_at > since
