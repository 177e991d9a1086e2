"""What members write, change and delete in a place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from cop_bot.domain.message import Message
from cop_bot.domain.post import Change, Post
from cop_bot.platforms.console.parse import mentions_first
from cop_bot.ports import Ports
from handlers.console.commands import mentioned

Record = Callable[[Post], Awaitable[None]]


async def written(ports: Ports, record: Record, post: Post) -> Message | None:
    """Obey what begins with the bot's name and return the private answer; record everything else, which gets none."""
    if not mentions_first(post.text):
        await record(post)
        return None
    return await mentioned(ports, post) if post.change is Change.NEW else None
