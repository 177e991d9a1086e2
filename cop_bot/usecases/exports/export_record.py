"""Export the record: every contribution as one line of JSON, complete even when the platform hides old messages."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping

from sqlalchemy import select
from sqlmodel import col

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.member import Member
from cop_bot.domain.place import Place
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.ports import Unit
from cop_bot.store import erasure, queries

BATCH = 500


async def export_record(reading: Unit, slug: str | None) -> AsyncIterator[str]:
    """Lines in the order of programme and number, read in batches so that a large record needs little memory.

    Raises OperatorMistake if there is no such programme.
    """
    for programme in await programmes_named(reading, slug):
        last = 0
        while rows := await _batch(reading, programme, last):
            async with reading() as unit:
                more = await erasure.exported_with(unit, [known(row[0].id) for row in rows])
            for contribution, session, place, member in rows:
                yield _line(programme, contribution, session, place, member, more.get(known(contribution.id), {}))
            last = known(rows[-1][0].id)


async def programmes_named(reading: Unit, slug: str | None) -> list[Programme]:
    """The programme with this id, or all. Raises OperatorMistake if there is no such programme."""
    async with reading() as unit:
        programmes = await queries.programmes.every(unit)
    wanted = [programme for programme in programmes if slug in (None, programme.slug)]
    if slug is not None and not wanted:
        known_slugs = ", ".join(programme.slug for programme in programmes) or "none"
        raise OperatorMistake(f"There is no programme {slug!r} in this database; known: {known_slugs}.")
    return wanted


async def _batch(
    reading: Unit, programme: Programme, after: int
) -> list[tuple[Contribution, Session, Place, Member | None]]:
    wanted = (
        select(Contribution, Session, Place, Member)
        .join(Session, col(Session.id) == col(Contribution.session_id))
        .join(Place, col(Place.id) == col(Contribution.place_id))
        .outerjoin(Member, col(Member.id) == col(Contribution.member_id))
        .where(col(Contribution.programme_id) == programme.id, col(Contribution.id) > after)
        .order_by(col(Contribution.id))
        .limit(BATCH)
    )
    async with reading() as unit:
        return [(row[0], row[1], row[2], row[3]) for row in await unit.execute(wanted)]


def _line(
    programme: Programme,
    contribution: Contribution,
    session: Session,
    place: Place,
    member: Member | None,
    more: Mapping[str, object],
) -> str:
    return json.dumps(
        {
            "programme": programme.slug,
            "session": session.slug,
            "number": contribution.number,
            "kind": contribution.kind.value,
            "answers": contribution.answers,
            "text": contribution.text,
            "quoted": contribution.quoted,
            "links": contribution.links,
            "files": contribution.files,
            "parent": contribution.parent,
            "late": contribution.late,
            "withdrawn": contribution.is_withdrawn,
            "posted_at": contribution.posted_at.isoformat(),
            "platform": place.platform,
            "place": place.platform_id or place.name,
            "message": contribution.message,
            "thread": contribution.thread,
            "permalink": contribution.permalink,
            "member": member.platform_id if member else None,
            "name": member.name if member else None,
            **more,
        },
        ensure_ascii=False,
        default=str,
    )
