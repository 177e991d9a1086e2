"""Reply in full: a summary and under it every contribution of its session, to one member alone."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.place import Place
from cop_bot.domain.publication import Publication
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import Timetable
from cop_bot.platforms.registry import split_for
from cop_bot.ports import Chat, Ports, Ref
from cop_bot.store import queries
from cop_bot.usecases.publications.compose_reply import reply_of
from cop_bot.usecases.summaries.find_summary import Found, Wanted, find_summary
from cop_bot.usecases.summaries.further_languages import languages_of

log = structlog.get_logger()

MOST_PARTS = 20
"""Nobody reads more than that in a chat, and a direct conversation takes one message a second."""
LINKS_S = 1.5
"""How long a member waits for links that nobody has asked for yet: Slack wants an answer within three seconds."""
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it: `said` if it fits into one private answer, else how many `parts` it has, and whether they are
    on their way.
    """

    session: Session
    said: Message | None
    parts: int

    @property
    def is_too_long(self) -> bool:
        """Whether it is for a file: nothing was sent."""
        return self.parts > MOST_PARTS


async def reply_in_full(ports: Ports, timetable: Timetable, wanted: Wanted, member: Member, language: str) -> Reply:
    """The whole of it, in the private answer or by direct message; in the member's language if it has been translated
    into that. Raises as `find_summary`.
    """
    async with ports.reading() as unit:
        found = await find_summary(unit, timetable, wanted)
        place = await unit.get_one(Place, found.session.place_id)
        without = [c for c in await queries.contributions.of_session(unit, known(found.session.id)) if not c.permalink]
    await _find_links(ports, place, without)
    async with ports.reading() as unit:
        further = language if language in languages_of(timetable, found.summary) else None
        said = await reply_of(unit, timetable, found.session, found.summary, further)
    parts = split_for(member.platform, said)
    if len(parts) > 1 and len(parts) <= MOST_PARTS:
        await _send(ports, found, member, further)
    return Reply(found.session, said if len(parts) == 1 else None, len(parts))


async def _send(ports: Ports, found: Found, member: Member, language: str | None) -> None:
    async with ports.unit() as unit:
        wanted = Publication.for_member(
            NoticeKind.FULL,
            found.summary.subject,
            found.summary.programme_id,
            known(member.id),
            session_id=found.session.id,
            language=language or "",
            request=secrets.token_hex(4),
        )
        await queries.publications.publish(unit, wanted, ports.clock.wall())
    ports.wake("notices")


async def _find_links(ports: Ports, place: Place, rows: Sequence[Contribution]) -> None:
    """The addresses of messages that nobody has asked for yet are asked for and kept, as far as that goes in so short a
    time.
    """
    chat = ports.chat_for(place)
    if chat is None or place.platform_id is None or not rows:
        return
    if found := await _ask(chat, place.platform_id, rows):
        async with ports.unit() as unit:
            for row in await queries.contributions.by_id(unit, found):
                if not row.is_withdrawn:
                    row.permalink = found[known(row.id)]


async def _ask(chat: Chat, place: str, rows: Sequence[Contribution]) -> dict[int, str]:
    """The id of a row -> its address."""
    found: dict[int, str] = {}
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(row: Contribution) -> None:
        async with gate:
            if link := await chat.permalink(Ref(place, row.message)):
                found[known(row.id)] = link

    try:
        async with asyncio.timeout(LINKS_S), asyncio.TaskGroup() as group:
            for row in rows:
                group.create_task(one(row))
    except* (TimeoutError, ChatUnavailable) as why:
        log.info("not every message has a link", found=len(found), wanted=len(rows), why=str(why.exceptions[0]))
    return found
