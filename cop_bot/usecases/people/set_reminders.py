"""What members decide about reminders."""

from __future__ import annotations

from datetime import timedelta

from cop_bot.domain.member import Member
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of


async def pause_reminders(ports: Ports, member_id: int, length: timedelta) -> Member:
    """No reminders for so long; those that are waiting to be said are dropped."""
    async with ports.unit() as unit:
        member = await unit.get_one(Member, member_id)
        member.pause(ports.clock.now() + length)
        await queries.notices.drop_waiting(unit, member_id, "paused", NoticeKind.REMINDER)
    return member


async def stop_reminders(ports: Ports, member_id: int) -> Member:
    """No reminders any more; those that are waiting to be said are dropped."""
    async with ports.unit() as unit:
        member = await unit.get_one(Member, member_id)
        member.stop_reminders()
        await queries.notices.drop_waiting(unit, member_id, "off", NoticeKind.REMINDER)
    return member


async def resume_reminders(ports: Ports, member_id: int) -> Member:
    """Reminders again."""
    async with ports.unit() as unit:
        member = await unit.get_one(Member, member_id)
        member.resume()
        member.unreachable = ""
    return member


async def reach_again(ports: Ports, platform: str, platform_id: str) -> None:
    """Somebody made it possible to write to them alone: whoever could not be reached gets the next reminder."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        member = await queries.people.member(unit, workspace_id, platform_id)
        if member is not None:
            member.unreachable = ""
