"""Remind the quiet ones, each in their own daylight, by a direct message."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import NothingIsOpen
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member
from cop_bot.domain.place import Place
from cop_bot.domain.plan import ReminderPlan
from cop_bot.domain.reminder import Reminded, Reminder, Skip
from cop_bot.domain.session import Session
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts import reminders
from cop_bot.usecases.programme.steering import running, steering

log = structlog.get_logger()

ROSTER_WAIT = timedelta(minutes=1)


async def remind_members(unit: AsyncSession, ports: Ports, timetable: Timetable, reminder: Reminder) -> None:
    """Decide for every member of the place who is not decided yet: now, at their next daylight, or not at all."""
    now = ports.clock.now()
    session = next(s for s in timetable.sessions if s.id == reminder.session_id)
    place = await unit.get_one(Place, session.place_id)
    if not session.is_open or now >= reminder.until(session):
        log.info("reminder passed", reminder=reminder.id, session=session.id)
        reminder.over()
    elif place.roster_read_at is None:
        reminder.next_at = now + ROSTER_WAIT
    else:
        decisions = await decide_for_all(unit, timetable, session, reminder, now)
        reminder.next_at = _apply(unit, ports, timetable, (session, reminder, place), decisions)


async def decide_for_all(
    unit: AsyncSession, timetable: Timetable, session: Session, reminder: Reminder, now: datetime
) -> list[tuple[Member, datetime | Skip]]:
    """What this reminder means for each member of the place who is not decided yet."""
    decided = await queries.programmes.reminded(unit, reminder.id) if reminder.id is not None else set()
    contributors = await queries.contributions.contributors(unit, known(session.id))
    return [
        (member, reminder.decide(session, member, timetable.programme.zone, member.id in contributors, now))
        for member in await queries.people.members_of(unit, session.place_id)
        if member.id not in decided
    ]


def _apply(
    unit: AsyncSession,
    ports: Ports,
    timetable: Timetable,
    what: tuple[Session, Reminder, Place],
    decisions: list[tuple[Member, datetime | Skip]],
) -> datetime | None:
    """Write down what was decided; returns when the next member has daylight."""
    session, reminder, place = what
    now, waiting, outcomes = ports.clock.now(), list[datetime](), Counter[str]()
    for member, decision in decisions:
        if isinstance(decision, datetime) and decision > now:
            waiting.append(decision)
            continue
        outcome = decision.value if isinstance(decision, Skip) else "sent"
        outcomes[outcome] += 1
        unit.add(Reminded(reminder_id=known(reminder.id), member_id=known(member.id), outcome=outcome, at=now))
        if not isinstance(decision, Skip):
            unit.add(_notice(ports, timetable, session, reminder, member, place))
    log.info("reminded", reminder=reminder.id, session=session.id, waiting=len(waiting), **outcomes)
    return min(waiting, default=None)


def _notice(
    ports: Ports, timetable: Timetable, session: Session, reminder: Reminder, member: Member, place: Place
) -> Notice:
    said = reminders.reminder(timetable.programme, session, member, place_name=place.shown_name, place_link=None)
    return Notice.to_member(
        NoticeKey(
            ports.database_id,
            f"reminder/{reminder.id}",
            NoticeKind.REMINDER,
            audience=to_member(known(member.id)),
        ),
        known(member.id),
        said,
        ports.clock.wall(),
        programme_id=timetable.programme.id,
        not_after=min(reminder.until(session), member.daylight_ends(ports.clock.now(), timetable.programme.zone)),
    )


async def remind_now(ports: Ports, programme_id: int) -> int:
    """Remind the quiet members of the open session now, each in their daylight; returns how many it is decided for."""
    async with steering(ports, programme_id) as (unit, timetable):
        session, now = running(timetable), ports.clock.now()
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
        timetable = await queries.programmes.timetable(unit, programme_id)
        if timetable is None:
            raise NothingIsOpen
        session, now = running(timetable), ports.clock.now()
        reminder = Reminder(programme_id=programme_id, session_id=known(session.id), at=now, next_at=now)
        return session, await decide_for_all(unit, timetable, session, reminder, now)
