"""Ask what was meant by words beneath a summary: an objection to one of its lines, or nothing that must be answered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cop_bot.domain import brief as briefs
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.member import Member
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member
from cop_bot.languages.talk import is_talk
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts import objections

_LINE = re.compile(r"(?<![\w#])#?(\d{1,2})(?![\w%])")


async def ask_about_replies(ports: Ports, touched: Sequence[Contribution]) -> None:
    """Once for each reply, in private; thanks and a nod are not asked about."""
    replies = [c for c in touched if c.kind is Kind.TALK and c.thread and not c.is_withdrawn and not is_talk(c.text)]
    for reply in replies:
        await _ask(ports, reply)


async def _ask(ports: Ports, reply: Contribution) -> None:
    async with ports.unit() as unit:
        current = await queries.contributions.of_message(unit, reply.place_id, reply.message)
        publication = await queries.publications.standing_as(unit, reply.place_id, reply.thread or "")
        if current is None or current.member_id is None or publication is None:
            return
        if publication.kind is not NoticeKind.SUMMARY or publication.session_id is None:
            return
        timetable = await queries.programmes.timetable(unit, publication.programme_id)
        published = await queries.summaries.published(unit, publication.programme_id)
        summary = published.get(publication.session_id)
        member = await unit.get(Member, current.member_id)
        session = next((s for s in timetable.sessions if s.id == publication.session_id), None) if timetable else None
        if timetable is None or session is None or summary is None or member is None:
            return
        lines = len(briefs.from_json(summary.content).lines())
        named = [int(number) for number in _LINE.findall(current.text) if 0 < int(number) <= lines]
        key = NoticeKey(
            ports.database_id,
            f"contribution/{current.id}",
            NoticeKind.ASKED,
            audience=to_member(known(member.id)),
        )
        if await queries.notices.is_there(unit, key):
            return
        said = objections.what_was_meant(timetable.programme, session, member, current.text, named[:1], lines)
        unit.add(
            Notice.to_member(key, known(member.id), said, ports.clock.wall(), programme_id=publication.programme_id)
        )
    ports.wake("notices")
