"""What a member is answered, alone, about reminders, about their own words, and about what can be typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cop_bot.domain.message import (
    Bullets,
    Button,
    Buttons,
    Code,
    Command,
    Heading,
    Message,
    Moment,
    Note,
    Paragraph,
    Words,
)
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.commands import Role
from cop_bot.texts.languages import Speech, speak
from cop_bot.texts.words import commands_for

ALL = "all"
"""What stands behind `help` for everything that can be typed."""
_FEW = ("idea", "feedback", "status", "agenda", "summary")


def reminders_paused(until: datetime, zone: str, *, language: str = "en") -> Message:
    """No reminders until then."""
    _ = speak(language)
    return _.message(
        Paragraph(_.spans("You get no reminders until {until}.", until=Moment(until, zone))),
        Note(_.spans("To get them earlier: {command}.", command=Command("settings resume"))),
    )


def reminders_off(*, language: str = "en") -> Message:
    """No reminders any more."""
    _ = speak(language)
    return _.message(
        Paragraph((Words(_("You get no reminders any more. You can go on taking part.")),)),
        Note(_.spans("To get them again: {command}.", command=Command("settings on"))),
    )


def reminders_on(*, language: str = "en") -> Message:
    """Reminders again."""
    _ = speak(language)
    return _.message(
        Paragraph((Words(_("You get reminders again, when a session is open and you have not posted in it.")),)),
        Note(_.spans("To stop them: {command}.", command=Command("settings off"))),
    )


def nothing_to_forget(*, language: str = "en") -> Message:
    """There is nothing of this member in the record."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("There is nothing of yours to erase.")),)))


def forgotten(count: int, *, language: str = "en") -> Message:
    """All of a member's contributions are erased."""
    _ = speak(language)
    erased = _.plural("{count} contribution of yours is erased.", "{count} contributions of yours are erased.", count)
    return _.message(
        Paragraph((Words(erased),)),
        Note((Words(_("Messages of your own stay in the channel until you delete them there.")),)),
    )


def help(role: Role, topic: str | None = None, *, language: str = "en") -> Message:  # noqa: A001 - it answers `help`
    """What this person can type: the few that one needs; of a topic (`session`) what belongs to it; of `all` all."""
    _ = speak(language)
    if topic is None:
        return _in_short(_)
    topic = None if topic.casefold() == ALL else topic
    commands = list(commands_for(role, topic or "")) or list(commands_for(role))
    mine = [command for command in commands if command.role == "member" and command.path != "cancel"]
    theirs = [command for command in commands if command.role == "facilitator"]
    return _.message(
        Heading(_("What you can type")),
        *(
            Bullets(tuple((Command(one.usage), Words(f" – {_(one.says)}")) for one in group), title)
            for group, title in ((mine, _("For everybody")), (theirs, _("For facilitators")))
            if group
        ),
        Paragraph((Words(_("While a session is open, any message in the channel is a contribution.")),)),
        Note((Words(_("In a thread, mention me and type the same words. Only you see the answers.")),)),
    )


def _in_short(_: Speech) -> Message:
    few = [one for path in _FEW for one in commands_for("member", path) if one.path == path]
    return _.message(
        Paragraph((Words(_("While a session is open, any message in the channel is a contribution.")),)),
        Bullets(tuple((Command(one.usage), Words(f" – {_(one.says)}")) for one in few)),
        Buttons((Button(_("Everything"), f"help {ALL}"),)),
        Note(_.spans("All that you can type: {command}.", command=Command("help all"))),
    )


def unknown(word: str, nearest: str | None, *, language: str = "en") -> Message:
    """A word that is no command, with the path of the nearest one."""
    _ = speak(language)
    meant = _.spans("Did you mean {command}?", command=Command(nearest)) if nearest else ()
    return _.message(
        Paragraph(_.spans("I don't know “{word}”.", word=word)),
        *((Paragraph(meant),) if meant else ()),
        *((Buttons((Button(nearest, nearest),)),) if nearest else ()),
        Note(_.spans("All that you can type: {command}.", command=Command("help all"))),
    )


def not_kept(unknown: Message, *, language: str = "en") -> Message:
    """Words in the channel that begin with our name and are no command."""
    _ = speak(language)
    words = _("Nothing was kept: what begins with my name is a command. To contribute it, write it without my name.")
    return replace(unknown, blocks=(*unknown.blocks[:1], Paragraph((Words(words),)), *unknown.blocks[1:]))


def hello(
    programme: Programme | None = None,
    session: Session | None = None,
    coming: Session | None = None,
    *,
    zone: str = "UTC",
    language: str = "en",
) -> Message:
    """To a greeting, thanks or a small question: what is open (`session`) or comes next, and two things to do."""
    _ = speak(language)
    hi = Paragraph((Words(_("Hello. I keep what this community says in its sessions, and sum it up.")),))
    if programme is None:
        return _.message(hi, Note(_.spans("All that you can type: {command}.", command=Command("help all"))))
    agenda, status = Button(_("Agenda"), "agenda"), Button(_("What I contributed"), "status")
    buttons = Buttons((agenda, status))
    typed = Note(_.spans("Or type {agenda} or {status}.", agenda=Command("agenda"), status=Command("status")))
    if session is not None:
        title = Words(names.title(_, session), bold=True)
        open_until = _.spans("{title} is open until {closes}.", title=title, closes=Moment(session.last_minute, zone))
        ask = Paragraph((Words(_("Write to me here what you think, and I post it in the channel with your name.")),))
        return _.message(hi, Paragraph(open_until), ask, buttons, typed)
    if coming is not None:
        title = Words(names.title(_, coming), bold=True)
        opens = _.spans("Next: {title} opens {opens}", title=title, opens=Moment(coming.opens_at, zone))
        return _.message(hi, Paragraph(opens), buttons, typed)
    return _.message(hi, Paragraph((Words(_("No session is open now.")),)), buttons, typed)


def apology(reference: str, *, language: str = "en") -> Message:
    """Something went wrong on our side; `reference` finds it in the log."""
    _ = speak(language)
    return _.message(
        Paragraph((Words(_("Sorry, something went wrong on our side. Please try again in a moment.")),)),
        Note(_.spans("If it happens again, tell a facilitator this reference: {reference}", reference=Code(reference))),
    )


def not_bound(*, language: str = "en") -> Message:
    """This channel has no programme."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("No programme takes place in this channel.")),)))


def for_facilitators_only(*, language: str = "en") -> Message:
    """A member asked for what only facilitators may do."""
    _ = speak(language)
    return _.message(
        Paragraph((Words(_("Only facilitators of this programme can do that. Nothing was changed.")),)),
        Note(_.spans("All that you can type: {command}.", command=Command("help all"))),
    )


def not_private(*, language: str = "en") -> Message:
    """For everybody: an answer that is for one person alone can't reach them here."""
    _ = speak(language)
    return _.message(Paragraph((Words(_("I can't answer you privately here. Open a chat with me and ask me there.")),)))


def standard_channels_only(*, language: str = "en") -> Message:
    """A platform does not let us work in this kind of channel."""
    _ = speak(language)
    return _.message(
        Paragraph(
            (
                Words(
                    _(
                        "I can only work in standard channels, and this one is private or shared: choose a standard "
                        "channel of this team for the programme, or ask an owner of the team to create one."
                    )
                ),
            )
        )
    )
