"""Asking first, before something that can't be undone. Each question says what will happen."""

from __future__ import annotations

from typing import Literal

from cop_bot.domain.message import Button, Buttons, Command, Message, Note, Paragraph, Words
from cop_bot.texts.languages import speak

_FOR_GOOD = ("withdraw", "settings forget", "facilitators remove")
"""What takes something from somebody."""


def ask_first(question: str, command: str, *, language: str = "en") -> Message:
    """A question, with its two buttons and what can be typed instead. `command`: what a yes will do."""
    _ = speak(language)
    style: Literal["danger", "primary"] = "danger" if command.startswith(_FOR_GOOD) else "primary"
    return _.message(
        Paragraph((Words(question),)),
        Buttons((Button(_("Yes"), f"{command} yes", style), Button(_("Cancel"), "cancel"))),
        Note(_.spans("Or type {command}.", command=Command(f"{command} yes"))),
    )


def cancelled(*, language: str = "en") -> Message:
    """The answer was no."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("Nothing was changed.")),)))


def withdrawing(number: int, *, language: str = "en") -> str:
    """Asked before a contribution is withdrawn."""
    _ = speak(language)
    return _("Withdraw #{number}? Its words are erased for good.", number=number)


def forgetting(count: int, objections: int = 0, *, language: str = "en") -> str:
    """Asked before everything of a member is erased: so many contributions, so many objections."""
    _ = speak(language)
    question = (
        _.plural(
            "Erase your {count} contribution? Its words can't be brought back.",
            "Erase your {count} contributions? Their words can't be brought back.",
            count,
        )
        if count
        else _("Erase your name and your time zone? You get no reminders any more.")
    )
    too = _.plural("{count} objection of yours goes too.", "{count} objections of yours go too.", objections)
    return f"{question} {too}" if objections else question
