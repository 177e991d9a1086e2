"""What somebody is told who facilitates from now on, or no longer."""

from __future__ import annotations

from cop_bot.domain.member import Member
from cop_bot.domain.message import Command, Message, Note, Paragraph, Words
from cop_bot.domain.programme import Programme
from cop_bot.texts.languages import for_member, speak


def facilitates(programme: Programme, member: Member) -> Message:
    """A facilitator has named them."""
    _ = speak(for_member(programme, member))
    title = Words(programme.name(_.language), bold=True)
    return _.message(
        Paragraph(_.spans("You facilitate {programme} from now on.", programme=title)),
        Note(_.spans("What you can do: {command}.", command=Command("help"))),
    )


def no_longer(programme: Programme, member: Member) -> Message:
    """A facilitator has taken them off the list."""
    _ = speak(for_member(programme, member))
    title = Words(programme.name(_.language), bold=True)
    return _.message(
        Paragraph(_.spans("You no longer facilitate {programme}. Thank you for what you did.", programme=title))
    )
