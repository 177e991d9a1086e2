"""Take over from a process that is gone: nobody is at what it had under its leases."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from cop_bot.domain.notice import SETTLE, Notice, NoticeState
from cop_bot.domain.summary import Summary
from cop_bot.ports import Ports


async def release_leases(ports: Ports) -> None:
    """Let no lease run on; only for a process that knows itself to be alone with the record.

    What was being posted may take a moment to show up in the platform's history, where it is looked for first.
    """
    settled = ports.clock.wall() + SETTLE
    async with ports.unit() as unit:
        await unit.execute(
            update(Notice)
            .where(col(Notice.state) == NoticeState.SENDING, col(Notice.lease_until) > settled)
            .values(lease_until=settled)
        )
        await unit.execute(update(Summary).where(col(Summary.lease_until).is_not(None)).values(lease_until=None))
