"""What is answered, alone, about objections to a summary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cop_bot.domain.message import Bullets, Command, Heading, Message, Moment, Note, Paragraph, Spans, Words
from cop_bot.domain.objection import Objection
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, later, speak
from cop_bot.texts.objections import answer, line_objected_to


def objected(session: Session, objection: Objection, until: datetime, zone: str, *, language: str = "en") -> Message:
    """A member's objection is kept. `until` (programme time): how long it can be followed by another."""
    _ = speak(language)
    return _.message(
        Paragraph(
            _.spans(
                "Thank you. Your objection to line {line} of the summary of {title} is kept: {words}",
                line=str(objection.line),
                title=Words(names.title(_, session), bold=True),
                words=names.quoted(_, objection.text),
            )
        ),
        *line_objected_to(_, objection),
        Paragraph((Words(_("It is shown under the line for everybody, without your name.")),)),
        Paragraph((Words(_("The facilitators are told, and a new version of the summary follows.")),)),
        Note(
            _.spans(
                "To take it back: {command}. You can object until {until}.",
                command=Command(f"summary object {session.slug} {objection.line} withdraw"),
                until=Moment(until, zone),
            )
        ),
    )


def objection_taken_back(session: Session, *, language: str = "en") -> Message:
    """What a member objected is erased."""
    return _about(session, later("Your objection to the summary of {title} is erased."), language)


def objections_listed(
    session: Session, objections: Sequence[tuple[int, Objection]], *, language: str = "en"
) -> Message:
    """All that stands against a summary, each objection with its lasting number in the list."""
    _ = speak(language)
    if not objections:
        return _about(session, later("Nobody objects to the summary of {title}."), language)
    lines = tuple(_line(_, place, one) for place, one in objections)
    return _.message(Heading(names.title(_, session)), Bullets(lines, _("Objections to the summary")))


def objection_answered(session: Session, *, language: str = "en") -> Message:
    """A facilitator's answer is kept."""
    return _about(session, later("Your answer stands under the objection, in the summary of {title}."), language)


def objection_gone(*, language: str = "en") -> Message:
    """For a facilitator: instead of an objection that they were told of and that stands no longer."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("This objection was taken back.")),)))


def objection_removed(session: Session, *, language: str = "en") -> Message:
    """A facilitator erased an objection."""
    return _about(session, later("The objection to the summary of {title} is erased."), language)


def _line(_: Speech, place: int, objection: Objection) -> Spans:
    head = _.spans(
        "Objection {number}, to line {line} of version {version}: {words}",
        number=str(place),
        line=str(objection.line),
        version=str(objection.version),
        words=names.quoted(_, objection.text),
    )
    return (*head, *answer(_, objection))


def _about(session: Session, sentence: str, language: str) -> Message:
    _ = speak(language)
    return _.message(Paragraph(_.spans(sentence, title=Words(names.title(_, session), bold=True))))
