"""Meet a member: who asks, where, about which programme, and whether they facilitate it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import NoProgramme, ProgrammeElsewhere, WhichProgramme
from cop_bot.domain.place import Place
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of
from cop_bot.texts.languages import for_member


@dataclass(frozen=True, slots=True)
class Meeting:
    """One member at one moment. `timetable` is None where no programme, or more than one, is meant."""

    member: Member
    place: Place | None
    timetable: Timetable | None
    facilitates: bool
    programmes: int
    elsewhere: str = ""
    """Where a programme of theirs takes place, if none does where they are."""

    def must_have_programme(self) -> Timetable:
        """The programme that is meant. Raises NoProgramme, WhichProgramme."""
        if self.timetable is None:
            if self.elsewhere:
                raise ProgrammeElsewhere(place=self.elsewhere)
            raise WhichProgramme if self.programmes > 1 else NoProgramme
        return self.timetable

    @property
    def programme_id(self) -> int:
        """Its id. Raises NoProgramme, WhichProgramme."""
        return known(self.must_have_programme().programme.id)

    @property
    def zone(self) -> str:
        """Where the member's clock runs, as far as known."""
        fallback = self.timetable.programme.zone if self.timetable else "UTC"
        return self.member.zone or fallback

    @property
    def language(self) -> str:
        """The language to answer in."""
        if self.timetable is None:
            return self.member.language or "en"
        return for_member(self.timetable.programme, self.member)


async def identify_member(ports: Ports, platform: str, person: str, place: str | None) -> Meeting:
    """In a place its own programme is meant, in a direct conversation the only one that the member takes part in."""
    workspace_id = await workspace_of(ports, platform)
    whom = Member.known_as(workspace_id, platform, person)
    async with ports.reading() as unit:
        meeting = await _meet(unit, whom, place)
    if meeting.member.id is not None:
        return meeting
    async with ports.unit() as unit:
        await queries.people.meet(unit, workspace_id, platform, person)
    async with ports.reading() as unit:
        return await _meet(unit, whom, place)


async def _meet(unit: AsyncSession, whom: Member, place_id: str | None) -> Meeting:
    workspace_id = whom.workspace_id
    member = await queries.people.member(unit, workspace_id, whom.platform_id) or whom
    place = await queries.people.place_by_platform_id(unit, workspace_id, place_id) if place_id else None
    if place is not None:
        programme_ids = await queries.programmes.at_place(unit, known(place.id))
    elif place_id is None and member.id is not None:
        programme_ids = await queries.programmes.of_member(unit, member.id)
    else:
        programme_ids = []
    timetables = [t for i in programme_ids if (t := await queries.programmes.timetable(unit, i)) is not None]
    running = [t for t in timetables if not t.is_over] or timetables
    meant = running[0] if running and (place is not None or len(running) == 1) else None
    if meant is not None and place is None:
        place = await unit.get(Place, meant.programme.place_id)
    facilitates = meant is not None and await _facilitates(unit, known(meant.programme.id), member)
    elsewhere = await _elsewhere(unit, member) if place_id and not running else ""
    return Meeting(member, place, meant, facilitates, len(running), elsewhere)


async def _elsewhere(unit: AsyncSession, member: Member) -> str:
    if member.id is None:
        return ""
    for programme_id in await queries.programmes.of_member(unit, member.id):
        timetable = await queries.programmes.timetable(unit, programme_id)
        if timetable is not None and not timetable.is_over:
            place = await unit.get_one(Place, timetable.programme.place_id)
            return place.shown_name or ""
    return ""


async def _facilitates(unit: AsyncSession, programme_id: int, member: Member) -> bool:
    """Who is named; as long as nobody is known, the workspace's administrators."""
    facilitating = {row.member_id for row, _ in await queries.people.facilitators(unit, programme_id) if row.member_id}
    return member.id in facilitating if facilitating else member.is_admin
