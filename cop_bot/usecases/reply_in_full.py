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
from cop_bot.domain.notice import Notice
from cop_bot.domain.place import Place
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import Timetable
from cop_bot.dress.splitting import split_for
from cop_bot.ports import Chat, Ports, Ref
from cop_bot.store import queries
from cop_bot.usecases.find_summary import Found, Wanted, find_summary
from cop_bot.voice.summaries import full_reply

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
    """The whole of it, in the private answer or by direct message. Raises as `find_summary`."""
    found, rows, place = await _read(ports, timetable, wanted)
    links = await _links(ports, place, rows)
    said = worded(found, rows, links, language)
    parts = split_for(member.platform, said)
    if len(parts) == 1 or len(parts) > MOST_PARTS:
        return Reply(found.session, said if len(parts) == 1 else None, len(parts))
    key = f"{full_prefix(ports, found.summary.subject)}{secrets.token_hex(4)}"
    async with ports.unit() as unit:
        for number, part in enumerate(parts, start=1):
            notice = Notice.to_member(
                f"{key}/{number}", known(member.id), part, ports.clock.wall(), programme_id=timetable.programme.id
            )
            unit.add(notice)
    ports.wake("notices")
    return Reply(found.session, None, len(parts))


def worded(found: Found, rows: Sequence[Contribution], links: dict[int, str], language: str | None) -> Message:
    """The whole reply as one message; in the summary's own language where the reader's has no translation."""
    brief, programme = found.brief, found.timetable.programme
    offered = programme.decided().summary.languages
    return full_reply(
        programme, found.session, brief, rows, links=links, language=language if language in offered else None
    )


async def _read(ports: Ports, timetable: Timetable, wanted: Wanted) -> tuple[Found, list[Contribution], Place]:
    async with ports.reading() as unit:
        found = await find_summary(unit, ports, timetable, wanted)
        rows = await queries.contributions_of_session(unit, known(found.session.id))
        return found, rows, await unit.get_one(Place, found.session.place_id)


async def _links(ports: Ports, place: Place, rows: Sequence[Contribution]) -> dict[int, str]:
    """The addresses of the messages; those that nobody has asked for yet are asked for and kept, as far as that goes in
    so short a time.
    """
    links = {known(row.number): row.permalink for row in rows if row.permalink}
    chat, missing = ports.chats.get(place.platform), [row for row in rows if not row.permalink]
    if chat is None or place.platform_id is None or not missing:
        return links
    asked = await _ask(chat, place.platform_id, missing)
    if asked:
        async with ports.unit() as unit:
            for row in await queries.contributions_by_id(unit, asked):
                row.permalink = asked[known(row.id)] if not row.is_withdrawn else row.permalink
    return links | {known(row.number): asked[known(row.id)] for row in missing if row.id in asked}


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


def full_prefix(ports: Ports, subject: str) -> str:
    """How the keys of such notices begin."""
    return f"{ports.database_id}/{subject}/full/"
