"""Change what was contributed: withdraw it, or say what kind it is."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import NoSuchContribution, NotYours
from cop_bot.ports import Ports
from cop_bot.store import erasure


async def withdraw_contribution(
    ports: Ports, contribution_id: int, member: Member, *, facilitates: bool
) -> Contribution:
    """Erase what it said, here and in the summaries that quote it. Raises NotYours."""
    async with ports.unit() as unit:
        contribution = await _own(unit, contribution_id, member, facilitates=facilitates)
        contribution.withdraw(ports.clock.now())
        await erasure.erase_contributions(unit, ports.clock.wall(), [contribution])
    ports.wake("marks")
    ports.wake("notices")
    return contribution


async def choose_kind(
    ports: Ports, contribution_id: int, kind: Kind, member: Member, *, facilitates: bool
) -> Contribution:
    """Say what kind of contribution it is. Raises NotYours."""
    async with ports.unit() as unit:
        contribution = await _own(unit, contribution_id, member, facilitates=facilitates)
        contribution.choose_kind(kind)
    return contribution


async def _own(unit: AsyncSession, contribution_id: int, member: Member, *, facilitates: bool) -> Contribution:
    contribution = await unit.get(Contribution, contribution_id)
    if contribution is None or contribution.is_withdrawn:
        raise NoSuchContribution
    if contribution.member_id != member.id and not facilitates:
        raise NotYours
    return contribution
