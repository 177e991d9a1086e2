"""What is answered, alone, to who asks for a summary with all contributions."""

from __future__ import annotations

from cop_bot.domain.message import Code, Message, Note, Paragraph, Words
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.languages import speak


def full_reply_sent(session: Session, parts: int, *, language: str = "en") -> Message:
    """It comes by direct message, in several parts."""
    _ = speak(language)
    sent = _.spans(
        "The summary of {title} with all contributions comes to you alone, in {count} messages.",
        title=Words(names.title(_, session), bold=True),
        count=str(parts),
    )
    return _.message(Paragraph(sent))


def full_reply_too_long(session: Session, parts: int, *, language: str = "en") -> Message:
    """It would take more messages than anybody reads in a chat."""
    _ = speak(language)
    long = _.spans(
        "The summary of {title} with all contributions would take {count} messages: too many for a chat.",
        title=Words(names.title(_, session), bold=True),
        count=str(parts),
    )
    file = _.spans("Whoever runs the bot can make a file of it: {command}.", command=Code("cop export --format md"))
    return _.message(Paragraph(long), Note(file))
