"""Catch up: fetch from the platform's history what was posted while the bot was away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import structlog

from cop_bot.domain.columns import known
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.place import Place
from cop_bot.domain.post import Post
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.record.record_posts import record_posts

log = structlog.get_logger()

OVERLAP = timedelta(minutes=5)
BATCH = 200


async def catch_up_everywhere(ports: Ports) -> None:
    """Catch up in every place that is in use; what can't be read now is read before the next summary."""
    async with ports.reading() as unit:
        places = await queries.people.places_in_use(unit, ports.clock.now())
    for place in places:
        try:
            await catch_up(ports, place)
        except ChatUnavailable as unavailable:
            log.warning("could not catch up", place=place.id, why=str(unavailable))


async def catch_up(ports: Ports, place: Place) -> int:
    """Record all posts since the opening of the oldest session that may have missed some; returns how many were new or
    changed.

    They count by their own time. What is missing from the history is not a deletion. Raises ChatUnavailable.
    """
    chat = ports.chat_for(place)
    if chat is None or not place.reachable or place.platform_id is None:
        return 0
    started, clock = ports.clock.wall(), ports.clock
    async with ports.reading() as unit:
        read_until = clock.at(place.read_until - OVERLAP) if place.read_until else clock.now()
        sessions = await queries.contributions.sessions_around(
            unit, [known(place.id)], min(read_until, clock.now()), clock.now()
        )
    new = 0
    if sessions:
        after = clock.wall_at(min(session.opens_at for session in sessions))
        async for posts in _batches(chat.history(place.platform_id, after)):
            new += len(await record_posts(ports, posts))
        log.info("caught up", place=place.id, new=new)
    async with ports.unit() as unit:
        current = await unit.get_one(Place, place.id)
        current.read_until = started
    return new


async def _batches(posts: AsyncIterator[Post]) -> AsyncIterator[list[Post]]:
    batch: list[Post] = []
    async for post in posts:
        batch.append(post)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
