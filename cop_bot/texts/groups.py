"""The lines of a summary, group by group, numbered from 1 over all of them; under each what is held against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cop_bot.domain.brief import Brief, Group, Section
from cop_bot.domain.message import Block, Bullets, Note, Paragraph, Spans, Words
from cop_bot.domain.objection import Objection
from cop_bot.texts.languages import Speech, later
from cop_bot.texts.lines import Reader, line
from cop_bot.texts.objections import Placed, against, against_lines_that_are_gone, placed
from cop_bot.texts.receipts import receipt
from cop_bot.texts.themes import heading, overview

_SECTIONS = {
    Section.MAIN_POINTS: later("Main points"),
    Section.IDEAS: later("Ideas"),
    Section.DISAGREEMENTS: later("Disagreements"),
    Section.NEXT_STEPS: later("Next steps"),
    Section.OPEN_QUESTIONS: later("Open questions"),
    Section.RESOURCES: later("Resources"),
    Section.ALSO_HEARD: later("Also heard"),
}


def groups(
    reader: Reader, brief: Brief, questions: Sequence[str], objections: Sequence[Objection], *, talk: int = 0
) -> Iterator[Block]:
    """All lines and the receipt. `questions`: those of the brief, in the reader's language; `talk`: how much of it was
    posted besides.
    """
    _, found, first = reader.speech, placed(brief, objections), 1
    yield from overview(reader, brief)
    for group in brief.groups():
        yield from _group(reader, group, _title(reader, group, brief, questions), first, found)
        first += len(group.points)
    if not brief.points:
        yield Paragraph((Words(_("There is nothing to quote from what was posted.")),))
    if gone := found.get(None):
        yield against_lines_that_are_gone(_, gone)
    if brief.receipt.read:
        yield Note((*receipt(_, brief.receipt, reader.links, talk), *_told_by(_, brief)))


def _title(reader: Reader, group: Group, brief: Brief, questions: Sequence[str]) -> str:
    _ = reader.speech
    if group.question is not None:
        return _("Main lessons · {question}", question=questions[group.question - 1])
    if group.theme is not None:
        return heading(reader, brief.topics[group.theme])
    if group.section is Section.MAIN_POINTS and brief.groups()[0] != group:
        return _("Other points")
    return _(_SECTIONS[group.section])


def _told_by(_: Speech, brief: Brief) -> Spans:
    return (Words(" · " + _("themes by meaning ({model})", model=brief.meaning)),) if brief.meaning else ()


def _group(reader: Reader, group: Group, title: str, first: int, found: Placed) -> Iterator[Block]:
    """The lines of a group; a list ends where an objection stands, and counts on after it."""
    above: str | None = title
    lines: list[Spans] = []
    last = first + len(group.points) - 1
    for number, point in enumerate(group.points, start=first):
        lines.append(line(reader, point))
        if number in found or number == last:
            yield Bullets(tuple(lines), above, number + 1 - len(lines))
            yield from (against(reader.speech, number, objection) for objection in found.get(number, ()))
            above, lines = None, []
