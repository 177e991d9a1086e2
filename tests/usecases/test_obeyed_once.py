"""A command that is delivered several times at once, to several processes, is obeyed once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from support.community import Community

from cop_bot.domain.command import LEASE, TakenCommand
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Member
from cop_bot.store.workspaces import workspace_of
from cop_bot.usecases.delivery.deduplicate import deduplicate
from cop_bot.usecases.people.identify_member import identify_member
from handlers.commands.dispatch import answer
from handlers.gesture import Gesture


async def test_a_command_delivered_several_times_at_once_is_obeyed_once(community: Community) -> None:
    await community.open()
    gesture = Gesture("console", "U3", "C1", None, "m77")
    replicas = [replace(community.ports, owner=f"p{n}") for n in range(5)]
    await asyncio.gather(*(answer(ports, gesture, "idea Share the risk") for ports in replicas))
    assert len(await community.rows(Contribution)) == 1


async def test_a_stranger_who_gives_several_commands_at_once_is_met_once(community: Community) -> None:
    await community.open()
    await asyncio.gather(*(identify_member(community.ports, "console", "U77", "C1") for _ in range(5)))
    assert len(await community.rows(Member, Member.platform_id == "U77")) == 1


async def test_when_the_process_that_obeyed_has_died_the_next_delivery_is_obeyed(community: Community) -> None:
    workspace_id = await workspace_of(community.ports, "console")
    async with community.ports.unit() as unit:
        unit.add(TakenCommand(workspace_id=workspace_id, key="k", taken_at=community.clock.wall()))
    async with deduplicate(community.ports, "console", "k") as first:
        assert first is False
    community.clock.move_wall(LEASE)
    async with deduplicate(community.ports, "console", "k") as first:
        assert first is True
    async with deduplicate(community.ports, "console", "k") as first:
        assert first is False
