"""Learn where the openings stand for people to see: reminders lead there."""

from __future__ import annotations

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.session import Session
from cop_bot.ports import Ports, Ref
from cop_bot.store import queries


async def link_openings(ports: Ports) -> None:
    """Ask the platforms; what can't be learned now is asked for again at the next time."""
    async with ports.reading() as unit:
        rows = await queries.programmes.openings_without_link(unit)
    for session, place, notice in rows:
        chat = ports.chat_for(place)
        if chat is None or not notice.sent_message:
            continue
        try:
            link = await chat.permalink(Ref(notice.sent_place or place.platform_id or "", notice.sent_message))
        except ChatUnavailable:
            continue
        async with ports.unit() as unit:
            current = await unit.get(Session, session.id)
            if current is not None:
                current.opening_link = link or ""
