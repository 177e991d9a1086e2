"""What stands in the forms in which members take part, on platforms that have forms."""

from __future__ import annotations

from collections.abc import Sequence

from cop_bot.domain.brief import Brief
from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.form import Choice, Form, Text
from cop_bot.domain.message import Bullets, Button, Buttons, Message, Moment, Paragraph, Words
from cop_bot.domain.programme import in_language
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, speak

KIND, QUESTION, LINE, TEXT, TITLE, QUESTIONS, SESSION = (
    "kind",
    "question",
    "line",
    "text",
    "title",
    "questions",
    "session",
)
"""What the fields are called when their values come back."""

COMMANDS = {Kind.IDEA: "idea", Kind.QUESTION: "ask", Kind.RESOURCE: "resource", Kind.LESSON: "lesson"}
"""Which command takes the words of which kind."""


def asked(session: Session, zone: str, *, language: str = "en") -> Message:
    """What stands above the form: the theme, until when, and the questions to start from."""
    _ = speak(language)
    title, closes = Words(names.title(_, session), bold=True), Moment(session.last_minute, zone)
    questions = tuple((Words(in_language(question, _.language)),) for question in session.questions)
    return _.message(
        Paragraph(_.spans("{title} is open until {closes}.", title=title, closes=closes)),
        *((Bullets(questions, _("Questions to start from")),) if questions else ()),
    )


def contributing(
    language: str, about: Message | None = None, session: Session | None = None, *, command: str = "idea"
) -> Form:
    """A member says something and says what it is; `command` is the kind to begin with."""
    _ = speak(language)
    kinds = tuple((names.kind(_, kind).capitalize(), word) for kind, word in COMMANDS.items())
    questions = _questions(_, session) if session else ()
    return Form(
        command,
        _.language,
        contribute(language),
        (
            Choice(KIND, _("What is it?"), kinds, command, open=True),
            *((Choice(QUESTION, _("Which question does it answer?"), questions),) if questions else ()),
            Text(TEXT, _("What do you want to say?"), _("Write something first.")),
        ),
        _("Send"),
        _("Cancel"),
        about,
    )


def _questions(_: Speech, session: Session) -> tuple[tuple[str, str], ...]:
    """None first: nobody has to choose. Each with what stands before the words, q2."""
    asked = [in_language(question, _.language) for question in session.questions]
    numbered = tuple((f"{at}. {question}", f"q{at}") for at, question in enumerate(asked, start=1))
    return ((_("None of them"), ""), *numbered) if asked else ()


def objecting(session: Session, brief: Brief, version: int, about: Message, *, language: str) -> Form:
    """Which line of this version is wrong, and why."""
    _ = speak(language)
    lines = tuple(
        (f"{at}. {names.on_one_line(point.text)}", f"{version} {at}") for at, point in enumerate(brief.lines(), start=1)
    )
    return Form(
        f"summary object {session.slug}",
        _.language,
        object_(language),
        (
            Choice(LINE, _("Which line is wrong?"), lines),
            Text(TEXT, _("What is wrong with it?"), _("Write something first.")),
        ),
        _("Send"),
        _("Cancel"),
        about,
    )


def about_summary(session: Session, *, language: str) -> Message:
    """What stands above that form."""
    _ = speak(language)
    said = _("Your objection stands under the line, without your name, and the facilitators can answer it.")
    return _.message(Paragraph((Words(names.title(_, session), bold=True),)), Paragraph((Words(said),)))


def giving_feedback(contribution: Contribution, *, language: str) -> Form:
    """What somebody says of a contribution of another's."""
    _ = speak(language)
    return Form(
        f"feedback #{contribution.number}",
        _.language,
        feedback(language),
        (Text(TEXT, _("What do you want to say?"), _("Write something first.")),),
        _("Send"),
        _("Cancel"),
        _.message(Paragraph((Words(f"#{contribution.number} "), *names.quoted(_, contribution.text)))),
    )


def choosing_session(sessions: Sequence[Session], *, language: str) -> Form:
    """Which of the sessions to come is to be edited."""
    _ = speak(language)
    options = tuple((names.title(_, session), session.slug) for session in sessions)
    which = Choice(SESSION, _("Which session?"), options)
    return Form("session edit", _.language, edit(language), (which,), _("Go on"), _("Cancel"))


def editing_session(session: Session, spoken: str, *, language: str) -> Form:
    """Its title and its questions in the language that is `spoken`."""
    _ = speak(language)
    missing = _("Write something first.")
    questions = "\n".join(in_language(question, spoken) for question in session.questions)
    return Form(
        f"session edit {session.slug}",
        _.language,
        edit(language),
        (
            Text(TITLE, _("What is it called?"), missing, session.title.get(spoken, ""), one_line=True, longest=150),
            Text(QUESTIONS, _("Its questions: one on each line"), missing, questions, optional=True),
        ),
        _("Save"),
        _("Cancel"),
        _.message(Paragraph((Words(names.title(_, session), bold=True), Words(f" · {names.language(_, spoken)}")))),
    )


def edit(language: str) -> str:
    """What the form is called."""
    _ = speak(language)
    return _("Edit a session")


def words_alone(path: str, rest: str, title: str, language: str) -> Form:
    """The words that somebody typed, where there is no form for them any more: they are not to be lost."""
    _ = speak(language)
    text = Text(TEXT, _("What do you want to say?"), _("Write something first."))
    return Form(f"{path} {rest}".strip(), _.language, title, (text,), _("Send"), _("Cancel"))


def contribute(language: str) -> str:
    """What the form is called, and the button that opens it."""
    _ = speak(language)
    return _("Contribute")


def object_(language: str) -> str:
    """As above."""
    _ = speak(language)
    return _("Object")


def feedback(language: str) -> str:
    """As above."""
    _ = speak(language)
    return _("Give feedback")


def taking_part(_: Speech) -> Buttons:
    """Under an opening: a form, and an end to reminders."""
    return Buttons(
        (Button(_("Contribute"), "idea", "primary", asks=True), Button(_("Stop reminders"), "settings off")), spare=True
    )


def close(language: str) -> str:
    """What ends a view in which there is nothing left to do."""
    _ = speak(language)
    return _("Close")
