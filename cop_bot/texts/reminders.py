"""What a quiet member reads, alone: never who else is quiet, always how to pause and how to stop."""

from __future__ import annotations

from cop_bot.domain.member import Member
from cop_bot.domain.message import Button, Buttons, Command, Link, Message, Moment, Note, Paragraph, Words
from cop_bot.domain.programme import Programme, in_language
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.languages import for_member, speak

PAUSE, STOP = "settings pause 14d", "settings off"


def reminder(
    programme: Programme, session: Session, member: Member, *, place_name: str | None, place_link: str | None
) -> Message:
    """A session is open and this member may want to take part. `place_link` leads to the place, if there is one."""
    _ = speak(for_member(programme, member))
    called = place_name or programme.name(_.language)  # a link leads to the opening there
    place = Link(place_link, called) if place_link else Words(called)
    closes = Moment(session.last_minute, member.zone or programme.zone)
    title = Words(names.title(_, session), bold=True)
    questions = [in_language(question, _.language) for question in session.questions[:1]]
    return _.message(
        Paragraph(_.spans("{title} is open until {closes}.", title=title, closes=closes)),
        *(Paragraph(_.spans("A question to start from: {question}", question=question)) for question in questions),
        Paragraph(
            _.spans("What is your view? Write it in {place}, or answer me here; a line or two is enough.", place=place)
        ),
        Buttons((Button(_("Contribute"), "idea", "primary", asks=True),), spare=True),
        Buttons((Button(_("Pause for 2 weeks"), PAUSE), Button(_("Stop reminders"), STOP))),
        Note(
            _.spans(
                "Only you can see this. To pause reminders: {pause}. To stop them: {stop}.",
                pause=Command(PAUSE),
                stop=Command(STOP),
            )
        ),
    )
