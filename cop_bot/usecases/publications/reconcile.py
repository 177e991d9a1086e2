"""Reconcile what stands with the record: what is stale is composed anew, and what differs is to be said.

Nothing is said here: where a part differs, a notice of it without words is written down, and delivery composes it again
when it says it.
"""

from __future__ import annotations

from itertools import zip_longest

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.message import Message
from cop_bot.domain.notice import Notice, NoticeState
from cop_bot.domain.publication import Publication, PublishedPart, digest_of
from cop_bot.platforms.registry import split_for
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.publications.compose import compose, ends_above

log = structlog.get_logger()


async def reconcile_publications(ports: Ports, limit: int = 50) -> int:
    """Compare what is stale with the record, each in one transaction; returns how many were."""
    async with ports.reading() as unit:
        stale = await queries.publications.stale(unit, ports.clock.wall(), limit)
    for publication_id in stale:
        try:
            async with ports.unit() as unit:
                publication = await queries.publications.stale_for_update(unit, publication_id)
                if publication is not None:
                    await _reconcile(unit, ports, publication)
        except Exception:
            log.exception("a publication was not composed", publication=publication_id)
            async with ports.unit() as unit:
                if failed := await queries.publications.stale_for_update(unit, publication_id):
                    failed.compose_later(ports.clock.wall())
    return len(stale)


async def _reconcile(unit: AsyncSession, ports: Ports, publication: Publication) -> None:
    rows = await queries.publications.parts_of(unit, known(publication.id))
    pending = await queries.notices.pending_of_parts(unit, [known(row.id) for row in rows])
    stands = any(row.stands for row in rows) or any(n.state is not NoticeState.WAITING for n in pending.values())
    composed = await compose(unit, publication, now=ports.clock.now(), stands=stands)
    parts = split_for(composed.platform, composed.message) if composed.message else []
    revision = publication.revision + 1
    for number, (row, said) in enumerate(zip_longest(rows, parts), start=1):
        part = row or await _new_part(unit, publication, number)
        on_its_way = pending.get(known(part.id))
        if _must_be_said(publication, part, on_its_way, said, composed.message):
            key = publication.key(ports.database_id, revision, number)
            unit.add(Notice.of_part(key, publication, part, ports.clock.wall()))
            publication.revision = revision
    publication.compared()


async def _new_part(unit: AsyncSession, publication: Publication, number: int) -> PublishedPart:
    part = PublishedPart(publication_id=known(publication.id), part=number)
    unit.add(part)
    await unit.flush()
    return part


def _must_be_said(
    publication: Publication,
    part: PublishedPart,
    on_its_way: Notice | None,
    said: Message | None,
    whole: Message | None,
) -> bool:
    """Whether this part, as it stands or is on its way, says something else than it should."""
    waits = on_its_way is not None and on_its_way.state is NoticeState.WAITING
    if said is None and not part.stands and (on_its_way is None or waits):
        if on_its_way is not None:
            on_its_way.drop("there is nothing to say any more")
        return False
    if waits:  # it is composed when it is said
        return False
    digest = digest_of(said if said is not None else ends_above(publication, whole))
    return digest != (on_its_way.digest if on_its_way is not None else part.digest if part.stands else "")
