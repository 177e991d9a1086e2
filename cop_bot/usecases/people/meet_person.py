"""Meet a person: keep what a platform tells of them with what they do, where it tells it in no other way."""

from __future__ import annotations

from cop_bot.domain.member import Member, Profile
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of


async def meet_person(ports: Ports, platform: str, profile: Profile) -> None:
    """Remember the zone and the language; of someone who asked to be forgotten nothing."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.reading() as unit:
        member = await queries.people.member(unit, workspace_id, profile.platform_id)
    if member is not None and not member.would_learn(profile):
        return
    async with ports.unit() as unit:
        member = await queries.people.member(unit, workspace_id, profile.platform_id)
        if member is None:
            member = Member.known_as(workspace_id, platform, profile.platform_id)
            unit.add(member)
        member.learn(profile)
