"""Set a programme up in the chat: what a form says becomes the text of a programme file, and that is planned."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog

from cop_bot.domain.errors import ChatUnavailable, OperatorMistake
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import (
    CannotBeAskedNow,
    CannotBePlanned,
    DayIsPast,
    LinesAreMissing,
    MayNotSetUp,
    NotADay,
    NotAZone,
    PlaceIsTaken,
    SetUpInTheChannel,
    TitleIsMissing,
    TooManyLines,
)
from cop_bot.domain.plan import Concern, Plan
from cop_bot.domain.visible import one_line
from cop_bot.platforms import registry
from cop_bot.ports import Ports
from cop_bot.programme_file.advice import concerns
from cop_bot.programme_file.reading import read_programme
from cop_bot.programme_file.values import TITLE
from cop_bot.programme_file.zones import nearest_zone, what_is_wrong_with_zone
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of
from cop_bot.usecases.people.identify_member import Meeting
from cop_bot.usecases.programme.plan_programme import plan_programme

log = structlog.get_logger()

MOST_LINES = 20
OPENS_AT = "09:00"
_ASKED_FOR_S = 1.2
"""How long (wall time) the platform may take to say who somebody is: Slack opens a form within three seconds only."""
_ZONES = 3
_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was filled in, as it was typed. `lines`: themes with a session each, or the questions of one session."""

    title: str
    zone: str
    first_day: str
    days: int
    lines: tuple[str, ...]
    as_questions: bool
    language: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What it would come to. `zones`: where members are, the programme's first."""

    plan: Plan
    zones: tuple[str, ...]
    concerns: tuple[Concern, ...]


async def must_be_allowed(ports: Ports, platform: str, person: str, place: str) -> Member:
    """Who set programmes up are the workspace's administrators who are in the place; in Teams the owners of a team.

    Raises SetUpInTheChannel for what is no place, MayNotSetUp, CannotBeAskedNow.
    """
    if registry.channel(place) is None:
        raise SetUpInTheChannel
    chat, workspace_id = ports.chats[platform], await workspace_of(ports, platform)
    try:
        async with asyncio.timeout(_ASKED_FOR_S):
            is_there = person in await chat.members(place)  # a roster also tells who owns a team
            profile = await chat.person(person)
    except (ChatUnavailable, TimeoutError) as failure:
        log.warning("could not ask who somebody is", why=type(failure).__name__)
        raise CannotBeAskedNow from failure
    async with ports.unit() as unit:
        member = await queries.people.meet(unit, workspace_id, platform, person)
        if profile is not None:
            member.profile(profile, ports.clock.wall())
        if not (is_there and member.is_admin):
            raise MayNotSetUp
    return member


async def drafted(ports: Ports, meeting: Meeting, platform: str, place: str, wish: Wish) -> Drafted:
    """The calendar that it would come to; nothing is changed.

    Raises TitleIsMissing, NotAZone, NotADay, DayIsPast, LinesAreMissing, TooManyLines, CannotBePlanned, PlaceIsTaken.
    """
    if meeting.timetable is not None and not meeting.timetable.is_over:
        raise PlaceIsTaken(title=meeting.timetable.programme.name(wish.language))
    try:
        plan = read_programme(_file(ports, meeting.member, platform, place, wish), "form")
    except OperatorMistake as mistake:  # a year that no calendar has, signs that no title has
        log.warning("a form could not be planned", why=type(mistake).__name__)
        raise CannotBePlanned from mistake
    zones = await _zones(ports, meeting.member, plan.zone)
    return Drafted(plan, zones, tuple(concerns(plan, zones)))


async def set_up(ports: Ports, meeting: Meeting, platform: str, place: str, wish: Wish) -> Plan:
    """Plan it. Twice the same is planned once. Raises as `drafted`."""
    found = await drafted(ports, meeting, platform, place, wish)
    try:
        await plan_programme(ports, found.plan)
    except OperatorMistake as mistake:  # another programme was planned in this place a moment ago
        log.warning("a programme could not be set up", why=type(mistake).__name__)
        raise PlaceIsTaken(title="–") from mistake
    return found.plan


def _file(ports: Ports, member: Member, platform: str, place: str, wish: Wish) -> str:
    """JSON is YAML: nothing that was typed can become a key of the file."""
    title = one_line(wish.title, TITLE)
    lines = tuple(line for one in wish.lines if (line := one_line(one, TITLE)))
    if not title:
        raise TitleIsMissing
    zone = _zone(wish.zone.strip())
    first = _day(wish.first_day.strip())
    if datetime.fromisoformat(f"{first}T{OPENS_AT}").replace(tzinfo=ZoneInfo(zone)) <= ports.clock.now():
        raise DayIsPast
    if not lines:
        raise LinesAreMissing
    if len(lines) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    themes: list[dict[str, object]] = [
        {"id": f"{_id(line) or 'theme'}-{at}", "title": line} for at, line in enumerate(lines, start=1)
    ]
    if wish.as_questions:
        themes = [{"id": _id(title) or "theme", "title": title, "questions": list(lines)}]
    return json.dumps(
        {
            "cop": 1,
            "id": _programme_id(title, place, first),
            "title": title,
            "zone": zone,
            "languages": {"working": [wish.language]},
            "platform": {"kind": platform, "channel": place},
            "roles": {"facilitators": [member.platform_id]},
            "sessions": {"first_opens": f"{first}T{OPENS_AT}", "days": wish.days, "every": f"P{wish.days}D"},
            "themes": themes,
        },
        ensure_ascii=False,
    )


def _programme_id(title: str, place: str, first: date) -> str:
    """The same wish has the same id, and no other has it: a programme that is there is not planned over."""
    mark = hashlib.sha256(f"{place}/{first}/{title}".encode()).hexdigest()[:6]
    return f"{_id(title)[:30].strip('-') or 'programme'}-{mark}"


def _id(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _ID.sub("-", bare)[:40].strip("-")


def _zone(name: str) -> str:
    if what_is_wrong_with_zone(name) is not None:
        raise NotAZone(zone=name[:60], nearest=nearest_zone(name) or "Europe/Amsterdam")
    return name


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as failure:
        raise NotADay from failure


async def _zones(ports: Ports, member: Member, own: str) -> tuple[str, ...]:
    """The programme's, that of whoever sets it up, and those of most members."""
    async with ports.reading() as unit:
        there: Sequence[str] = await queries.people.zones(unit, member.workspace_id)
    usual = [zone for zone, _ in Counter(there).most_common() if what_is_wrong_with_zone(zone) is None]
    return tuple(dict.fromkeys(zone for zone in (own, member.zone, *usual) if zone))[:_ZONES]
