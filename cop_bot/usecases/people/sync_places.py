"""Look around: learn from the platforms which place is meant, who is in it, and who people are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.columns import known
from cop_bot.domain.errors import ChatUnavailable, PlaceGone
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member
from cop_bot.domain.place import Place, Presence
from cop_bot.domain.programme import Programme
from cop_bot.ports import Chat, Ports, Profile
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of
from cop_bot.texts import sessions as voice

log = structlog.get_logger()

PROFILES_ARE_FRESH = timedelta(days=1)
ROSTER_IS_FRESH = timedelta(minutes=10)


async def sync_places(ports: Ports) -> bool:
    """Everything that is unknown or no longer fresh, place by place; a platform that can't be asked is asked again
    later.

    Returns whether a place can be reached that could not be before: it may have a history to read.
    """
    reached = False
    async with ports.reading() as unit:
        places = await queries.people.places_in_use(unit, ports.clock.now())
        unknown = await queries.people.unknown_facilitators(unit)
    for place in places:
        try:
            reached |= await _sync_place(ports, place)
        except PlaceGone:
            await _lost(ports, place)
        except ChatUnavailable as unavailable:
            log.warning("could not look around", place=place.id, why=str(unavailable))
    for facilitator, platform in unknown:
        try:
            await _find_facilitator(ports, facilitator, platform)
        except ChatUnavailable as unavailable:
            log.warning("could not look for a facilitator", programme=facilitator.programme_id, why=str(unavailable))
    return reached


async def _sync_place(ports: Ports, place: Place) -> bool:
    """Returns whether it can be reached for the first time."""
    chat, before = ports.chat_for(place), place.reachable
    if chat is None or (not before and not await _find_place(ports, chat, place)):
        return False
    stale = place.roster_read_at is None or ports.clock.wall() - place.roster_read_at > ROSTER_IS_FRESH
    if stale and place.platform_id:
        await read_roster(ports, chat, place, place.platform_id)
    return not before


async def _find_place(ports: Ports, chat: Chat, place: Place) -> bool:
    """By its id; where the platform knows that no more, by its name: it may have been made anew, or have another id."""
    found = await chat.place(place.platform_id or place.name)
    if found is None and place.platform_id is not None and place.name != place.platform_id:
        found = await chat.place(place.name)
        if found is not None:
            log.warning("a place has another id", place=place.id)
    if found is None:
        log.warning("the bot can't see the channel of a programme", place=place.id)
        await _tell_that_it_is_gone(ports, place)
        return False
    if not found.bot_is_in:
        log.warning("the bot is not in the channel of a programme; invite it there", place=place.id)
        await _tell_that_it_is_gone(ports, place)
    async with ports.unit() as unit:
        current = await unit.get_one(Place, place.id)
        if current.platform_id not in (None, found.platform_id):
            current.read_until = None  # nothing of it has been read under this id
        current.found(found.platform_id, found.bot_is_in)
    place.found(found.platform_id, found.bot_is_in)
    ports.wake("notices")
    return found.bot_is_in


async def _lost(ports: Ports, place: Place) -> None:
    """The platform knows it no more: it is looked for by name at the next turn, which comes at once."""
    log.warning("the channel of a programme is gone", place=place.id)
    async with ports.unit() as unit:
        current = await unit.get_one(Place, place.id)
        current.bot_is_in, current.roster_read_at = False, None
    ports.wake("places")


async def _tell_that_it_is_gone(ports: Ports, place: Place) -> None:
    """Once a day, to those who facilitate there; of a place that was never there `cop serve` tells its operator."""
    if place.platform_id is None:
        return
    async with ports.unit() as unit:
        for programme_id in await queries.programmes.at_place(unit, known(place.id)):
            programme = await unit.get_one(Programme, programme_id)
            said = voice.place_is_gone(programme, place)
            for member in await queries.people.facilitating_members(unit, programme_id):
                key = NoticeKey(
                    ports.database_id,
                    f"place/{place.id}",
                    NoticeKind.PLAN,
                    audience=to_member(known(member.id)),
                    revision=ports.clock.wall().toordinal() % 100_000,
                )
                if not await queries.notices.is_there(unit, key):
                    wall = ports.clock.wall()
                    unit.add(Notice.to_member(key, known(member.id), said, wall, programme_id=programme_id))


async def move_place(ports: Ports, platform: str, old: str, new: str) -> None:
    """The platform says that a place has another id from now on."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        if await queries.people.place_by_platform_id(unit, workspace_id, new) is None:
            for place in await queries.people.places_of(unit, workspace_id, old):
                place.platform_id, place.roster_read_at = new, None
                place.name = new if place.name == old else place.name
    ports.wake("places")


AT_ONCE = 100
"""Profiles that are stored in one transaction: who posts meanwhile waits for no longer."""


def batched(profiles: Sequence[Profile], size: int) -> Iterator[Sequence[Profile]]:
    """So many at a time."""
    return (profiles[start : start + size] for start in range(0, len(profiles), size))


async def read_roster(ports: Ports, chat: Chat, place: Place, platform_id: str) -> None:
    """Who is in the place, with their profiles. Raises ChatUnavailable."""
    present = await chat.members(platform_id)
    async with ports.reading() as unit:
        members = await queries.people.members_by_platform_ids(
            unit, {(place.workspace_id, person) for person in present}
        )
    stale = [person for person in present if _is_stale(members.get((place.workspace_id, person)), ports)]
    profiles = [profile for person in stale if (profile := await chat.person(person)) is not None]
    for some in batched(profiles, AT_ONCE):
        async with ports.unit() as unit:
            met = await _store_profiles(unit, ports, place.workspace_id, chat.name, some)
            # In the same transaction: members whom nothing holds are purged.
            await _store_presence(unit, known(place.id), {known(member.id) for member in met})
    async with ports.unit() as unit:
        await _store_roster(unit, ports, known(place.id), {(place.workspace_id, person) for person in present})
    log.info("read the roster", place=place.id, present=len(present), profiles=len(profiles))


def _is_stale(member: Member | None, ports: Ports) -> bool:
    if member is None or member.profile_read_at is None:
        return True
    return not member.forgotten and ports.clock.wall() - member.profile_read_at > PROFILES_ARE_FRESH


async def _store_profiles(
    unit: AsyncSession, ports: Ports, workspace_id: int, platform: str, profiles: Iterable[Profile]
) -> list[Member]:
    by_id = {profile.platform_id: profile for profile in profiles}
    met: list[Member] = []
    members = await queries.people.members_by_platform_ids(unit, {(workspace_id, person) for person in by_id})
    for person, profile in by_id.items():
        member = members.get((workspace_id, person)) or Member.known_as(workspace_id, platform, person)
        member.profile(profile, ports.clock.wall())
        met.append(member)
    unit.add_all(met)
    await unit.flush()
    return met


async def _store_presence(unit: AsyncSession, place_id: int, member_ids: set[int]) -> set[int]:
    """Note who is there; returns who was noted before."""
    before = {known(member.id) for member in await queries.people.members_of(unit, place_id)}
    unit.add_all([Presence(place_id=place_id, member_id=member_id) for member_id in sorted(member_ids - before)])
    return before


async def _store_roster(unit: AsyncSession, ports: Ports, place_id: int, present: set[tuple[int, str]]) -> None:
    members = await queries.people.members_by_platform_ids(unit, present) if present else {}
    now_there = {known(member.id) for member in members.values()}
    if gone := await _store_presence(unit, place_id, now_there) - now_there:
        await unit.execute(
            delete(Presence).where(col(Presence.place_id) == place_id, col(Presence.member_id).in_(gone))
        )
    place = await unit.get_one(Place, place_id)
    place.roster_read_at = ports.clock.wall()


async def _find_facilitator(ports: Ports, facilitator: Facilitator, platform: str) -> None:
    chat = ports.chats.get(platform)
    if chat is None:
        return
    by_email = "@" in facilitator.named
    profile = await (chat.person_by_email(facilitator.named) if by_email else chat.person(facilitator.named))
    if profile is None:
        log.warning(
            "a facilitator of the programme file is unknown to the platform", programme=facilitator.programme_id
        )
        return
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        await _store_profiles(unit, ports, workspace_id, platform, [profile])
        member = await queries.people.member(unit, workspace_id, profile.platform_id)
        current = await unit.get(Facilitator, facilitator.id)
        if current is None or member is None:
            return
        others = {row.member_id for row, _ in await queries.people.facilitators(unit, facilitator.programme_id)}
        if member.id in others:
            await unit.delete(current)
        else:
            current.member_id, current.named = member.id, ""
    log.info("found a facilitator", programme=facilitator.programme_id)


async def look_again(ports: Ports, platform: str, platform_id: str | None) -> None:
    """Something about this place, or about several (None), changed: until it is known what, nothing is posted there."""
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        for place in await queries.people.places_of(unit, workspace_id, platform_id):
            place.bot_is_in, place.roster_read_at = False, None
    ports.wake("places")
