"""Steer the sessions by hand: a facilitator opens, closes, extends, skips, shifts or reminds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.errors import MemberMistake
from cop_bot.domain.member import Member
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.plan import ReminderPlan
from cop_bot.domain.reminder import Reminder, Skip
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import SessionsWouldOverlap, Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.marking import request_findings
from cop_bot.usecases.programme.close_session import close_session
from cop_bot.usecases.programme.open_session import open_session
from cop_bot.usecases.programme.remind_members import decide_for_all
from cop_bot.voice import sessions as voice


class NothingIsOpen(MemberMistake):
    """No session is open just now."""


class NothingIsPlanned(MemberMistake):
    """No session is left to open."""


@asynccontextmanager
async def steering(ports: Ports, programme_id: int) -> AsyncIterator[tuple[AsyncSession, Timetable]]:
    """One transaction that holds the programme, so that no tick comes in between; then those who speak are woken."""
    async with ports.unit() as unit:
        timetable = await queries.timetable(unit, programme_id, lock=True)
        if timetable is None:
            raise MemberMistake("This programme does not exist any more.")
        yield unit, timetable
    ports.wake("notices")
    ports.wake("summaries")


async def open_now(ports: Ports, programme_id: int, wanted: str) -> Session:
    """Open the next session before its time. Raises SessionsWouldOverlap if another one is named."""
    async with steering(ports, programme_id) as (unit, timetable):
        session = timetable.session(wanted) if wanted else _next(timetable)
        if session.is_planned and session is not timetable.next_session():
            raise SessionsWouldOverlap("Another session opens before that one. Leave it out first: `session skip`.")
        await open_session(unit, ports, timetable, session)
    return session


async def close_now(ports: Ports, programme_id: int) -> Session:
    """Close the open session; the next one still opens when it was planned."""
    async with steering(ports, programme_id) as (unit, timetable):
        session = _open(timetable)
        await close_session(unit, ports, timetable, session)
    return session


async def extend(ports: Ports, programme_id: int, days: int) -> Session:
    """Keep the open session open for so many days more, and say so in the place."""
    async with steering(ports, programme_id) as (unit, timetable):
        session = _open(timetable)
        timetable.extend(session, days)
        minute = int(session.closes_at.timestamp() // 60)
        key = NoticeKey(ports.database_id, f"session/{session.id}", NoticeKind.EXTENDED, revision=minute)
        said = voice.extended(timetable.programme, session)
        unit.add(Notice.to_place(key, session.place_id, said, ports.clock.wall(), programme_id=programme_id))
    return session


async def skip(ports: Ports, programme_id: int, wanted: str) -> Session:
    """Leave out the next session, or the one that is named, and say so in the place."""
    async with steering(ports, programme_id) as (unit, timetable):
        session = timetable.session(wanted) if wanted else _next(timetable)
        session.skip()
        for reminder in timetable.reminders_of(session):
            reminder.over()
        timetable.settle()
        key = NoticeKey(ports.database_id, f"session/{session.id}", NoticeKind.SKIPPED)
        said = voice.skipped(timetable.programme, session)
        unit.add(Notice.to_place(key, session.place_id, said, ports.clock.wall(), programme_id=programme_id))
        await request_findings(unit, ports.clock, timetable)
    return session


async def shift(ports: Ports, programme_id: int, days: int) -> Timetable:
    """Move everything that is still planned, and the plenary, by days, and say so in the place."""
    async with steering(ports, programme_id) as (unit, timetable):
        moved, programme = timetable.shift(days, ports.clock.now()), timetable.programme
        if moved:
            about = f"programme/{programme.id}"
            key = NoticeKey(ports.database_id, about, NoticeKind.SHIFT, revision=programme.version)
            said = voice.moved(programme, moved)
            unit.add(Notice.to_place(key, programme.place_id, said, ports.clock.wall(), programme_id=programme_id))
    return timetable


async def remind_now(ports: Ports, programme_id: int) -> int:
    """Remind the quiet members of the open session now, each in their daylight; returns how many it is decided for."""
    async with steering(ports, programme_id) as (unit, timetable):
        session, now = _open(timetable), ports.clock.now()
        reminder = Reminder.planned(session, ReminderPlan(at=now, rule="by hand"))
        unit.add(reminder)
        timetable.reminders.append(reminder)
        timetable.settle()
        decisions = await decide_for_all(unit, timetable, session, reminder, now)
    ports.wake("tick")
    return sum(isinstance(decision, datetime) for _, decision in decisions)


async def whom_to_remind(ports: Ports, programme_id: int) -> tuple[Session, list[tuple[Member, datetime | Skip]]]:
    """What reminding now would do for each member; nothing is sent."""
    async with ports.reading() as unit:
        timetable = await queries.timetable(unit, programme_id)
        if timetable is None:
            raise NothingIsOpen
        session, now = _open(timetable), ports.clock.now()
        reminder = Reminder(programme_id=programme_id, session_id=known(session.id), at=now, next_at=now)
        return session, await decide_for_all(unit, timetable, session, reminder, now)


def _open(timetable: Timetable) -> Session:
    session = timetable.open_session()
    if session is None:
        raise NothingIsOpen
    return session


def _next(timetable: Timetable) -> Session:
    session = timetable.next_session()
    if session is None:
        raise NothingIsPlanned
    return session
