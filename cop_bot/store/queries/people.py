"""Places and members: who is where, and who facilitates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.columns import known
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.place import Place, Presence
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import LATE_DAY, Session, SessionState
from cop_bot.store.queries.inserting import insert_once


async def place_by_platform_id(unit: AsyncSession, workspace_id: int, platform_id: str) -> Place | None:
    """The place with the platform's id."""
    return await unit.scalar(
        select(Place).where(col(Place.workspace_id) == workspace_id, col(Place.platform_id) == platform_id)
    )


async def places_of(unit: AsyncSession, workspace_id: int, platform_id: str | None) -> list[Place]:
    """The place with this id in this workspace, if it is known; without an id, all that are."""
    this = col(Place.platform_id) == platform_id if platform_id else col(Place.platform_id).is_not(None)
    return list(await unit.scalars(select(Place).where(col(Place.workspace_id) == workspace_id, this)))


async def place_by_name(unit: AsyncSession, workspace_id: int, name: str) -> Place | None:
    """The place as a programme file names it: by its name, or by the platform's id."""
    wanted = select(Place).where(
        col(Place.workspace_id) == workspace_id, or_(col(Place.name) == name, col(Place.platform_id) == name)
    )
    return await unit.scalar(wanted)


async def places_by_platform_ids(unit: AsyncSession, keys: Collection[tuple[int, str]]) -> dict[tuple[int, str], Place]:
    """Places by (workspace, platform id)."""
    wanted = select(Place).where(tuple_(col(Place.workspace_id), col(Place.platform_id)).in_(list(keys)))
    return {(place.workspace_id, place.platform_id or ""): place for place in await unit.scalars(wanted)}


async def places_in_use(unit: AsyncSession, now: datetime) -> list[Place]:
    """Places of programmes that still have something to do, or whose last session closed within the day."""
    busy = select(col(Session.place_id)).where(
        col(Session.state) != SessionState.SKIPPED, col(Session.closes_at) > now - LATE_DAY
    )
    waiting = select(col(Programme.place_id)).where(col(Programme.next_due).is_not(None))
    wanted = select(Place).where(or_(col(Place.id).in_(busy), col(Place.id).in_(waiting))).order_by(col(Place.id))
    return list(await unit.scalars(wanted))


async def names(unit: AsyncSession, keys: Collection[tuple[int, str]]) -> dict[int, dict[str, str]]:
    """What these people and places are called now, by workspace and platform id; who is not known is left out.

    A name is one word to its readers: blanks in it don't break.
    """
    found: dict[int, dict[str, str]] = {workspace_id: {} for workspace_id, _ in keys}
    for column in (Member, Place):
        wanted = select(col(column.workspace_id), col(column.platform_id), col(column.name)).where(
            tuple_(col(column.workspace_id), col(column.platform_id)).in_(list(keys))
        )
        for workspace_id, platform_id, name in await unit.execute(wanted):
            if name and platform_id and name != platform_id:
                found[workspace_id][platform_id] = name.removeprefix("#").removeprefix("@")
    return found


async def members_by_platform_ids(
    unit: AsyncSession, keys: Collection[tuple[int, str]]
) -> dict[tuple[int, str], Member]:
    """Members by (workspace, platform id)."""
    wanted = select(Member).where(tuple_(col(Member.workspace_id), col(Member.platform_id)).in_(list(keys)))
    return {(member.workspace_id, member.platform_id): member for member in await unit.scalars(wanted)}


async def meet(unit: AsyncSession, workspace_id: int, platform: str, platform_id: str) -> Member:
    """The member with the platform's id, known from now on if not before."""
    found = await member(unit, workspace_id, platform_id)
    if found is None:
        await insert_once(unit, Member.known_as(workspace_id, platform, platform_id))
        found = await member(unit, workspace_id, platform_id)
    if found is None:
        raise LookupError("a member vanished within a transaction")
    return found


async def member_ids(unit: AsyncSession, keys: Collection[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Our ids of members by (workspace, platform id)."""
    wanted = select(col(Member.workspace_id), col(Member.platform_id), col(Member.id)).where(
        tuple_(col(Member.workspace_id), col(Member.platform_id)).in_(list(keys))
    )
    return {(row[0], row[1]): known(row[2]) for row in await unit.execute(wanted)}


async def member(unit: AsyncSession, workspace_id: int, platform_id: str) -> Member | None:
    """The member with the platform's id."""
    return await unit.scalar(
        select(Member).where(col(Member.workspace_id) == workspace_id, col(Member.platform_id) == platform_id)
    )


async def zones(unit: AsyncSession, workspace_id: int) -> list[str]:
    """The time zones of the people of a workspace, one for each of them who is known to have one."""
    wanted = select(col(Member.zone)).where(col(Member.workspace_id) == workspace_id, col(Member.is_person))
    return list(await unit.scalars(wanted.where(col(Member.zone) != "").order_by(col(Member.zone))))


async def members_of(unit: AsyncSession, place_id: int) -> list[Member]:
    """Who is in a place."""
    wanted = select(Member).join(Presence, col(Presence.member_id) == col(Member.id))
    return list(await unit.scalars(wanted.where(col(Presence.place_id) == place_id).order_by(col(Member.id))))


async def is_present(unit: AsyncSession, place_id: int, member_id: int) -> bool:
    """Whether this member is in this place."""
    return await unit.get(Presence, (place_id, member_id)) is not None


async def facilitators(unit: AsyncSession, programme_id: int) -> list[tuple[Facilitator, Member | None]]:
    """Who facilitates a programme; without a member as long as the platform has not told who is meant."""
    wanted = (
        select(Facilitator, Member)
        .outerjoin(Member, col(Member.id) == col(Facilitator.member_id))
        .where(col(Facilitator.programme_id) == programme_id)
        .order_by(col(Facilitator.id))
    )
    return [(row[0], row[1]) for row in await unit.execute(wanted)]


async def facilitating_members(unit: AsyncSession, programme_id: int) -> list[Member]:
    """Those who facilitate a programme, as far as the platform has told who they are."""
    return [member for _, member in await facilitators(unit, programme_id) if member is not None]


async def unknown_facilitators(unit: AsyncSession) -> list[tuple[Facilitator, str]]:
    """Facilitators of whom only the name in the file is known, with the platform to ask."""
    wanted = (
        select(Facilitator, col(Place.platform))
        .join(Programme, col(Programme.id) == col(Facilitator.programme_id))
        .join(Place, col(Place.id) == col(Programme.place_id))
        .where(col(Facilitator.member_id).is_(None))
    )
    return [(row[0], row[1]) for row in await unit.execute(wanted)]
