"""Who facilitates a programme."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import folded
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.mistakes import NoSuchFacilitator, OneMustStay
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member
from cop_bot.domain.programme import Programme
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.auditing import audit
from cop_bot.store.workspaces import workspace_of
from cop_bot.texts import roles


async def add_facilitator(ports: Ports, programme_id: int, platform: str, platform_id: str, by: Member) -> Member:
    """From now on this person facilitates too."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        member = await queries.people.meet(unit, workspace_id, platform, platform_id)
        if member.id not in await _facilitating(unit, programme_id):
            unit.add(Facilitator(programme_id=programme_id, member_id=known(member.id)))
            audit(unit, ports.clock, programme_id, by, "facilitators add", person=member)
            await _tell(unit, ports, programme_id, member, by, facilitates=True)
    ports.wake("places")
    ports.wake("notices")
    return member


async def facilitator(ports: Ports, programme_id: int, platform: str, platform_id: str) -> Member:
    """The facilitator with the platform's id. Raises NoSuchFacilitator."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.reading() as unit:
        member = await queries.people.member(unit, workspace_id, platform_id)
        if member is None or member.id not in await _facilitating(unit, programme_id):
            raise NoSuchFacilitator
    return member


async def remove_facilitator(ports: Ports, programme_id: int, platform: str, platform_id: str, by: Member) -> Member:
    """From now on this person no longer facilitates. Raises NoSuchFacilitator, OneMustStay."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        member = await queries.people.member(unit, workspace_id, platform_id)
        facilitating = await _facilitating(unit, programme_id)
        if member is None or member.id not in facilitating:
            raise NoSuchFacilitator
        if len(facilitating) == 1:
            raise OneMustStay
        await unit.delete(facilitating[known(member.id)])
        audit(unit, ports.clock, programme_id, by, "facilitators remove", person=member)
        await _tell(unit, ports, programme_id, member, by, facilitates=False)
    ports.wake("notices")
    return member


async def _tell(
    unit: AsyncSession, ports: Ports, programme_id: int, member: Member, by: Member, *, facilitates: bool
) -> None:
    """They hear of it alone; who does it to themselves knows."""
    programme = await unit.get(Programme, programme_id)
    if programme is None or member.id == by.id or member.forgotten:
        return
    said = (roles.facilitates if facilitates else roles.no_longer)(programme, member)
    about, audience = f"programme/{programme_id}", to_member(known(member.id))
    key = NoticeKey(ports.database_id, about, NoticeKind.ROLE, audience=audience)
    key = await queries.notices.unused(unit, key)
    unit.add(Notice.to_member(key, known(member.id), said, ports.clock.wall(), programme_id=programme_id))


async def person_called(ports: Ports, programme_id: int, name: str) -> str | None:
    """The platform's id of the one person of the programme who is called so, however written; None for nobody, and for
    several.
    """
    sought = folded(name.removeprefix("@").strip())
    async with ports.reading() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id)
        if timetable is None or not sought:
            return None
        members = await queries.people.members_of(unit, timetable.programme.place_id)
        members += await queries.people.facilitating_members(unit, programme_id)
    called = {member.platform_id for member in members if member.is_person and folded(member.name) == sought}
    called = called or {m.platform_id for m in members if m.is_person and folded(m.name).split()[:1] == [sought]}
    return called.pop() if len(called) == 1 else None


async def facilitator_names(ports: Ports, programme_id: int) -> list[str]:
    """Who facilitates, by name, or as the programme file names those whom the platform has not told yet."""
    async with ports.reading() as unit:
        rows = await queries.people.facilitators(unit, programme_id)
    return [(member.name or member.platform_id) if member else row.named for row, member in rows]


async def _facilitating(unit: AsyncSession, programme_id: int) -> dict[int, Facilitator]:
    rows = await queries.people.facilitators(unit, programme_id)
    return {row.member_id: row for row, _ in rows if row.member_id is not None}
