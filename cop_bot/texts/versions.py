"""What is new in a version of a summary."""

from __future__ import annotations

from cop_bot.domain.changes import Changes
from cop_bot.domain.message import Note, Words
from cop_bot.texts import names
from cop_bot.texts.languages import Speech


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
    said = " · ".join(words for count, words in counted if count)
    return Note((Words(_("New in this version: {changes}", changes=said)),))
