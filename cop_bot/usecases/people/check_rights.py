"""Check the bot's rights: what a platform has not given it fails only when it is needed, and then in silence."""

from __future__ import annotations

import structlog

from cop_bot.domain.columns import known
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member
from cop_bot.domain.programme import Programme
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts import sessions as voice

log = structlog.get_logger()


async def check_rights(ports: Ports) -> dict[str, tuple[str, ...]]:
    """Platform -> the rights that are missing there; those who facilitate hear of it, once a day."""
    missing: dict[str, tuple[str, ...]] = {}
    for name, chat in ports.chats.items():
        try:
            rights = await chat.missing_rights()
        except ChatUnavailable as unavailable:
            log.warning("could not check the rights", platform=name, why=str(unavailable))
            continue
        if rights:
            log.warning("rights are missing", platform=name, rights=", ".join(rights))
            missing[name] = rights
            await _tell(ports, name, rights)
    return missing


async def _tell(ports: Ports, platform: str, rights: tuple[str, ...]) -> None:
    wall = ports.clock.wall()
    async with ports.unit() as unit:
        for place in await queries.people.places_in_use(unit, ports.clock.now()):
            if place.platform != platform:
                continue
            for programme_id in await queries.programmes.at_place(unit, known(place.id)):
                said = voice.rights_are_missing(await unit.get_one(Programme, programme_id), rights)
                for member in await queries.people.facilitating_members(unit, programme_id):
                    key = NoticeKey(
                        ports.database_id,
                        f"rights/{programme_id}",
                        NoticeKind.PLAN,
                        audience=to_member(known(member.id)),
                        revision=wall.toordinal() % 100_000,
                    )
                    if not await queries.notices.is_there(unit, key):
                        unit.add(Notice.to_member(key, known(member.id), said, wall, programme_id=programme_id))
    ports.wake("notices")
