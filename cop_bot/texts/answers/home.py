"""What somebody finds who opens the bot: where the programme is, what they can do now, what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cop_bot.domain.gathering import Gathering
from cop_bot.domain.member import Member
from cop_bot.domain.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Command,
    Heading,
    Message,
    Moment,
    Note,
    Paragraph,
    Words,
)
from cop_bot.domain.programme import Programme, in_language
from cop_bot.domain.session import Session
from cop_bot.texts import names
from cop_bot.texts.answers.members import calendar, reminders
from cop_bot.texts.languages import Speech, speak

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands in a programme. `contributed`: how often, in the programme; `coming` opens next."""

    programme: Programme
    sessions: Sequence[Session]
    gatherings: Sequence[Gathering]
    open_now: Session | None
    coming: Session | None
    contributed: int
    has_summary: bool
    facilitates: bool


def home(standing: Standing, member: Member, zone: str, *, now: datetime, language: str = "en") -> Message:
    """For one member, in their `zone`."""
    _ = speak(language)
    return _.message(
        Heading(standing.programme.name(_.language)),
        *_now(_, standing, zone, now),
        Paragraph((Words(_mine(_, standing.contributed)),)),
        Buttons(tuple(_ways(_, standing)), spare=True),
        Bullets(calendar(_, standing.sessions, standing.gatherings, zone)[:_SHOWN], _("The calendar")),
        Note(reminders(_, member, zone, now)),
        Buttons(tuple(_quiet(_, member, now)), spare=True),
        Note(_.spans("All that you can type: {command}.", command=Command("help all"))),
    )


def _now(_: Speech, standing: Standing, zone: str, now: datetime) -> Sequence[Block]:
    session = standing.open_now
    if session is None:
        coming = standing.coming
        if coming is None:
            return (Paragraph((Words(_("No session is open now.")),)),)
        opens = Moment(coming.opens_at, zone)
        return (Paragraph(_.spans("Next: {title} opens {opens}", title=names.title(_, coming), opens=opens)),)
    title = Words(names.title(_, session), bold=True)
    closes = Moment(session.last_minute, zone)
    left = (session.last_minute.astimezone(ZoneInfo(zone)).date() - now.astimezone(ZoneInfo(zone)).date()).days
    days = _.plural("{count} day left.", "{count} days left.", left) if left else _("It closes today.")
    questions = [in_language(question, _.language) for question in session.questions]
    return (
        Paragraph((*_.spans("{title} is open until {closes}.", title=title, closes=closes), Words(f" {days}"))),
        *((Bullets(tuple((Words(one),) for one in questions), _("Questions to start from")),) if questions else ()),
    )


def _mine(_: Speech, contributed: int) -> str:
    if not contributed:
        return _("You have not contributed to this programme yet.")
    return _.plural(
        "You have contributed {count} time to this programme.",
        "You have contributed {count} times to this programme.",
        contributed,
    )


def _ways(_: Speech, standing: Standing) -> list[Button]:
    return [
        *([Button(_("Contribute"), "idea", "primary", asks=True)] if standing.open_now else []),
        *([Button(_("What I contributed"), "status")] if standing.contributed else []),
        *([Button(_("The latest summary"), "summary")] if standing.has_summary else []),
        *([Button(_("The programme"), "programme show")] if standing.facilitates else []),
    ]


def _quiet(_: Speech, member: Member, now: datetime) -> list[Button]:
    if not member.wants_reminders:
        return [Button(_("Reminders again"), "settings on")]
    if member.paused_until and member.is_paused(now):
        return [Button(_("Reminders again"), "settings resume"), Button(_("Stop reminders"), "settings off")]
    return [Button(_("Pause for 2 weeks"), "settings pause 14d"), Button(_("Stop reminders"), "settings off")]
