"""Export a programme as the file that would plan it: what stands in the record now, whoever planned or moved it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

from cop_bot.domain.columns import known
from cop_bot.domain.gathering import GatheringKind
from cop_bot.domain.place import Place
from cop_bot.domain.plan import GatheringPlan, Plan, ReminderPlan, SessionPlan, StarterResource
from cop_bot.domain.reminder import BY_HAND
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Unit
from cop_bot.programme_file.writing import write_programme
from cop_bot.store import queries
from cop_bot.usecases.exports.export_record import programmes_named


async def export_plan(reading: Unit, slug: str | None) -> AsyncIterator[str]:
    """The text of a programme file for each programme. Raises OperatorMistake if there is no such programme."""
    for programme in await programmes_named(reading, slug):
        async with reading() as unit:
            timetable = await queries.programmes.timetable(unit, known(programme.id))
            place = await unit.get_one(Place, programme.place_id)
            named = await queries.people.facilitators(unit, known(programme.id))
        if timetable is not None:
            who = [row.named or (member.platform_id if member else "") for row, member in named]
            yield write_programme(plan_of(timetable, place, [name for name in who if name]))


def plan_of(timetable: Timetable, place: Place, facilitators: list[str]) -> Plan:
    """The plan as it stands: sessions that were left out are in it no more, and times are those of now."""
    programme = timetable.programme
    standing = [session for session in timetable.sessions if session.state is not SessionState.SKIPPED]
    return Plan(
        slug=programme.slug,
        title=programme.title,
        zone=programme.zone,
        channel=place.name,
        digest="",
        sessions=tuple(_session(timetable, session) for session in standing),
        gatherings=tuple(
            GatheringPlan(_KINDS[one.kind], one.starts_at, one.ends_at, one.where, one.url, tuple(one.announcements))
            for one in timetable.gatherings
        ),
        platform=place.platform,
        facilitators=tuple(facilitators),
        settings=programme.decided(),
    )


_KINDS: dict[GatheringKind, Literal["kickoff", "plenary"]] = {
    GatheringKind.KICKOFF: "kickoff",
    GatheringKind.PLENARY: "plenary",
}


def _session(timetable: Timetable, session: Session) -> SessionPlan:
    planned = [one for one in timetable.reminders_of(session) if one.rule != BY_HAND]
    return SessionPlan(
        session.slug,
        session.title,
        session.opens_at,
        session.closes_at,
        tuple(session.questions),
        tuple(StarterResource(one["title"], one["url"], one["kind"]) for one in session.resources),
        tuple(ReminderPlan(one.at, one.rule, "all" if one.to_all else "quiet") for one in planned),
    )
