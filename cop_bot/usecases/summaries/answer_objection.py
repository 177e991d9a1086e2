"""Answer an objection, or remove one that nobody should have to read; a new version shows it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import AnsweredAlready, NoSuchObjection
from cop_bot.domain.objection import Objection
from cop_bot.domain.session import Session
from cop_bot.ports import Ports
from cop_bot.store import erasure, queries
from cop_bot.store.auditing import audit
from cop_bot.usecases.summaries.find_summary import Found, Wanted
from cop_bot.usecases.summaries.follow_objection import find_held, request_version_after, show_objections, wake


async def answer_objection(
    ports: Ports, programme_id: int, wanted: Wanted, place: int, text: str, facilitator: Member
) -> Session:
    """The answer stands under the objection from the next version on; a later answer takes its place.

    `place` is that in the list of objections. Raises NoSuchObjection, AnsweredAlready, AnswerWithoutWords,
    ObjectionTooLong, and as `find_summary`.
    """
    async with ports.unit() as unit:
        found, objection = await _objection(unit, ports, programme_id, wanted, place)
        before = objection.answer
        objection.reply(text, known(facilitator.id), ports.clock.now())
        if objection.answer == before:
            raise AnsweredAlready
        audit(unit, ports.clock, programme_id, facilitator, "summary answer", about=f"{found.session.slug} {place}")
        await show_objections(unit, ports, found)
    wake(ports)
    return found.session


async def remove_objection(ports: Ports, programme_id: int, wanted: Wanted, place: int, facilitator: Member) -> Session:
    """Erase the words of an objection, whoever made it. Raises NoSuchObjection, and as `find_summary`."""
    async with ports.unit() as unit:
        found, objection = await _objection(unit, ports, programme_id, wanted, place)
        await erasure.erase_objections(unit, ports.clock.now(), ports.clock.wall(), [objection])
        await request_version_after(unit, ports, found)
        about = f"{found.session.slug} {place} withdraw"
        audit(unit, ports.clock, programme_id, facilitator, "summary answer", about=about)
    wake(ports)
    return found.session


async def _objection(
    unit: AsyncSession, ports: Ports, programme_id: int, wanted: Wanted, place: int
) -> tuple[Found, Objection]:
    found = await find_held(unit, ports, programme_id, wanted)
    ever = await queries.objections.ever(unit, found.summary.subject)
    if not 1 <= place <= len(ever) or ever[place - 1].is_withdrawn:
        raise NoSuchObjection
    return found, ever[place - 1]
