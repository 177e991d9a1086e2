"""Greet who brought the bot into a place, once: what it is, what it would keep, and the way to a programme."""

from __future__ import annotations

import asyncio
import hashlib

import structlog

from cop_bot.domain.columns import known
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of
from cop_bot.texts import setting_up

log = structlog.get_logger()

_ASKED_FOR_S = 1.5
"""How long (wall time) the platform may take to say in which language somebody reads."""


async def greet_inviter(ports: Ports, platform: str, place: str, person: str) -> None:
    """In the direct conversation, as a notice. Not where a programme runs already: it says what there is to say."""
    chat, workspace_id = ports.chats[platform], await workspace_of(ports, platform)
    try:
        async with asyncio.timeout(_ASKED_FOR_S):
            profile, found = await chat.person(person), await chat.place(place)
    except (ChatUnavailable, TimeoutError) as failure:
        log.warning("could not ask who invited us", why=type(failure).__name__)
        profile = found = None
    about = f"arrival/{hashlib.sha256(place.encode()).hexdigest()[:12]}"
    async with ports.unit() as unit:
        # A file names a channel as people do; until it has been looked for, the record does not know its id.
        for name in (place, *((found.name, f"#{found.name}") if found else ())):
            there = await queries.people.place_by_name(unit, workspace_id, name)
            if there is not None and await queries.programmes.at_place(unit, known(there.id)):
                return
        member = await queries.people.meet(unit, workspace_id, platform, person)
        if profile is not None:
            member.profile(profile, ports.clock.wall())
        if not member.is_person:
            return
        key = NoticeKey(ports.database_id, about, NoticeKind.PLAN, audience=to_member(known(member.id)))
        if await queries.notices.is_there(unit, key):
            return
        said = setting_up.greeting(place, found.name if found else "", language=member.language or "en")
        unit.add(Notice.to_member(key, known(member.id), said, ports.clock.wall()))
    ports.wake("notices")
