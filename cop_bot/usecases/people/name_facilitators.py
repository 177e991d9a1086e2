"""Who facilitates a programme."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.mistakes import NoSuchFacilitator, OneMustStay
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.auditing import audit
from cop_bot.store.workspaces import workspace_of


async def add_facilitator(ports: Ports, programme_id: int, platform: str, platform_id: str, by: Member) -> Member:
    """From now on this person facilitates too."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        member = await queries.people.meet(unit, workspace_id, platform, platform_id)
        if member.id not in await _facilitating(unit, programme_id):
            unit.add(Facilitator(programme_id=programme_id, member_id=known(member.id)))
            audit(unit, ports.clock, programme_id, by, "facilitators add", person=member)
    ports.wake("places")
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
    return member


async def facilitator_names(ports: Ports, programme_id: int) -> list[str]:
    """Who facilitates, by name, or as the programme file names those whom the platform has not told yet."""
    async with ports.reading() as unit:
        rows = await queries.people.facilitators(unit, programme_id)
    return [(member.name or member.platform_id) if member else row.named for row, member in rows]


async def _facilitating(unit: AsyncSession, programme_id: int) -> dict[int, Facilitator]:
    rows = await queries.people.facilitators(unit, programme_id)
    return {row.member_id: row for row, _ in rows if row.member_id is not None}
