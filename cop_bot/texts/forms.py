"""What stands in a form in which members contribute, on platforms that have forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from cop_bot.domain.contribution import Kind
from cop_bot.domain.message import Bullets, Button, Buttons, Message, Moment, Paragraph, Words
from cop_bot.domain.programme import in_language
from cop_bot.domain.session import Session
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
    about: Message | None = None
    """The session that is open, and its questions."""
    answering: str = ""
    questions: dict[str, str] = field(default_factory=dict)
    """The guiding questions that it may be filed under: what is read -> what stands before the text, q2."""


def asked(session: Session, zone: str, *, language: str = "en") -> Message:
    """What stands above the form: the theme, until when, and the questions to start from."""
    _ = speak(language)
    title, closes = Words(names.title(_, session), bold=True), Moment(session.last_minute, zone)
    questions = tuple((Words(in_language(question, _.language)),) for question in session.questions)
    return _.message(
        Paragraph(_.spans("{title} is open until {closes}.", title=title, closes=closes)),
        *((Bullets(questions, _("Questions to start from")),) if questions else ()),
    )


def contributing(language: str, about: Message | None = None, session: Session | None = None) -> Form:
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
        about,
        _("Which question does it answer?"),
        _questions(_, session) if session else {},
    )


def _questions(_: Speech, session: Session) -> dict[str, str]:
    """None first: nobody has to choose."""
    asked = [in_language(question, _.language) for question in session.questions]
    if not asked:
        return {}
    return {_("None of them"): ""} | {f"{at}. {question}": f"q{at}" for at, question in enumerate(asked, start=1)}


def taking_part(_: Speech) -> Buttons:
    """Under an opening: a form, and an end to reminders."""
    return Buttons(
        (Button(_("Contribute"), "idea", "primary"), Button(_("Stop reminders"), "settings off")), spare=True
    )
