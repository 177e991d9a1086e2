"""Holding a programme while a facilitator steers it by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import NothingIsOpen, NothingIsPlanned, ProgrammeIsGone
from cop_bot.domain.session import Session
from cop_bot.domain.standing import standing
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.auditing import audit


@dataclass(frozen=True, slots=True)
class Step:
    """A facilitator's step: what its command is called, and who takes it."""

    command: str
    by: Member


@asynccontextmanager
async def steering(
    ports: Ports, programme_id: int, step: Step, about: str = ""
) -> AsyncIterator[tuple[AsyncSession, Timetable]]:
    """One transaction that holds the programme, so that no tick comes in between; then those who speak are woken.

    It is written down in the audit, with how the timetable stood before and stands after. `about`: a session as it was
    named, or what else the step was about.
    """
    async with ports.unit() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id, lock=True)
        if timetable is None:
            raise ProgrammeIsGone
        before = standing(timetable)
        yield unit, timetable
        await unit.flush()
        after = standing(timetable)
        moved = [s for s in timetable.sessions if before["sessions"][str(s.id)] != after["sessions"][str(s.id)]]
        named = about or (moved[0].slug if len(moved) == 1 else "")
        audit(unit, ports.clock, programme_id, step.by, step.command, about=named, before=before, after=after)
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
