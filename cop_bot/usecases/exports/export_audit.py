"""Export the audit: every use of a facilitator's power as one line of JSON."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.ports import Unit
from cop_bot.store import queries
from cop_bot.usecases.exports.export_record import programmes_named


async def export_audit(reading: Unit, slug: str | None) -> AsyncIterator[str]:
    """Every use as one line of JSON, the oldest first. Raises OperatorMistake if there is no such programme."""
    for programme in await programmes_named(reading, slug):
        async with reading() as unit:
            rows = await queries.audits.every(unit, known(programme.id))
        for row, member, person in rows:
            yield json.dumps(
                {
                    "programme": programme.slug,
                    "at": row.at.isoformat(),
                    "member": _id(member),
                    "command": row.command,
                    "about": row.about,
                    "person": _id(person),
                    "undone_at": row.undone_at.isoformat() if row.undone_at else None,
                },
                ensure_ascii=False,
            )


def _id(member: Member | None) -> str | None:
    return member.platform_id if member else None
