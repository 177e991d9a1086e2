"""What waits to be said to facilitators follows a withdrawal too: drafts for their review, warnings and objections."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message
from cop_bot.domain.notice import Notice, NoticeState
from cop_bot.domain.objection import Objection
from cop_bot.domain.summary import Summary
from cop_bot.domain.timetable import Timetable
from cop_bot.dress.splitting import split_for
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.word_summary import message_of, session_of, warnings
from cop_bot.voice import answers, objections
from cop_bot.voice.languages import for_member


async def redact_draft(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    """A draft says what is left of it, and the warnings with it only what still stands."""
    shown = await message_of(unit, timetable, summary, now=ports.clock.now(), draft=True)
    draft = answers.draft(shown, session_of(timetable, summary).slug)
    async for notice, member in _waiting(unit, f"{ports.database_id}/{summary.subject}/draft/{summary.version}/"):
        _say_or_drop(notice, _its_part(notice, member, draft))
    async for notice, member in _waiting(unit, f"{ports.database_id}/{summary.subject}/warnings/{summary.version}/"):
        to_know = await warnings(unit, timetable, summary, for_member(timetable.programme, member))
        _say_or_drop(notice, _its_part(notice, member, to_know))


async def redact_objection(
    unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary, objection: Objection
) -> None:
    """Facilitators are told of the objection without the line that is gone."""
    session, ever = session_of(timetable, summary), await queries.objections_ever(unit, objection.subject)
    place = 1 + next(at for at, one in enumerate(ever) if one.id == objection.id)
    async for notice, member in _waiting(unit, f"{ports.database_id}/objection/{objection.id}/"):
        language = for_member(timetable.programme, member)
        said = objections.raised(timetable.programme, session, objection, place, link=None, language=language)
        _say_or_drop(notice, said)


async def _waiting(unit: AsyncSession, prefix: str) -> AsyncIterator[tuple[Notice, Member]]:
    for notice in await queries.notices_like(unit, prefix):
        if notice.state is NoticeState.WAITING:
            yield notice, await unit.get_one(Member, known(notice.member_id))


def _its_part(notice: Notice, member: Member, said: Message | None) -> Message | None:
    """What this notice says of it: its key ends with the number of the part."""
    parts, number = split_for(member.platform, said) if said else [], int(notice.key.rpartition("/")[2])
    return parts[number - 1] if number <= len(parts) else None


def _say_or_drop(notice: Notice, said: Message | None) -> None:
    if said is None:
        notice.drop("withdrawn")
    else:
        notice.say_instead(said)
