"""What a member is answered, alone, about contributions and about what is going on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.gathering import Gathering
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
    Moment,
    Note,
    Paragraph,
    Span,
    Spans,
    Words,
)
from cop_bot.domain.programme import Programme, in_language
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, speak

SHOWN = 20
"""How many contributions are listed at once: about what a platform shows in one message."""
_EXCERPT = 80


def recorded(number: int, kind: Kind, programme: Programme, *, posted: bool = False, language: str = "en") -> Message:
    """A contribution made by a command, or (`posted`) in an answer to the bot, is kept."""
    _ = speak(language)
    other = "idea" if kind is Kind.QUESTION else "question"
    return _.message(
        Paragraph(
            _.spans(
                "Kept as #{number} ({kind}) in {programme}. Thank you.",
                number=str(number),
                kind=names.kind(_, kind),
                programme=programme.name(_.language),
            )
        ),
        *((Paragraph((Words(_("I post it in the channel, with your name.")),)),) if posted else ()),
        *((Buttons((Button(_("Take it back"), f"withdraw #{number}"),)),) if posted else ()),
        Note(
            _.spans(
                "To say that it is something else: {kind}. To take it back: {withdraw}.",
                kind=Command(f"kind #{number} {other}"),
                withdraw=Command(f"withdraw #{number}"),
            )
        ),
    )


def unreadable(*, language: str = "en") -> Message:
    """A message in which the bot can read nothing."""
    _ = speak(language)
    words = _("I can't read this message, so it is not kept for the session. Say in words what it shows, please.")
    return _.message(Paragraph((Words(words),)))


def already(number: int, *, language: str = "en") -> Message:
    """The same message was kept before."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("This is kept already, as #{number}.", number=number)),)))


def withdrawn(number: int, *, language: str = "en") -> Message:
    """A contribution is erased from the record."""
    _ = speak(language)
    return _.message(
        Paragraph((Words(_("#{number} is withdrawn: its words are erased here.", number=number)),)),
        Note((Words(_("A message of your own stays in the channel until you delete it there.")),)),
    )


def kind_changed(number: int, kind: Kind, *, language: str = "en") -> Message:
    """A contribution is of another kind now."""
    _ = speak(language)
    words = _("#{number} is of this kind now: {kind}.", number=number, kind=names.kind(_, kind))
    return _.message(Paragraph((Words(words),)))


def filed(number: int, question: int, asked: Mapping[str, str], *, language: str = "en") -> Message:
    """A contribution stands under a guiding question now."""
    _ = speak(language)
    words = _.spans(
        "#{number} is filed under question {question} now: {asked}",
        number=str(number),
        question=str(question),
        asked=in_language(dict(asked), _.language),
    )
    return _.message(Paragraph(words))


def by_command(
    kind: Kind, number: int, name: str, text: str, *, said_to: Span | None = None, language: str = "en"
) -> Message:
    """For everybody in the place: what a member contributed by a command, in their own words. `said_to`: the number of
    what it replies to, with its link.
    """
    _ = speak(language)
    who = _.spans(
        "#{number} · {kind} from {name}",
        number=str(number),
        kind=names.kind(_, kind),
        name=Words(name, bold=True),
    )
    reply = (Words(" → "), said_to) if said_to is not None else ()
    return _.message(Paragraph((*who, *reply)), Paragraph((Words(text),)))


def taken_back(number: int | None, *, language: str = "en") -> Message:
    """For everybody in the place: instead of the words of a contribution that was withdrawn."""
    _ = speak(language)
    words = _("This contribution was withdrawn.") if number is None else _("#{number} was withdrawn.", number=number)
    return _.message(Paragraph((Words(words),)))


def no_longer_needed(language: str = "en") -> Message:
    """For everybody in the place: instead of the last part of a summary that has become shorter."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("The summary has become shorter: it ends above.")),)))


def nothing_to_know_any_more(*, language: str = "en") -> Message:
    """For a facilitator: instead of what they should have looked at, which has been withdrawn since."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("What stood here was withdrawn; there is nothing to look at any more.")),)))


def status(
    programme: Programme,
    session: Session | None,
    mine: Sequence[Contribution],
    member: Member,
    zone: str,
    *,
    now: datetime,
    coming: Session | None = None,
    language: str = "en",
) -> Message:
    """What is open (`session`) or opens next (`coming`), one's own contributions, and whether reminders come."""
    _ = speak(language)
    return _.message(
        Heading(programme.name(_.language)),
        Paragraph(_what_is_open(_, session, zone)),
        *((Paragraph(_opens_next(_, coming, zone)),) if session is None and coming else ()),
        *_mine(_, [contribution for contribution in mine if not contribution.is_withdrawn]),
        Note(reminders(_, member, zone, now)),
    )


def _what_is_open(_: Speech, session: Session | None, zone: str) -> Spans:
    if session is None:
        return (Words(_("No session is open now.")),)
    return _.spans(
        "{title} is open until {closes}.",
        title=Words(names.title(_, session), bold=True),
        closes=Moment(session.last_minute, zone),
    )


def _opens_next(_: Speech, session: Session, zone: str) -> Spans:
    opens = Moment(session.opens_at, zone)
    return _.spans("Next: {title} opens {opens}", title=names.title(_, session), opens=opens)


def _mine(_: Speech, mine: Sequence[Contribution]) -> tuple[Block, ...]:
    if not mine:
        return (Paragraph((Words(_("You have not contributed to this programme yet.")),)),)
    shown = Bullets(tuple(contribution_line(_, one) for one in mine[-SHOWN:]), _("Your contributions"))
    earlier = len(mine) - SHOWN
    if earlier <= 0:
        return (shown,)
    return shown, Note((Words(_.plural("And {count} earlier one.", "And {count} earlier ones.", earlier)),))


def reminders(_: Speech, member: Member, zone: str, now: datetime) -> Spans:
    """Whether reminders come to this member, and how to change it."""
    if not member.wants_reminders:
        return _.spans("You get no reminders. To get them again: {command}.", command=Command("settings on"))
    if member.paused_until and member.is_paused(now):
        return _.spans("Your reminders are paused until {until}.", until=Moment(member.paused_until, zone))
    return _.spans("You get reminders. To stop them: {command}.", command=Command("settings off"))


def contribution_line(_: Speech, contribution: Contribution, theme: str = "") -> Spans:
    """One contribution in a list: its number (a link if its address is known), its kind, how it begins."""
    number = f"#{contribution.number}"
    text = " ".join(contribution.own_words.split()) or ", ".join(contribution.files)
    return names.dotted(
        Link(contribution.permalink, number) if contribution.permalink else number,
        names.kind(_, contribution.kind),
        theme,
        _("late") if contribution.late else None,
        text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…",
    )


def agenda(
    programme: Programme,
    sessions: Sequence[Session],
    gatherings: Sequence[Gathering],
    zone: str,
    *,
    language: str = "en",
) -> Message:
    """All sessions and gatherings in the order of their times, in the reader's `zone`."""
    _ = speak(language)
    return _.message(Heading(programme.name(_.language)), Bullets(calendar(_, sessions, gatherings, zone)))


def calendar(_: Speech, sessions: Sequence[Session], gatherings: Sequence[Gathering], zone: str) -> tuple[Spans, ...]:
    """Their lines, in the order of their times."""
    lines = [(session.opens_at, names.window(_, session, zone)) for session in sessions]
    lines += [(gathering.starts_at, names.appointment(_, gathering, zone)) for gathering in gatherings]
    return tuple(spans for _at, spans in sorted(lines, key=lambda line: line[0]))


def found(words: str, rows: Sequence[tuple[Contribution, str]], *, language: str = "en") -> Message:
    """What a search brought: contributions, each with its theme."""
    _ = speak(language)
    if not rows:
        return _.message(
            Paragraph(_.spans("Nothing was found for “{words}”.", words=words)),
            Paragraph((Words(_("Try fewer or other words.")),)),
        )
    lines = tuple(contribution_line(_, contribution, theme) for contribution, theme in rows)
    return _.message(Paragraph(_.spans("Found for “{words}”:", words=words)), Bullets(lines))


def no_summary_yet(*, language: str = "en") -> Message:
    """No session has a summary yet, or not the one that was asked for."""
    _ = speak(language)
    return _.message(
        Paragraph((Words(_("There is no summary yet. It is posted when the session closes.")),)),
    )


def no_open_session(coming: Session | None, *, zone: str = "UTC", language: str = "en") -> Message:
    """Nothing can be contributed just now."""
    _ = speak(language)
    opens = _opens_next(_, coming, zone) if coming else ()
    nothing = Paragraph((Words(_("No session is open here now, so nothing was kept.")),))
    return _.message(nothing, *((Paragraph(opens),) if opens else ()))
