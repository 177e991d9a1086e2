"""What a facilitator is answered, alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cop_bot.domain.gathering import Gathering
from cop_bot.domain.message import Bullets, Command, Heading, Message, Moment, Note, Paragraph, Spans, Words
from cop_bot.domain.place import Place
from cop_bot.domain.programme import Programme
from cop_bot.domain.reminder import Skip
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.answers.members import agenda
from cop_bot.texts.commands import FINDINGS
from cop_bot.texts.languages import Speech, later, speak

_NOT_REMINDED = {
    Skip.CONTRIBUTED: later("already contributed"),
    Skip.PAUSED: later("paused"),
    Skip.OFF: later("wants no reminders"),
    Skip.NIGHT: later("it is night there"),
    Skip.UNREACHABLE: later("can't be reached"),
    Skip.NOT_A_PERSON: later("not a person"),
    Skip.FACILITATES: later("facilitates"),
    Skip.SAME_DAY: later("hears from me that day already"),
    Skip.MISSED: later("I was not there in their daylight"),
}

Counts = Mapping[int, tuple[int, int]]
"""The id of a session -> how many contributions it has, from how many people."""


def programme_shown(
    programme: Programme,
    place: Place,
    sessions: Sequence[Session],
    gatherings: Sequence[Gathering],
    counts: Counts,
    *,
    language: str = "en",
) -> Message:
    """The whole programme in its own zone."""
    _ = speak(language)
    plan = agenda(programme, sessions, gatherings, programme.zone, language=language)
    total = names.contributions(_, sum(contributions for contributions, _people in counts.values()))
    return replace(plan, blocks=(*plan.blocks, Note(names.dotted(place.shown_name, programme.zone, total))))


def shifted(
    programme: Programme, sessions: Sequence[Session], gatherings: Sequence[Gathering], *, language: str = "en"
) -> Message:
    """What is still to come has moved."""
    _ = speak(language)
    plan = agenda(programme, sessions, gatherings, programme.zone, language=language)
    return replace(plan, blocks=(Paragraph((Words(_("Moved. The plan is now:")),)), *plan.blocks[1:]))


def sessions_listed(
    programme: Programme, sessions: Sequence[Session], counts: Counts, zone: str, *, language: str = "en"
) -> Message:
    """All sessions, where they stand, and how much each has."""
    _ = speak(language)
    lines = tuple((*names.window(_, one, zone), *_counted(_, one, counts)) for one in sessions)
    return _.message(Heading(programme.name(_.language)), Bullets(lines))


def _counted(_: Speech, session: Session, counts: Counts) -> Spans:
    contributions, people = counts.get(session.id or 0, (0, 0))
    if not contributions:
        return ()
    return (Words(f" · {names.contributions(_, contributions)} · {names.people(_, people)}"),)


def session_opened(programme: Programme, session: Session, *, language: str = "en") -> Message:
    """A session was opened before its time."""
    return _about(programme, session, later("{title} is open now, until {closes}."), language)


def session_closed(programme: Programme, session: Session, *, language: str = "en") -> Message:
    """A session was closed."""
    return _about(programme, session, later("{title} is closed. Its summary comes next."), language)


def session_extended(programme: Programme, session: Session, *, language: str = "en") -> Message:
    """A session stays open longer."""
    return _about(programme, session, later("{title} is open until {closes} now."), language)


def session_reopened(programme: Programme, session: Session, *, language: str = "en") -> Message:
    """A session that had closed is open again."""
    return _about(programme, session, later("{title} is open again, until {closes}."), language)


def session_edited(programme: Programme, session: Session, *, language: str = "en") -> Message:
    """A session is called otherwise, or asks something else."""
    _ = speak(language)
    title, opens = Words(names.title(_, session), bold=True), Moment(session.opens_at, programme.zone)
    return _.message(Paragraph(_.spans("It is called so now: {title}. It opens {opens}.", title=title, opens=opens)))


def session_skipped(programme: Programme, session: Session, *, language: str = "en") -> Message:
    """A session was left out."""
    return _about(programme, session, later("{title} is left out. The other sessions keep their times."), language)


def published(programme: Programme, session: Session, *, language: str = "en") -> Message:
    """A summary is on its way to the channel."""
    return _about(programme, session, later("The summary of {title} is being posted in the channel."), language)


def nothing_new(programme: Programme, session: Session, *, language: str = "en") -> Message:
    """A summary stands as it would be written now."""
    return _about(programme, session, later("The summary of {title} is up to date: nothing has come since."), language)


def _about(programme: Programme, session: Session, sentence: str, language: str) -> Message:
    _ = speak(language)
    title = Words(names.title(_, session), bold=True)
    return _.message(Paragraph(_.spans(sentence, title=title, closes=names.closing(programme, session))))


def remind_preview(
    decisions: Mapping[str, datetime | Skip], zone: str, *, now: datetime, language: str = "en"
) -> Message:
    """Who would be reminded, and when, and who not and why: name -> decision. Times are spelled out in `zone`."""
    _ = speak(language)
    if not decisions:
        return _.message(Paragraph((Words(_("There is nobody to remind.")),)))
    lines = tuple(
        (Words(name, bold=True), Words(": "), *_decided(_, decision, zone, now)) for name, decision in decisions.items()
    )
    return _.message(
        Paragraph((Words(_("Nothing was sent. A reminder now would mean:")),)),
        Bullets(lines),
        Note(_.spans("Only you can see this. To send: {command}.", command=Command("remind"))),
    )


def _decided(_: Speech, decision: datetime | Skip, zone: str, now: datetime) -> Spans:
    if isinstance(decision, Skip):
        return (Words(_(_NOT_REMINDED[decision])),)
    if decision <= now:
        return (Words(_("now")),)
    return _.spans("{moment}, in their daylight", moment=Moment(decision, zone))


def reminded(decisions: Sequence[datetime | Skip], *, now: datetime, language: str = "en") -> Message:
    """Reminders are on their way."""
    _ = speak(language)
    return _.message(
        Paragraph((Words(how_many(_, decisions, now)),)),
        Note((Words(_("Each hears from me alone, in the daylight of their own zone.")),)),
    )


def nobody_to_remind(*, language: str = "en") -> Message:
    """Everybody has contributed, or wants no reminders."""
    _ = speak(language)
    return _.message(
        Paragraph((Words(_("There is nobody to remind.")),)),
        Note(_.spans("To see why: {command}.", command=Command("remind --dry-run"))),
    )


def how_many(_: Speech, decisions: Sequence[datetime | Skip], now: datetime) -> str:
    """How many members hear it now, how many later, how many not."""
    times = [decision for decision in decisions if not isinstance(decision, Skip)]
    at_once = sum(moment <= now for moment in times)
    return _(
        "Reminded now: {at_once}. Later, in their daylight: {later}. Not reminded: {left_out}.",
        at_once=at_once,
        later=len(times) - at_once,
        left_out=len(decisions) - len(times),
    )


def draft(summary: Message, theme: str) -> Message:
    """A summary as it would be posted, for one facilitator alone. `theme` is the session's id."""
    _ = speak(summary.language)
    how = _.spans("Only you can see this draft. To post it: {command}.", command=Command(f"summary publish {theme}"))
    if theme == FINDINGS:
        return replace(summary, blocks=(Note(how), *summary.blocks))
    correct = _.spans(
        "To correct it: {out} takes line 3 out, {say} words it anew, {add} puts in a line of yours.",
        out=Command(f"summary draft {theme} 3 out"),
        say=Command(f"summary draft {theme} 3 say …"),
        add=Command(f"summary draft {theme} add …"),
    )
    return replace(summary, blocks=(Note(how), Note(correct), *summary.blocks))


def corrected(draft: Message) -> Message:
    """The draft after a correction."""
    _ = speak(draft.language)
    how = _.spans("Corrected. To take that back: {command}.", command=Command("undo"))
    return replace(draft, blocks=(Paragraph(how), *draft.blocks))


def findings_published(*, language: str = "en") -> Message:
    """The findings are on their way to the channel."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("The findings are being posted in the channel.")),)))


def preview(summary: Message) -> Message:
    """The same of a session that is still open."""
    _ = speak(summary.language)
    how = _("Only you can see this draft. The summary is made when the session closes.")
    return replace(summary, blocks=(Note((Words(how),)), *summary.blocks))


def facilitators_listed(programme: Programme, facilitators: Sequence[str], *, language: str = "en") -> Message:
    """Who facilitates a programme, by name."""
    _ = speak(language)
    title = Words(programme.name(_.language), bold=True)
    if not facilitators:
        return _.message(
            Paragraph(
                _.spans(
                    "Nobody is named as facilitator of {programme}; administrators of the workspace may act.",
                    programme=title,
                )
            )
        )
    return _.message(
        Paragraph(_.spans("The facilitators of {programme}:", programme=title)),
        Bullets(tuple((Words(name),) for name in facilitators)),
    )


def facilitator_added(name: str, *, language: str = "en") -> Message:
    """Somebody facilitates from now on."""
    _ = speak(language)
    return _.message(Paragraph(_.spans("{name} facilitates this programme now.", name=name)))


def facilitator_removed(name: str, *, language: str = "en") -> Message:
    """Somebody facilitates no longer."""
    _ = speak(language)
    return _.message(Paragraph(_.spans("{name} no longer facilitates this programme.", name=name)))
