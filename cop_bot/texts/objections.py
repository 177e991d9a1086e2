"""What members hold against lines of a summary: under the lines for everybody, and told to the facilitators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cop_bot.domain.brief import Brief
from cop_bot.domain.changes import line_met
from cop_bot.domain.member import Member
from cop_bot.domain.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Command,
    Heading,
    Link,
    Message,
    Note,
    Paragraph,
    Spans,
    Words,
)
from cop_bot.domain.objection import Objection
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, for_member, speak

_LONGEST = 1_000
Placed = dict[int | None, list[Objection]]
"""The number of a line -> what is held against it; None: against lines that are no longer there."""


def line_objected_to(_: Speech, objection: Objection) -> tuple[Block, ...]:
    """The line as it was objected to; nothing if its words have been erased since."""
    if not objection.said:
        return ()
    words = names.quoted(_, objection.said)
    return (Paragraph(_.spans("Line {line}: {words}", line=str(objection.line), words=words)),)


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
    return Note((*_.spans("Objection to line {line}: {words}", line=str(line), words=words), *answer(_, objection)))


def against_lines_that_are_gone(_: Speech, objections: Sequence[Objection]) -> Block:
    """Objections to what this version no longer says."""
    lines = tuple((*names.quoted(_, one.text), *answer(_, one)) for one in objections)
    return Bullets(lines, _("Objections to lines that are gone"))


def raised(
    programme: Programme,
    session: Session,
    objection: Objection,
    place: int,
    *,
    link: str | None,
    language: str = "en",
) -> Message:
    """For a facilitator: what a member holds against a line. `place`: its number in the list; `link`: the summary's."""
    _ = speak(language)
    title = names.title(_, session)
    return _.message(
        Heading(_("Objection to a summary")),
        Note(names.dotted(programme.name(_.language), Link(link, title) if link else title)),
        *line_objected_to(_, objection),
        Paragraph(_.spans("Objection: {words}", words=names.quoted(_, objection.text))),
        Note((Words(_("It is shown under its line, without a name, and a new version is written.")),)),
        Note(
            _.spans(
                "To answer it for everybody: {answer} and your words. To erase it: {erase}.",
                answer=Command(f"summary answer {session.slug} {place}"),
                erase=Command(f"summary answer {session.slug} {place} withdraw"),
            )
        ),
    )


def answer(_: Speech, objection: Objection) -> Spans:
    """What the facilitators answered, on a line of its own; empty until they have."""
    if not objection.answer:
        return ()
    return (Words("\n"), *_.spans("Answer: {words}", words=names.quoted(_, objection.answer)))


_SHOWN = 200
_BUTTONS = 5


def what_was_meant(
    programme: Programme, session: Session, member: Member, text: str, named: Sequence[int], lines: int
) -> Message:
    """For whoever wrote beneath a summary: is it about one of its lines? `named`: the numbers of lines in their words;
    `lines`: how many the summary has.
    """
    _ = speak(for_member(programme, member))
    words = " ".join(text.split())
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
    places = list(named) or list(range(1, min(lines, _BUTTONS) + 1))
    buttons = tuple(
        Button(_("Line {line}", line=str(line)), f"summary object {session.slug} {line} {words[:_LONGEST]}")
        for line in places
    )
    about = names.title(_, session)
    ask = _("Does it say that a line is wrong? Press the line, and it stands there as an objection.")
    return _.message(
        Paragraph(_.spans("You wrote beneath the summary of {title}: {words}", title=about, words=f"“{shown}”")),
        Paragraph((Words(ask),)),
        Buttons((*buttons, Button(_("No, it is fine"), "cancel"))),
        Note(
            _.spans(
                "For another line: {command}. What you wrote is kept, and is no contribution to the theme.",
                command=Command(f"summary object {session.slug} 3 …"),
            )
        ),
    )
