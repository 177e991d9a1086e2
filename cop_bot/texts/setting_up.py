"""From the invitation to a programme that is planned, without a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from cop_bot.domain.form import Choice, Day, Form, Text
from cop_bot.domain.message import Block, Bullets, Button, Buttons, Command, Message, Moment, Note, Paragraph, Words
from cop_bot.domain.plan import Concern, Plan, SessionPlan
from cop_bot.domain.programme import in_language
from cop_bot.rendering.dates import spelled_out
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, later, speak
from cop_bot.texts.mistakes import NOON

TITLE, ZONE, FIRST, DAYS, LINES, WHAT, NEXT = "title", "zone", "first_day", "days", "lines", "what", "next"
"""What the fields are called when their values come back."""

THEMES, QUESTIONS, PLAN, CHANGE = "themes", "questions", "plan", "change"
"""What stands in the fields to choose from."""

LENGTHS: Mapping[int, str] = {7: later("One week"), 14: later("Two weeks"), 21: later("Three weeks")}
"""Days of a session -> what is read; two weeks are usual."""

_SHOWN = 10


def greeting(place: str, called: str, *, language: str = "en") -> Message:
    """To who invited the bot; `called`: the name of the place, if it is known."""
    _ = speak(language)
    where = _.spans("You have invited me to {place}.", place=called) if called else ()
    keeps = _(
        "I keep what a Community of Practice says there in its sessions, remind those who are quiet, and sum each "
        "session up. Until a session opens I keep nothing."
    )
    return _.message(
        Paragraph((*where, Words(" " if where else ""), Words(keeps))),
        Paragraph((Words(_("A programme takes a title, a first day and its themes; the calendar follows.")),)),
        Buttons((Button(_("Set up a programme"), f"setup {place}", "primary", asks=True),)),
        Note(_.spans("Or type {command}. Administrators can do that.", command=Command(f"setup {place}"))),
    )


def form(command: str, *, title: str, zone: str, first_day: str, language: str) -> Form:
    """What a programme needs; `zone` and `first_day` are proposals."""
    _ = speak(language)
    what = ((_("Several themes, each with a session"), THEMES), (_("One session with several questions"), QUESTIONS))
    missing = _("Write something first.")
    return Form(
        command,
        _.language,
        _("A new programme"),
        (
            Text(TITLE, _("What is it called?"), missing, title, one_line=True, longest=150),
            Choice(WHAT, _("What is it made of?"), what, open=True),
            Text(LINES, _("Its themes, or its questions: one on each line"), missing, longest=1_500),
            Day(FIRST, _("The first day"), missing, first_day),
            Choice(
                DAYS, _("How long is a session?"), tuple((_(says), str(days)) for days, says in LENGTHS.items()), "14"
            ),
            Text(ZONE, _("The time zone of the programme"), missing, zone, one_line=True, longest=60),
        ),
        _("Show the calendar"),
        _("Cancel"),
        _.message(
            Paragraph((Words(_("Sessions open at 09:00 on their first day and follow each other without a gap.")),)),
        ),
    )


def calendar(
    command: str,
    plan: Plan,
    zones: Sequence[str],
    concerns: Sequence[Concern],
    kept: Mapping[str, str],
    *,
    language: str,
) -> Form:
    """What it would come to, to be looked at before anything happens."""
    _ = speak(language)
    lines = tuple(
        (Words(f"{_title(_, session)}: "), Words(_window(_, session, plan.zone))) for session in plan.sessions[:_SHOWN]
    )
    more = len(plan.sessions) - len(lines)
    elsewhere = [
        spelled_out(Moment(plan.sessions[0].opens_at, zone), _.language) for zone in zones if zone != plan.zone
    ]
    above: list[Block] = [
        Paragraph((Words(in_language(plan.title, _.language), bold=True),)),
        Bullets(lines, first=1),
        *([Note((Words(_.plural("And {count} more.", "And {count} more.", more)),))] if more > 0 else []),
        *([Note((Words(_("The first one opens elsewhere: ")), Words(" · ".join(elsewhere))))] if elsewhere else []),
        *[Paragraph((Words("⚠ "), Words(_concern(_, one)))) for one in concerns[:_SHOWN]],
        Note((Words(_("You facilitate it. Nothing is said in the channel before the first session opens.")),)),
    ]
    choices = ((_("Yes, plan it"), PLAN), (_("No, change something"), CHANGE))
    return Form(
        command,
        _.language,
        _("The calendar"),
        (Choice(NEXT, _("Is this right?"), choices, open=True),),
        _("Go on"),
        _("Cancel"),
        _.message(*above),
        tuple(kept.items()),
    )


def planned(plan: Plan, *, language: str) -> Message:
    """It is planned."""
    _ = speak(language)
    title, opens = Words(in_language(plan.title, _.language), bold=True), Moment(plan.sessions[0].opens_at, plan.zone)
    return _.message(
        Paragraph(_.spans("{title} is planned. The first session opens {opens}.", title=title, opens=opens)),
        Note(
            _.spans(
                "The calendar: {agenda}. Others who facilitate: {add}. All that you can type: {help}.",
                agenda=Command("agenda"),
                add=Command("facilitators add @Amina"),
                help=Command("help"),
            )
        ),
    )


def _title(_: Speech, session: SessionPlan) -> str:
    return names.on_one_line(in_language(session.title, _.language))


def _window(_: Speech, session: SessionPlan, zone: str) -> str:
    opens = spelled_out(Moment(session.opens_at, zone), _.language)
    last = spelled_out(Moment(session.closes_at - timedelta(minutes=1), zone, "date"), _.language)
    return _("{opens}, until {closes}", opens=opens, closes=last)


def _concern(_: Speech, concern: Concern) -> str:
    title, zone = _title(_, concern.session), concern.zone
    day = spelled_out(Moment(datetime.combine(concern.day, NOON, UTC), "UTC", "date"), _.language)
    if concern.kind == "holiday":
        return _(
            "“{title}” opens on {day}, a holiday in {zone} ({name}).",
            title=title,
            day=day,
            zone=zone,
            name=concern.name,
        )
    return _("“{title}” opens on {day}, a weekend in {zone}.", title=title, day=day, zone=zone)


def title(language: str) -> str:
    """What the form is called."""
    _ = speak(language)
    return _("A new programme")
