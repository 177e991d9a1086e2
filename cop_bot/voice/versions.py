"""What is new in a version of a summary, and what members hold against its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cop_bot.domain.brief import Brief
from cop_bot.domain.changes import Changes, line_met
from cop_bot.domain.message import Block, Bullets, Note, Spans, Words
from cop_bot.domain.objection import Objection
from cop_bot.voice import names
from cop_bot.voice.languages import Speech


def news(_: Speech, changes: Changes) -> Note:
    """The lines by their numbers in this version, and what else has come or gone."""
    added, changed = (names.listed(_, [str(line) for line in lines]) for lines in (changes.added, changes.changed))
    counted = [
        (
            len(changes.changed),
            _.plural("line {lines} has changed", "lines {lines} have changed", len(changes.changed), lines=changed),
        ),
        (len(changes.added), _.plural("line {lines} is new", "lines {lines} are new", len(changes.added), lines=added)),
        (changes.gone, _.plural("{count} line is gone", "{count} lines are gone", changes.gone)),
        (
            changes.read,
            _.plural("{count} more contribution was read", "{count} more contributions were read", changes.read),
        ),
        (changes.objected, _.plural("{count} objection", "{count} objections", changes.objected)),
        (changes.answered, _.plural("{count} objection answered", "{count} objections answered", changes.answered)),
        (
            changes.taken_back,
            _.plural("{count} objection taken back", "{count} objections taken back", changes.taken_back),
        ),
    ]
    said = "; ".join(words for count, words in counted if count)
    return Note((Words(_("New in this version: {changes}.", changes=said)),))


Placed = dict[int | None, list[Objection]]
"""The number of a line -> what is held against it; None: against lines that are no longer there."""


def placed(brief: Brief, objections: Iterable[Objection]) -> Placed:
    """The objections that stand, each with the line of this version that it meets."""
    found: Placed = {}
    for objection in objections:
        if not objection.is_withdrawn:
            found.setdefault(line_met(brief, objection), []).append(objection)
    return found


def against(_: Speech, line: int, objection: Objection) -> Note:
    """An objection to this line, and the facilitators' answer to it."""
    words = names.quoted(_, objection.text)
    return Note((*_.spans("Objection to line {line}: {words}", line=str(line), words=words), *_answer(_, objection)))


def against_lines_that_are_gone(_: Speech, objections: Sequence[Objection]) -> Block:
    """Objections to what this version no longer says."""
    lines = tuple((*names.quoted(_, one.text), *_answer(_, one)) for one in objections)
    return Bullets(lines, _("Objections to lines that are gone"))


def _answer(_: Speech, objection: Objection) -> Spans:
    if not objection.answer:
        return ()
    return _.spans("\nAnswer: {words}", words=names.quoted(_, objection.answer))
