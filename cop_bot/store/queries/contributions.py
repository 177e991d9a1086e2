"""Contributions, as posts find them and as people look for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution, Kind, Mark
from cop_bot.domain.member import Member
from cop_bot.domain.place import Place
from cop_bot.domain.session import LATE_DAY, Session, SessionState
from cop_bot.domain.session_statistics import Counted

_COLUMNS = [name for name in Contribution.model_fields if name != "id"]


async def sessions_around(
    unit: AsyncSession, place_ids: Collection[int], first: datetime, last: datetime
) -> list[Session]:
    """Sessions of these places to which a post between the two moments may belong, late ones included."""
    wanted = select(Session).where(
        col(Session.place_id).in_(list(place_ids)),
        col(Session.state) != SessionState.SKIPPED,
        col(Session.opens_at) <= last,
        col(Session.closes_at) > first - LATE_DAY,
    )
    return list(await unit.scalars(wanted))


async def by_message(
    unit: AsyncSession, place_ids: Collection[int], messages: Collection[str]
) -> dict[tuple[int, str], Contribution]:
    """What is kept of these messages, by (place, message id)."""
    wanted = select(Contribution).where(
        col(Contribution.place_id).in_(list(place_ids)), col(Contribution.message).in_(list(messages))
    )
    return {(c.place_id, c.message): c for c in await unit.scalars(wanted)}


async def by_number(
    unit: AsyncSession, programme_ids: Collection[int], numbers: Collection[int], *, untouched: bool = False
) -> dict[tuple[int, int], Contribution]:
    """Contributions that are not withdrawn, by (programme, number).

    With `untouched` only those that nobody else is changing just now, and nobody will until this transaction ends.
    """
    wanted = select(Contribution).where(
        col(Contribution.programme_id).in_(list(programme_ids)),
        col(Contribution.number).in_(list(numbers)),
        col(Contribution.withdrawn_at).is_(None),
    )
    if untouched:
        wanted = wanted.with_for_update(skip_locked=True)
    return {(c.programme_id, c.number): c for c in await unit.scalars(wanted) if c.number is not None}


async def standing_messages(unit: AsyncSession, place_id: int, since: datetime) -> dict[str, str | None]:
    """The messages of a place whose words are kept, posted since then (programme time): id -> what it replies to."""
    wanted = select(col(Contribution.message), col(Contribution.thread)).where(
        col(Contribution.place_id) == place_id,
        col(Contribution.posted_at) >= since,
        col(Contribution.withdrawn_at).is_(None),
    )
    return {row[0]: row[1] for row in await unit.execute(wanted.order_by(col(Contribution.id)))}


async def early_replies(unit: AsyncSession, place_ids: Collection[int], roots: Collection[str]) -> list[Contribution]:
    """Replies in these places that were recorded before the messages they reply to."""
    wanted = select(Contribution).where(
        col(Contribution.place_id).in_(list(place_ids)),
        col(Contribution.thread).in_(list(roots)),
        col(Contribution.parent).is_(None),
        col(Contribution.withdrawn_at).is_(None),
    )
    return list(await unit.scalars(wanted))


async def insert_all(unit: AsyncSession, contributions: Sequence[Contribution]) -> None:
    """Store new contributions in one statement, several times faster than one by one; they don't learn their ids."""
    rows = [{name: getattr(c, name) for name in _COLUMNS} for c in contributions]
    if rows:
        await unit.execute(insert(Contribution.__table__), rows)  # type: ignore[attr-defined]  # set by SQLModel


async def of_message(unit: AsyncSession, place_id: int, message: str) -> Contribution | None:
    """What is kept of one message."""
    return await unit.scalar(
        select(Contribution).where(col(Contribution.place_id) == place_id, col(Contribution.message) == message)
    )


def _live(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(col(Contribution.withdrawn_at).is_(None), col(Contribution.number).is_not(None), *conditions)


def _counting(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Talk is kept and is nobody's contribution to the theme."""
    return _live(col(Contribution.kind) != Kind.TALK, *conditions)


async def of_session(unit: AsyncSession, session_id: int) -> list[Contribution]:
    """What was contributed to a session, in the order of its numbers; withdrawn ones and talk left out."""
    wanted = select(Contribution).where(_counting(col(Contribution.session_id) == session_id))
    return list(await unit.scalars(wanted.order_by(col(Contribution.number))))


async def late_numbers(unit: AsyncSession, session_id: int) -> set[int]:
    """The numbers of what came after the close of a session, withdrawn ones and talk left out."""
    wanted = select(col(Contribution.number)).where(
        _counting(col(Contribution.session_id) == session_id, col(Contribution.late).is_(True))
    )
    return {number for number in await unit.scalars(wanted) if number is not None}


async def of_member(unit: AsyncSession, member_id: int, programme_id: int | None = None) -> list[Contribution]:
    """What a member contributed, withdrawn ones left out."""
    conditions = [col(Contribution.member_id) == member_id]
    if programme_id is not None:
        conditions.append(col(Contribution.programme_id) == programme_id)
    return list(
        await unit.scalars(select(Contribution).where(_live(*conditions)).order_by(col(Contribution.posted_at)))
    )


async def every_trace_of(unit: AsyncSession, member_id: int) -> list[Contribution]:
    """All rows of a member, withdrawn ones too."""
    return list(await unit.scalars(select(Contribution).where(col(Contribution.member_id) == member_id)))


async def counts(unit: AsyncSession, session_id: int) -> tuple[int, int]:
    """How many contributions and how many people a session has; talk doesn't count."""
    wanted = select(func.count(), func.count(col(Contribution.member_id).distinct())).where(
        _counting(col(Contribution.session_id) == session_id)
    )
    row = (await unit.execute(wanted)).one()
    return int(row[0]), int(row[1])


async def replies_to(unit: AsyncSession, programme_id: int, numbers: Collection[int]) -> dict[int, int]:
    """Number of a contribution -> number of the first that somebody else replied to it; talk is no reply."""
    asked, reply = aliased(Contribution), aliased(Contribution)
    wanted = (
        select(col(asked.number), func.min(col(reply.number)))
        .join(reply, and_(col(reply.programme_id) == col(asked.programme_id), col(reply.parent) == col(asked.number)))
        .where(
            col(asked.programme_id) == programme_id,
            col(asked.number).in_(list(numbers)),
            col(reply.withdrawn_at).is_(None),
            col(reply.kind) != Kind.TALK,
            col(reply.member_id).is_distinct_from(col(asked.member_id)),
        )
        .group_by(col(asked.number))
    )
    return {known(row[0]): known(row[1]) for row in await unit.execute(wanted)}


async def counted(unit: AsyncSession, session_id: int) -> list[Counted]:
    """Number, kind, member_id and parent of all that stands in a session, talk too, without their words."""
    wanted = select(
        col(Contribution.number), col(Contribution.kind), col(Contribution.member_id), col(Contribution.parent)
    ).where(col(Contribution.session_id) == session_id, col(Contribution.withdrawn_at).is_(None))
    return [Counted(*row) for row in await unit.execute(wanted)]


async def zones_of_authors(unit: AsyncSession, session_id: int) -> dict[int, str]:
    """Member -> zone, of those who contributed to a session."""
    wanted = (
        select(col(Member.id), col(Member.zone))
        .join(Contribution, col(Contribution.member_id) == col(Member.id))
        .where(col(Contribution.session_id) == session_id)
        .distinct()
    )
    return {known(row[0]): row[1] for row in await unit.execute(wanted)}


async def contributors(unit: AsyncSession, session_id: int) -> set[int]:
    """The ids of the members who contributed to a session; talk doesn't count."""
    wanted = select(col(Contribution.member_id)).where(_counting(col(Contribution.session_id) == session_id)).distinct()
    return {row for row in await unit.scalars(wanted) if row is not None}


async def recorded_since(unit: AsyncSession, member_id: int, wall: datetime) -> int:
    """How many contributions of a member were recorded since then (wall time)."""
    wanted = select(func.count()).where(col(Contribution.member_id) == member_id, col(Contribution.recorded_at) > wall)
    return int(await unit.scalar(wanted) or 0)


async def recorded_by(unit: AsyncSession, member_id: int, place_id: int, wall: datetime) -> list[Contribution]:
    """What this member has contributed in this place since then (wall time), withdrawn ones left out."""
    wanted = select(Contribution).where(
        col(Contribution.member_id) == member_id,
        col(Contribution.place_id) == place_id,
        col(Contribution.recorded_at) > wall,
        col(Contribution.withdrawn_at).is_(None),
    )
    return list(await unit.scalars(wanted.order_by(col(Contribution.id))))


async def authors(unit: AsyncSession, programme_id: int) -> dict[int, int]:
    """Who wrote what: number of a contribution -> id of its member; withdrawn ones left out."""
    wanted = select(col(Contribution.number), col(Contribution.member_id)).where(
        _live(col(Contribution.programme_id) == programme_id), col(Contribution.member_id).is_not(None)
    )
    return {known(row[0]): known(row[1]) for row in await unit.execute(wanted)}


async def texts(unit: AsyncSession, programme_id: int) -> list[tuple[int, str]]:
    """What the contributions of a programme say, the newest first: (our id, text)."""
    wanted = select(col(Contribution.id), col(Contribution.text)).where(
        _live(col(Contribution.programme_id) == programme_id)
    )
    rows = await unit.execute(wanted.order_by(col(Contribution.posted_at).desc()))
    return [(known(row[0]), row[1]) for row in rows]


async def by_id(unit: AsyncSession, ids: Collection[int]) -> list[Contribution]:
    """These contributions, the newest first."""
    wanted = select(Contribution).where(col(Contribution.id).in_(list(ids)))
    return list(await unit.scalars(wanted.order_by(col(Contribution.posted_at).desc())))


async def to_mark(unit: AsyncSession, since: datetime, limit: int = 20) -> list[tuple[Contribution, Place]]:
    """Contributions whose mark is to be set or taken away, recorded since then (wall time)."""
    wanted = (
        select(Contribution, Place)
        .join(Place, col(Place.id) == col(Contribution.place_id))
        .where(
            or_(
                and_(col(Contribution.mark) == Mark.WANTED, col(Contribution.recorded_at) > since),
                col(Contribution.mark) == Mark.UNWANTED,
            ),
            col(Place.platform_id).is_not(None),
        )
        .order_by(col(Contribution.id))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in await unit.execute(wanted)]
