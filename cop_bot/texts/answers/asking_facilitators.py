"""The questions that are asked first of a facilitator; each says what will happen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from cop_bot.domain.member import Member
from cop_bot.domain.reminder import Skip
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.answers.facilitators import how_many
from cop_bot.texts.languages import speak


def shifting(by: timedelta, sessions: int, *, language: str = "en") -> str:
    """Asked before what is still to come moves."""
    _ = speak(language)
    coming = _.plural("{count} session that is still to come", "{count} sessions that are still to come", sessions)
    return _("Move {coming} by {time}? The gatherings after them move too.", coming=coming, time=names.length(_, by))


def opening(session: Session, *, language: str = "en") -> str:
    """Asked before a session opens early."""
    _ = speak(language)
    return _("Open “{title}” now, before its time? The opening is posted at once.", title=names.title(_, session))


def closing(session: Session, contributions: int, *, language: str = "en") -> str:
    """Asked before a session closes early."""
    _ = speak(language)
    return _(
        "Close “{title}” now, with {count}? It can be opened again within a day.",
        title=names.title(_, session),
        count=names.contributions(_, contributions),
    )


def skipping(session: Session, *, is_last: bool = False, language: str = "en") -> str:
    """Asked before a session is left out; `is_last`: nothing comes after it but the findings."""
    _ = speak(language)
    title = names.title(_, session)
    question = _("Leave out “{title}”? It is said in the channel.", title=title)
    after = _("It is the last one: the findings over all sessions come when it was to close.")
    return f"{question} {after}" if is_last else question


def publishing(session: Session, *, language: str = "en") -> str:
    """Asked before a summary is posted."""
    _ = speak(language)
    return _("Post the summary of “{title}” in the channel, for everybody?", title=names.title(_, session))


def publishing_findings(*, language: str = "en") -> str:
    """Asked before the findings are posted."""
    _ = speak(language)
    return _("Post the findings in the channel, for everybody?")


def removing(member: Member, *, language: str = "en") -> str:
    """Asked before somebody stops being a facilitator."""
    return speak(language)("Should {name} no longer facilitate this programme?", name=member.name)


def reminding(decisions: Sequence[datetime | Skip], *, now: datetime, language: str = "en") -> str:
    """Asked before the quiet ones are reminded."""
    _ = speak(language)
    return f"{_('Remind the quiet ones now?')} {how_many(_, decisions, now)}"
