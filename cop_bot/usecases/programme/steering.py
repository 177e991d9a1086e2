"""Holding a programme while a facilitator steers it by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.mistakes import NothingIsOpen, NothingIsPlanned, ProgrammeIsGone
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries


@asynccontextmanager
async def steering(ports: Ports, programme_id: int) -> AsyncIterator[tuple[AsyncSession, Timetable]]:
    """One transaction that holds the programme, so that no tick comes in between; then those who speak are woken."""
    async with ports.unit() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id, lock=True)
        if timetable is None:
            raise ProgrammeIsGone
        yield unit, timetable
    ports.wake("notices")
    ports.wake("summaries")


def running(timetable: Timetable) -> Session:
    session = timetable.open_session()
    if session is None:
        raise NothingIsOpen
    return session


def next_planned(timetable: Timetable) -> Session:
    session = timetable.next_session()
    if session is None:
        raise NothingIsPlanned
    return session
