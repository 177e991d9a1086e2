"""Catch up: fetch from the platform's history what was posted while the bot was away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import said_by_us
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.place import Place
from cop_bot.domain.post import AFTER_ALL_EDITS, Change, Post
from cop_bot.domain.session import Session
from cop_bot.ports import Chat, Ports, Ref
from cop_bot.store import queries
from cop_bot.usecases.record.record_posts import record_posts

log = structlog.get_logger()

OVERLAP = timedelta(minutes=5)
BATCH = 200
MOST_ASKED = 200
"""Messages asked for one by one in one reading; the others have their turn at the next."""
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


async def catch_up_everywhere(ports: Ports) -> bool:
    """Catch up in every place that is in use; returns whether all of them could be read. What could not is still owed:
    it is read soon, and before the next summary.
    """
    async with ports.reading() as unit:
        places = await queries.people.places_in_use(unit, ports.clock.now())
    complete = True
    for place in places:
        try:
            await catch_up(ports, place)
        except ChatUnavailable as unavailable:
            log.warning("could not catch up", place=place.id, why=str(unavailable))
            complete = False
    return complete


async def catch_up(ports: Ports, place: Place) -> int:
    """Record all posts since the opening of the oldest session that may have missed some; returns how many were new or
    changed.

    They count by their own time. What is missing from the history is no deletion: each such message is asked for by
    itself, and is gone where the platform says that there is none. What could be read is recorded even where not all
    could be. Raises ChatUnavailable.
    """
    chat = ports.chat_for(place)
    if chat is None or not place.reachable or place.platform_id is None:
        return 0
    started, clock = ports.clock.wall(), ports.clock
    async with ports.reading() as unit:
        sessions = await _that_may_have_missed_some(unit, ports, place)
    new = 0
    if sessions:
        opened = min(session.opens_at for session in sessions)
        seen: set[str] = set()
        async for posts in _batches(chat.history(place.platform_id, clock.wall_at(opened))):
            seen |= {post.message for post in posts}
            new += len(await record_posts(ports, posts))
        new += await _follow_deletions(ports, chat, place, opened, seen)
        log.info("caught up", place=place.id, new=new)
    async with ports.unit() as unit:
        current = await unit.get_one(Place, place.id)
        current.read_until = started
    return new


async def _that_may_have_missed_some(unit: AsyncSession, ports: Ports, place: Place) -> list[Session]:
    """Sessions since the last reading; of a place that was never read, all that have been open."""
    clock = ports.clock
    if place.read_until is None:
        return await queries.contributions.sessions_around(unit, [known(place.id)], _EVER, clock.now())
    since = clock.at(place.read_until - OVERLAP)
    return await queries.contributions.sessions_around(unit, [known(place.id)], min(since, clock.now()), clock.now())


async def _follow_deletions(ports: Ports, chat: Chat, place: Place, since: datetime, seen: set[str]) -> int:
    """Messages that are kept and no longer stand in the history are asked for, one by one."""
    async with ports.reading() as unit:
        kept = await queries.contributions.standing_messages(unit, known(place.id), since)
    missing = [(message, thread) for message, thread in kept.items() if message not in seen and not said_by_us(message)]
    gone = []
    for message, thread in missing[:MOST_ASKED]:
        found = await chat.reread(Ref(place.platform_id or "", message), thread)
        if not found.is_there:
            gone.append(_deleted(ports, place, message))
        elif found.post is not None:
            gone.append(found.post)
    if gone:
        log.info("followed what the history no longer shows", place=place.id, asked=len(missing), gone=len(gone))
    return len(await record_posts(ports, gone)) if gone else 0


def _deleted(ports: Ports, place: Place, message: str) -> Post:
    return Post(
        platform=place.platform,
        place=place.platform_id or "",
        message=message,
        author="",
        at=ports.clock.wall(),
        edited=AFTER_ALL_EDITS,
        change=Change.DELETED,
    )


async def _batches(posts: AsyncIterator[Post]) -> AsyncIterator[list[Post]]:
    batch: list[Post] = []
    try:
        async for post in posts:
            batch.append(post)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except ChatUnavailable:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
