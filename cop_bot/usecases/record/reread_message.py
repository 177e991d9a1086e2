"""Look at one message again: what was told at once may be a part of what its readers see."""

from __future__ import annotations

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.post import Post
from cop_bot.ports import Ports, Ref
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of
from cop_bot.usecases.record.record_posts import record_posts


async def reread_message(ports: Ports, post: Post) -> bool:
    """Record the message as the platform has it now; returns whether anything of it could be read.

    Raises ChatUnavailable where it can't be looked at, or is not there yet.
    """
    found = await ports.chats[post.platform].reread(Ref(post.place, post.message), post.thread)
    if not found.is_there:
        raise ChatUnavailable("the message is not there yet")
    if found.post is None:
        return True
    await record_posts(ports, [found.post])
    return not found.post.is_empty or not await _is_listening(ports, post)


async def _is_listening(ports: Ports, post: Post) -> bool:
    """Whether a session is open there now: else nobody expects anything to be kept."""
    workspace_id = await workspace_of(ports, post.platform)
    async with ports.reading() as unit:
        place = await queries.people.place_by_platform_id(unit, workspace_id, post.place)
        if place is None or place.id is None:
            return False
        now = ports.clock.now()
        sessions = await queries.contributions.sessions_around(unit, [place.id], now, now)
    return any(session.covers(now) for session in sessions)
