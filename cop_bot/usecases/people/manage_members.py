"""What members decide about themselves, and who facilitates."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.errors import MemberMistake
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.ports import Ports
from cop_bot.store import erasure, queries


class OneMustStay(MemberMistake):
    """A programme needs at least one facilitator; add another one first."""


class NoSuchFacilitator(MemberMistake):
    """That person does not facilitate this programme; `facilitators list` shows who does."""


async def pause_reminders(ports: Ports, member_id: int, length: timedelta) -> Member:
    """No reminders for so long; those that are waiting to be said are dropped."""
    async with ports.unit() as unit:
        member = await unit.get_one(Member, member_id)
        member.pause(ports.clock.now() + length)
        await queries.drop_waiting(unit, member_id, "paused", NoticeKind.REMINDER)
    return member


async def stop_reminders(ports: Ports, member_id: int) -> Member:
    """No reminders any more; those that are waiting to be said are dropped."""
    async with ports.unit() as unit:
        member = await unit.get_one(Member, member_id)
        member.stop_reminders()
        await queries.drop_waiting(unit, member_id, "off", NoticeKind.REMINDER)
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
    async with ports.unit() as unit:
        member = await queries.member(unit, platform, platform_id)
        if member is not None:
            member.unreachable = ""


async def find_member(ports: Ports, platform: str, platform_id: str) -> int | None:
    """Our id of a member, or None."""
    async with ports.reading() as unit:
        member = await queries.member(unit, platform, platform_id)
    return member.id if member else None


async def count_objections(ports: Ports, member_id: int) -> int:
    """How many objections of this member stand."""
    async with ports.reading() as unit:
        theirs = await queries.objections_with_words_of(unit, member_id)
    return sum(not objection.is_withdrawn for objection in theirs if objection.member_id == member_id)


async def forget_member(ports: Ports, member_id: int) -> int:
    """Erase a member's words everywhere, objections too, and what is known of them; returns how many contributions."""
    async with ports.unit() as unit:
        member = await unit.get_one(Member, member_id)
        erased = await erasure.erase_member(unit, ports.clock.now(), ports.clock.wall(), member)
    ports.wake("marks")
    ports.wake("notices")
    return erased


async def add_facilitator(ports: Ports, programme_id: int, platform: str, platform_id: str) -> Member:
    """From now on this person facilitates too."""
    async with ports.unit() as unit:
        member = await queries.meet(unit, platform, platform_id)
        if member.id not in await _facilitating(unit, programme_id):
            unit.add(Facilitator(programme_id=programme_id, member_id=known(member.id)))
    ports.wake("places")
    return member


async def facilitator(ports: Ports, programme_id: int, platform: str, platform_id: str) -> Member:
    """The facilitator with the platform's id. Raises NoSuchFacilitator."""
    async with ports.reading() as unit:
        member = await queries.member(unit, platform, platform_id)
        if member is None or member.id not in await _facilitating(unit, programme_id):
            raise NoSuchFacilitator
    return member


async def remove_facilitator(ports: Ports, programme_id: int, platform: str, platform_id: str) -> Member:
    """From now on this person no longer facilitates. Raises NoSuchFacilitator, OneMustStay."""
    async with ports.unit() as unit:
        member = await queries.member(unit, platform, platform_id)
        facilitating = await _facilitating(unit, programme_id)
        if member is None or member.id not in facilitating:
            raise NoSuchFacilitator
        if len(facilitating) == 1:
            raise OneMustStay
        await unit.delete(facilitating[known(member.id)])
    return member


async def _facilitating(unit: AsyncSession, programme_id: int) -> dict[int, Facilitator]:
    rows = await queries.facilitators(unit, programme_id)
    return {row.member_id: row for row, _ in rows if row.member_id is not None}
