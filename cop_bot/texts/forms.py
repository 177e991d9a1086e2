"""What stands in a form in which members contribute, on platforms that have forms."""

from __future__ import annotations

from dataclasses import dataclass

from cop_bot.domain.contribution import Kind
from cop_bot.domain.message import Button, Buttons
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, speak

_COMMANDS = {Kind.IDEA: "idea", Kind.QUESTION: "ask", Kind.RESOURCE: "resource", Kind.LESSON: "lesson"}


@dataclass(frozen=True, slots=True)
class Form:
    """The labels of the form; `kinds` are the choices: what is read -> the command that takes the text."""

    language: str
    title: str
    which: str
    kinds: dict[str, str]
    what: str
    missing: str
    send: str


def contributing(language: str) -> Form:
    """A member says something and says what it is."""
    _ = speak(language)
    return Form(
        _.language,
        _("Contribute"),
        _("What is it?"),
        {names.kind(_, kind).capitalize(): command for kind, command in _COMMANDS.items()},
        _("What do you want to say?"),
        _("Write something first."),
        _("Send"),
    )


def taking_part(_: Speech) -> Buttons:
    """Under an opening: a form, and an end to reminders."""
    return Buttons(
        (Button(_("Contribute"), "idea", "primary"), Button(_("Stop reminders"), "settings off")), spare=True
    )
