"""What facilitators have done, for facilitators to read; and taking the last step back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cop_bot.domain.audit import Audited
from cop_bot.domain.message import Bullets, Command, Heading, Message, Moment, Note, Paragraph, Spans, Words
from cop_bot.domain.programme import Programme
from cop_bot.texts.languages import Speech, speak


@dataclass(frozen=True, slots=True)
class Line:
    """One use of power. `name` and `person` are empty where the platform has told none, or they were forgotten."""

    at: datetime
    name: str
    step: str
    person: str
    undone: bool


def audit(programme: Programme, lines: Sequence[Line], zone: str, *, language: str = "en") -> Message:
    """The newest first; times are spelled out in `zone`."""
    _ = speak(language)
    if not lines:
        return _.message(Paragraph((Words(_("Nobody has used a facilitator's command yet.")),)))
    return _.message(
        Heading(" · ".join([programme.name(_.language), _("audit")])),
        Bullets(tuple(_line(_, line, zone) for line in lines)),
        Note(
            _.spans("Only facilitators can see this. To take the last step back: {command}.", command=Command("undo"))
        ),
    )


def _line(_: Speech, line: Line, zone: str) -> Spans:
    name = Words(line.name or _("somebody who was forgotten"), bold=True)
    person = (Words(f" {line.person}"),) if line.person else ()
    undone = (Words(" "), Words(_("(undone)"))) if line.undone else ()
    return (Moment(line.at, zone), Words(" · "), name, Words(": "), Command(line.step), *person, *undone)


def undoing(step: Audited, *, language: str = "en") -> str:
    """Asked before a step is taken back."""
    _, said = speak(language), " ".join(filter(None, (step.command, step.about)))
    return _("Undo the last step, “{step}”? What was said about it is corrected in the channel.", step=said)


def undone(step: Audited, *, language: str = "en") -> Message:
    """A step was taken back."""
    _ = speak(language)
    said = " ".join(filter(None, (step.command, step.about)))
    return _.message(Paragraph(_.spans("“{step}” is undone: all stands as it stood before.", step=said)))
