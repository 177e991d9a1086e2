"""Publications: which are stale, and where their parts stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from cop_bot.domain.columns import in_utc, known
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.publication import Publication, PublishedPart


async def publish(unit: AsyncSession, wanted: Publication, wall: datetime) -> Publication:
    """This is to be read by its audience from now on, as the record has it; one that is there already is stale."""
    found = await unit.scalar(
        select(Publication)
        .where(
            col(Publication.about) == wanted.about,
            col(Publication.kind) == wanted.kind,
            col(Publication.version) == wanted.version,
            col(Publication.language) == wanted.language,
            col(Publication.audience) == wanted.audience,
            col(Publication.request) == wanted.request,
        )
        .with_for_update()
    )
    if found is None:
        unit.add(wanted)
        found = wanted
    found.mark_stale(wall)
    await unit.flush()
    return found


async def mark_stale(
    unit: AsyncSession, about: Collection[str], wall: datetime, kinds: Collection[NoticeKind] = ()
) -> None:
    """What is published about this may say something else than the record: what is of these kinds, or all of it."""
    wanted = update(Publication).where(col(Publication.about).in_(list(about)), col(Publication.stale_since).is_(None))
    if kinds:
        wanted = wanted.where(col(Publication.kind).in_(list(kinds)))
    await unit.execute(wanted.values(stale_since=in_utc(wall)).execution_options(synchronize_session=False))


async def stale(unit: AsyncSession, wall: datetime, limit: int) -> list[int]:
    """The ids of publications that are to be compared with the record, those first that have waited longest."""
    ready = or_(col(Publication.not_before).is_(None), col(Publication.not_before) <= wall)
    wanted = select(col(Publication.id)).where(col(Publication.stale_since).is_not(None), ready)
    wanted = wanted.order_by(col(Publication.stale_since), col(Publication.id)).limit(limit)
    return [row for row in await unit.scalars(wanted) if row is not None]


async def stale_for_update(unit: AsyncSession, publication_id: int) -> Publication | None:
    """One of them, locked; None if somebody else holds it or has compared it."""
    wanted = select(Publication).where(col(Publication.id) == publication_id, col(Publication.stale_since).is_not(None))
    return await unit.scalar(wanted.with_for_update(skip_locked=True))


async def is_first_being_said(unit: AsyncSession, programme_id: int, since: datetime) -> bool:
    """Whether a summary of this programme was published after that (wall time) whose message is not on its way yet."""
    wanted = exists().where(
        col(Publication.programme_id) == programme_id,
        col(Publication.kind) == NoticeKind.SUMMARY,
        col(Publication.revision) == 0,
        col(Publication.stale_since) > since,
    )
    return bool(await unit.scalar(select(wanted)))


async def parts_of(unit: AsyncSession, publication_id: int) -> list[PublishedPart]:
    """Its parts, in their order."""
    wanted = select(PublishedPart).where(col(PublishedPart.publication_id) == publication_id)
    return list(await unit.scalars(wanted.order_by(col(PublishedPart.part))))


async def hold(unit: AsyncSession, part_id: int) -> None:
    """Nobody else compares what this part belongs to with the record until this transaction ends."""
    mine = select(col(PublishedPart.publication_id)).where(col(PublishedPart.id) == part_id).scalar_subquery()
    await unit.execute(select(col(Publication.id)).where(col(Publication.id) == mine).with_for_update())


async def part_with_publication(unit: AsyncSession, part_id: int) -> tuple[PublishedPart, Publication] | None:
    """One part, and what it is a part of."""
    wanted = (
        select(PublishedPart, Publication)
        .join(Publication, col(Publication.id) == col(PublishedPart.publication_id))
        .where(col(PublishedPart.id) == part_id)
    )
    row = (await unit.execute(wanted)).first()
    return (row[0], row[1]) if row else None


async def first_part(unit: AsyncSession, about: str, kind: NoticeKind, audience: str) -> PublishedPart | None:
    """The first message of a document in its own language: the others stand in its thread."""
    wanted = (
        select(PublishedPart)
        .join(Publication, col(Publication.id) == col(PublishedPart.publication_id))
        .where(
            col(Publication.about) == about,
            col(Publication.kind) == kind,
            col(Publication.audience) == audience,
            col(Publication.language) == "",
            col(PublishedPart.part) == 1,
        )
        .limit(1)
    )
    return await unit.scalar(wanted)


async def summaries_among(
    unit: AsyncSession, place_ids: Collection[int], messages: Collection[str]
) -> set[tuple[int, str]]:
    """Which of these messages are summaries or findings: (place, message)."""
    wanted = (
        select(col(Publication.place_id), col(PublishedPart.message))
        .join(PublishedPart, col(PublishedPart.publication_id) == col(Publication.id))
        .where(
            col(Publication.place_id).in_(list(place_ids)),
            col(PublishedPart.message).in_(list(messages)),
            col(Publication.kind).in_((NoticeKind.SUMMARY, NoticeKind.FINDINGS)),
        )
    )
    return {(known(row[0]), row[1]) for row in await unit.execute(wanted)}


async def standing_as(unit: AsyncSession, place_id: int, message: str) -> Publication | None:
    """What stands in this place as the message with this id of the platform."""
    wanted = (
        select(Publication)
        .join(PublishedPart, col(PublishedPart.publication_id) == col(Publication.id))
        .where(and_(col(Publication.place_id) == place_id, col(PublishedPart.message) == message))
    )
    return await unit.scalar(wanted.order_by(col(Publication.id)).limit(1))
