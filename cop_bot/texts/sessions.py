"""What is said in the place about sessions and gatherings."""

from __future__ import annotations

from collections.abc import Sequence

from cop_bot.domain.gathering import Gathering, GatheringKind
from cop_bot.domain.message import (
    Block,
    Bullets,
    Code,
    Command,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Spans,
    Words,
)
from cop_bot.domain.place import Place
from cop_bot.domain.programme import Programme, in_language
from cop_bot.domain.session import Session
from cop_bot.texts import forms, names
from cop_bot.texts.languages import Speech, for_place, speak


def opening(programme: Programme, session: Session, *, ai: bool, language: str = "") -> Message:
    """A session opens: its questions, what to read, how to take part. `ai`: whether a model will read it all;
    `language`: where it is not the place's own.
    """
    _ = speak(language or for_place(programme))
    return _.message(
        Heading(names.title(_, session)),
        Paragraph(_.spans("This session is open now, until {closes}.", closes=names.closing(programme, session))),
        *_questions(_, session),
        *_resources(_, session),
        Paragraph(_how_to_take_part(_)),
        forms.taking_part(_),
        Note(_privacy(_, programme, ai)),
    )


def _questions(_: Speech, session: Session) -> tuple[Block, ...]:
    questions = tuple((Words(in_language(question, _.language)),) for question in session.questions)
    return (Bullets(questions, _("Questions to start from")),) if questions else ()


def _resources(_: Speech, session: Session) -> tuple[Block, ...]:
    resources = tuple(
        (Link(resource["url"], resource["title"]) if resource["url"] else Words(resource["title"]),)
        for resource in session.resources
    )
    return (Bullets(resources, _("To read or look at first")),) if resources else ()


def _how_to_take_part(_: Speech) -> Spans:
    return _.spans(
        "To take part, write a message here, long or short; reply in a thread to give feedback. "
        "You may begin with {idea}, {question}, {resource} or {lesson}. A 🌱 on your message means that it is kept.",
        idea=Code(_("idea") + ":"),
        question=Code(_("question") + ":"),
        resource=Code(_("resource") + ":"),
        lesson=Code(_("lesson") + ":"),
    )


def _privacy(_: Speech, programme: Programme, ai: bool) -> Spans:
    decided = programme.decided()
    kept = _.spans(
        "{host} keeps what is posted here during the session, with the author's name, for {time}.",
        host=decided.host or _("The host of this programme"),
        time=names.length(_, decided.keep),
    )
    read = (
        _("An AI model reads it, without the authors' names, to write the summary.")
        if ai
        else _("No AI model reads it.")
    )
    erase = _.spans("To erase what is yours: {command}.", command=Command("settings forget"))
    ask = _.spans("Questions about this: {contact}.", contact=decided.contact) if decided.contact else ()
    return (*kept, Words(f" {read} "), *erase, *((Words(" "), *ask) if ask else ()))


def extended(programme: Programme, session: Session) -> Message:
    """An open session closes later than it was said."""
    _ = speak(for_place(programme))
    return _.message(
        Paragraph(
            _.spans(
                "{title} stays open longer: until {closes}.",
                title=Words(names.title(_, session), bold=True),
                closes=names.closing(programme, session),
            )
        ),
        Paragraph((Words(_("There is time for another idea, question or reply.")),)),
    )


def moved(programme: Programme, sessions: Sequence[Session], gatherings: Sequence[Gathering] = ()) -> Message:
    """What is still to come has moved; `sessions` and `gatherings` as they are planned now."""
    _ = speak(for_place(programme))
    lines = [names.window(_, session, programme.zone) for session in sessions]
    lines += [names.appointment(_, gathering, programme.zone) for gathering in gatherings]
    return _.message(Paragraph((Words(_("The next sessions have moved. They are now:")),)), Bullets(tuple(lines)))


def skipped(programme: Programme, session: Session) -> Message:
    """A planned session is left out."""
    _ = speak(for_place(programme))
    title = Words(names.title(_, session), bold=True)
    return _.message(
        Paragraph(_.spans("{title} is left out of the programme.", title=title)),
        Paragraph(_.spans("See what comes next: {command}.", command=Command("agenda"))),
    )


def reopened(programme: Programme, session: Session) -> Message:
    """A session that had closed is open again."""
    _ = speak(for_place(programme))
    title = Words(names.title(_, session), bold=True)
    return _.message(
        Paragraph(
            _.spans("{title} is open again, until {closes}.", title=title, closes=names.closing(programme, session))
        ),
        Paragraph((Words(_("There is time for another idea, question or reply.")),)),
    )


def planned_again(programme: Programme, session: Session) -> Message:
    """A session that had opened too early, or was left out, comes after all."""
    _ = speak(for_place(programme))
    title = Words(names.title(_, session), bold=True)
    opens = Moment(session.opens_at, programme.zone)
    return _.message(
        Paragraph(_.spans("A correction: {title} opens {opens}.", title=title, opens=opens)),
        Paragraph(_.spans("See what comes next: {command}.", command=Command("agenda"))),
    )


def closes_again(programme: Programme, session: Session) -> Message:
    """A session that was to stay open longer closes when it was to close."""
    _ = speak(for_place(programme))
    title = Words(names.title(_, session), bold=True)
    closes = names.closing(programme, session)
    return _.message(Paragraph(_.spans("A correction: {title} is open until {closes}.", title=title, closes=closes)))


def awaiting_review(programme: Programme, session: Session, *, contributions: int, people: int) -> Message:
    """A session has closed and a facilitator reads its summary before everybody does."""
    _ = speak(for_place(programme))
    return _.message(
        Heading(names.title(_, session)),
        Paragraph((Words(_("This session is closed. Thank you for taking part.")),)),
        Paragraph((Words(_("A facilitator reads the summary first, then it is posted here.")),)),
        Note(names.dotted(names.people(_, people), names.contributions(_, contributions))),
    )


def announcement(programme: Programme, gathering: Gathering) -> Message:
    """The kick-off or the plenary: when and where."""
    _ = speak(for_place(programme))
    starts = Moment(gathering.starts_at, programme.zone)
    ends = Moment(gathering.ends_at, programme.zone, "time") if gathering.ends_at else None
    when = _.spans("It starts on {starts} and ends at {ends}.", starts=starts, ends=ends) if ends else None
    purpose = in_language(programme.decided().purpose, _.language)
    about = _kickoff(_, purpose) if gathering.kind is GatheringKind.KICKOFF else _plenary(_)
    place = names.where(gathering)
    return _.message(
        Heading(f"{names.gathering_name(_, gathering)} · {programme.name(_.language)}"),
        Paragraph(when or _.spans("It starts on {starts}.", starts=starts)),
        *((Paragraph(_.spans("Where: {where}", where=place)),) if place else ()),
        *about,
    )


def _kickoff(_: Speech, purpose: str) -> tuple[Block, ...]:
    about = (Paragraph((Words(purpose),)),) if purpose else ()
    return (*about, Paragraph((Words(_("You are welcome: we get to know each other and the programme.")),)))


def _plenary(_: Speech) -> tuple[Block, ...]:
    return (Paragraph((Words(_("You are welcome: we look at the findings and decide on the next steps.")),)),)


def plan_changed(programme: Programme, sessions: Sequence[Session]) -> Message:
    """For the facilitators: a changed programme file has been applied; `sessions` as they are planned now."""
    _ = speak(for_place(programme))
    return _.message(
        Paragraph(
            _.spans(
                "The programme file of {programme} has changed. The plan is now:",
                programme=Words(programme.name(_.language), bold=True),
            )
        ),
        Bullets(tuple(names.window(_, session, programme.zone) for session in sessions)),
        Note(_.spans("What has already happened stays as it was. To see all: {command}.", command=Command("agenda"))),
    )


def promises_not_kept(programme: Programme, keys: Sequence[str]) -> Message:
    """For a facilitator: the file of a programme that runs already promises people what this version does not do."""
    _ = speak(for_place(programme))
    return _.message(
        Paragraph(
            _.spans(
                "The file of {programme} promises people something that I don't do yet: {keys}.",
                programme=Words(programme.name(_.language), bold=True),
                keys=", ".join(keys),
            )
        ),
        Paragraph((Words(_("Tell them so, and have that taken out of the file. The programme goes on meanwhile.")),)),
    )


def place_is_gone(programme: Programme, place: Place) -> Message:
    """For a facilitator: the bot can't reach the channel of the programme any more."""
    _ = speak(for_place(programme))
    called = place.shown_name or programme.name(_.language)
    return _.message(
        Paragraph(
            _.spans("I can't reach {place} any more: it was archived, made anew, or I was removed.", place=called)
        ),
        Paragraph((Words(_("Invite me there again. Until then nothing is kept, and what I want to say waits.")),)),
    )


def rights_are_missing(programme: Programme, rights: Sequence[str]) -> Message:
    """For a facilitator: the platform has not given the bot what it needs."""
    _ = speak(for_place(programme))
    return _.message(
        Paragraph(
            _.spans(
                "I lack rights that I need for {programme}: {rights}.",
                programme=programme.name(_.language),
                rights=", ".join(rights),
            )
        ),
        Paragraph((Words(_("An administrator gives them when the app is installed again with its manifest.")),)),
    )
