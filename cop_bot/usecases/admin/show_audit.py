"""Show facilitators what facilitators have done."""

from __future__ import annotations

from cop_bot.domain.audit import Audited
from cop_bot.domain.member import Member
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts.answers.audit import Line

MOST = 20
"""Nobody reads more than that in a chat."""


async def newest(ports: Ports, programme_id: int) -> list[Line]:
    """The newest uses of a facilitator's power, the last one first."""
    async with ports.reading() as unit:
        rows = await queries.audits.newest(unit, programme_id, MOST)
    return [_line(*row) for row in rows]


def _line(row: Audited, member: Member | None, person: Member | None) -> Line:
    step = " ".join(filter(None, (row.command, row.about)))
    return Line(row.at, _name(member), step, _name(person), row.undone_at is not None)


def _name(member: Member | None) -> str:
    return "" if member is None or member.forgotten else member.name or "…"
