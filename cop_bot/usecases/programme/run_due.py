"""One tick: do what is due, commit, and wake who has to speak. It waits for no other machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from cop_bot.domain.scheduled import Do, Due
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.programme.announce_gathering import announce_gathering
from cop_bot.usecases.programme.close_session import close_session
from cop_bot.usecases.programme.open_session import open_session
from cop_bot.usecases.programme.remind_members import remind_members

log = structlog.get_logger()

SUMMARY_FIRST = timedelta(seconds=60)
"""How long (wall time) an opening waits for the summary of the session before."""


async def run_due(ports: Ports) -> int:
    """Do everything that is due now, programme by programme, each in one transaction; returns how many things were
    done. What goes wrong in one programme stops no other.
    """
    async with ports.reading() as unit:
        programme_ids = await queries.programmes.due(unit, ports.clock.now())
    done = 0
    for programme_id in programme_ids:
        try:
            done += await _run_programme(ports, programme_id)
        except StaleDataError:
            log.info("another replica was faster", programme=programme_id)
        except Exception:
            log.exception("what is due was not done", programme=programme_id)
    if done:
        ports.wake("notices")
        ports.wake("summaries")
    return done


async def _run_programme(ports: Ports, programme_id: int) -> int:
    async with ports.unit() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id, lock=True)
        if timetable is None:
            return 0
        done = 0
        for due in timetable.due(ports.clock.now()):
            if due.do is Do.OPEN and await _comes_too_early(unit, ports, programme_id):
                break
            await _do(unit, ports, timetable, due)
            done += 1
        timetable.settle()
    return done


async def _comes_too_early(unit: AsyncSession, ports: Ports, programme_id: int) -> bool:
    """Whether the summary of the session before is about to be ready: it should stand above the next opening.

    That happens where a down-time is made good, or sessions follow each other at once. An attempt that fails does not
    end the wait: the next one comes within the minute, unless it takes long. No post is lost meanwhile: it counts by
    its own time.
    """
    clock, since = ports.clock, ports.clock.wall() - SUMMARY_FIRST
    return await queries.summaries.is_first_being_written(
        unit, programme_id, clock.at(since)
    ) or await queries.publications.is_first_being_said(unit, programme_id, since)


async def _do(unit: AsyncSession, ports: Ports, timetable: Timetable, due: Due) -> None:
    log.info("due", do=due.do.name.lower(), programme=timetable.programme.id, at=due.at.isoformat())
    await DOES[due.do](unit, ports, timetable, due.subject)


DOES: Mapping[Do, Callable[[AsyncSession, Ports, Timetable, Any], Awaitable[None]]] = {
    Do.OPEN: open_session,
    Do.CLOSE: close_session,
    Do.ANNOUNCE: announce_gathering,
    Do.REMIND: remind_members,
}
"""What is to be done -> the use case that does it to its subject."""
