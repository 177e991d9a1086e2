"""Keep a message because somebody asks for it: it was written before the session opened, or never reached us."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import IsWithdrawn, NoOpenSession
from cop_bot.domain.place import Place
from cop_bot.domain.post import Post
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.auditing import audit
from cop_bot.usecases.record.record_posts import record_in


async def keep_message(ports: Ports, place: Place, post: Post, by: Member) -> tuple[Contribution, bool]:
    """The contribution that the message is now, and whether it was one before.

    It belongs to the session of its own time; where there is none, to the one that is open now. Raises NoOpenSession,
    IsWithdrawn.
    """
    async with ports.unit() as unit:
        before = await queries.contributions.of_message(unit, known(place.id), post.message)
        if before is not None and before.is_withdrawn:
            raise IsWithdrawn
        kept = before or await _keep(unit, ports, place, post)
        if before is None and post.author != by.platform_id:
            audit(unit, ports.clock, kept.programme_id, by, "keep", about=f"#{kept.number}")
    ports.wake("marks")
    return kept, before is not None


async def _keep(unit: AsyncSession, ports: Ports, place: Place, post: Post) -> Contribution:
    for one in (post, replace(post, at=ports.clock.wall())):
        await record_in(unit, ports, [one])
        kept = await queries.contributions.of_message(unit, known(place.id), post.message)
        if kept is not None:
            return kept
    raise NoOpenSession
