"""Forget a member: their words everywhere, and what is known of them."""

from __future__ import annotations

from cop_bot.domain.member import Member
from cop_bot.ports import Ports
from cop_bot.store import erasure, queries
from cop_bot.store.workspaces import workspace_of


async def find_member(ports: Ports, platform: str, platform_id: str) -> int | None:
    """Our id of a member, or None."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.reading() as unit:
        member = await queries.people.member(unit, workspace_id, platform_id)
    return member.id if member else None


async def count_objections(ports: Ports, member_id: int) -> int:
    """How many objections of this member stand."""
    async with ports.reading() as unit:
        theirs = await queries.objections.with_words_of(unit, member_id)
    return sum(not objection.is_withdrawn for objection in theirs if objection.member_id == member_id)


async def forget_member(ports: Ports, member_id: int) -> int:
    """Erase a member's words everywhere, objections too, and what is known of them; returns how many contributions."""
    async with ports.unit() as unit:
        member = await unit.get_one(Member, member_id)
        erased = await erasure.erase_member(unit, ports.clock.now(), ports.clock.wall(), member)
    ports.wake("marks")
    ports.wake("notices")
    return erased
