"""Contribute by a command: for threads, for direct messages, and for those who like it said plainly."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution, Kind, Mark, folded, message_by_command, said_by_us
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import NoOpenSession, TooManyAtOnce
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.place import Place
from cop_bot.domain.post import Post
from cop_bot.domain.publication import Publication
from cop_bot.domain.visible import clean
from cop_bot.domain.wording import MOST_QUESTIONS, beginning
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.record.record_posts import record_in

MOST_AT_ONCE, WITHIN = 20, timedelta(minutes=10)
"""Contributions of one member that the bot posts for them within so much wall time."""

AGAIN = timedelta(hours=1)
"""How long (wall time) the same words are taken for the same contribution."""


async def contribute(
    ports: Ports,
    place: Place,
    member: Member,
    kind: Kind,
    text: str,
    links: tuple[str, ...] = (),
    *,
    message: str | None = None,
    thread: str | None = None,
) -> tuple[Contribution, bool]:
    """Keep what a member typed after a command; with it, whether the same words of theirs were kept in this way before,
    and nothing was done.

    `message` is the message that carries the command, if others can read it. Without one the bot posts the words in the
    place, so that they can be read, linked and answered. Raises NoOpenSession, TooManyAtOnce.
    """
    post = Post(
        platform=place.platform,
        place=place.platform_id or "",
        message=message or message_by_command(secrets.token_hex(8)),
        author=member.platform_id,
        at=ports.clock.wall(),
        text=text,
        links=links,
        thread=thread,
    )
    async with ports.unit() as unit:
        if message is None:
            if before := await _the_same(unit, ports, place, member, post):
                return before, True
            await _must_leave_room(unit, ports, member)
        await record_in(unit, ports, [post], kind=kind)
        kept = await queries.contributions.of_message(unit, known(place.id), post.message)
        if kept is None:
            raise NoOpenSession
        if message is None:
            kept.mark = Mark.NONE
            await _post_for(unit, ports, kept, place)
    ports.wake("marks")
    ports.wake("notices")
    return kept, False


async def _the_same(unit: AsyncSession, ports: Ports, place: Place, member: Member, post: Post) -> Contribution | None:
    """Whoever presses twice, or is not sure whether it arrived, means to say it once."""
    if member.id is None:
        return None
    lately = await queries.contributions.recorded_by(unit, member.id, known(place.id), ports.clock.wall() - AGAIN)
    text = clean(post.text)
    same = {_plain(text), _plain(beginning(text, {}, MOST_QUESTIONS).text)}
    return next((c for c in lately if said_by_us(c.message) and _plain(c.text) in same), None)


def _plain(text: str) -> str:
    return " ".join(folded(text).split())


async def _must_leave_room(unit: AsyncSession, ports: Ports, member: Member) -> None:
    """What the bot says for one member waits in the same row as openings and summaries."""
    since = ports.clock.wall() - WITHIN
    if member.id is not None and await queries.contributions.recorded_since(unit, member.id, since) >= MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE, minutes=WITHIN // timedelta(minutes=1))


async def _post_for(unit: AsyncSession, ports: Ports, kept: Contribution, place: Place) -> None:
    """The bot says it in the place for them; there it follows the record, as everything that is published does."""
    wanted = Publication.for_place(
        NoticeKind.CONTRIBUTION,
        f"contribution/{kept.id}",
        kept.programme_id,
        known(place.id),
        session_id=kept.session_id,
        contribution_id=kept.id,
    )
    await queries.publications.publish(unit, wanted, ports.clock.wall())
