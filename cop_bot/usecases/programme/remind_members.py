"""Remind the quiet ones, each in their own daylight, by a direct message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import wall_clock
from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import NothingIsOpen, RemindedAlready
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member
from cop_bot.domain.place import Place
from cop_bot.domain.plan import ReminderPlan
from cop_bot.domain.reminder import BY_HAND, Reminded, Reminder, Skip, same_day
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts import reminders
from cop_bot.usecases.programme.steering import Step, running, steering

log = structlog.get_logger()

ROSTER_WAIT = timedelta(minutes=1)
AGAIN = timedelta(days=1)
"""How long after reminding by hand nobody is reminded by hand again."""
_A_DAY_ANYWHERE = timedelta(hours=24)


async def remind_members(unit: AsyncSession, ports: Ports, timetable: Timetable, reminder: Reminder) -> None:
    """Decide for every member of the place whose moment has come, or not at all; the others wait for theirs.

    Nobody is asked who has contributed: what was said while the bot was away is read first.
    """
    now = ports.clock.now()
    session = next(s for s in timetable.sessions if s.id == reminder.session_id)
    place = await unit.get_one(Place, session.place_id)
    if session.state is SessionState.PLANNED and now < reminder.until(session):
        reminder.next_at = max(session.opens_at, now)
    elif not session.is_open or now >= reminder.until(session):
        log.info("reminder passed", reminder=reminder.id, session=session.id)
        reminder.over()
    elif place.roster_read_at is None or not _is_read(ports, place):
        reminder.next_at = now + ROSTER_WAIT
    else:
        decisions = await decide_for_all(unit, timetable, session, reminder, now)
        heard = await queries.programmes.members_reminded(unit, known(session.id), now - _A_DAY_ANYWHERE)
        reminder.look_again(_apply(unit, ports, timetable, (session, reminder, place), decisions, heard), now)


def _is_read(ports: Ports, place: Place) -> bool:
    """Whether the place's history has been read since this process began."""
    return ports.started is None or (place.read_until is not None and place.read_until >= ports.started)


async def decide_for_all(
    unit: AsyncSession, timetable: Timetable, session: Session, reminder: Reminder, now: datetime
) -> list[tuple[Member, datetime | Skip]]:
    """What this reminder means for each member of the place who is not decided yet."""
    decided = await queries.programmes.reminded(unit, reminder.id) if reminder.id is not None else set()
    contributors = await queries.contributions.contributors(unit, known(session.id))
    rows = await queries.people.facilitators(unit, known(timetable.programme.id))
    facilitators = {facilitator.member_id for facilitator, _ in rows}
    others = [one for one in timetable.reminders_of(session) if one is not reminder and one.rule != BY_HAND]
    return [
        (
            member,
            Skip.FACILITATES
            if member.id in facilitators
            else reminder.decide(session, member, timetable.programme.zone, member.id in contributors, now, others),
        )
        for member in await queries.people.members_of(unit, session.place_id)
        if member.id not in decided
    ]


def _apply(
    unit: AsyncSession,
    ports: Ports,
    timetable: Timetable,
    what: tuple[Session, Reminder, Place],
    decisions: list[tuple[Member, datetime | Skip]],
    heard: Mapping[int, datetime],
) -> datetime | None:
    """Write down what was decided; returns when the next member has their moment."""
    session, reminder, place = what
    now, waiting, outcomes = ports.clock.now(), list[datetime](), Counter[str]()
    for member, decision in decisions:
        there = member.zone or timetable.programme.zone
        moment = reminder.moment_for(session, there)
        if moment is not None and moment > now:  # until then they may contribute, or wish for none
            waiting.append(moment)
            continue
        said = _said_now(decision, now, there, heard.get(known(member.id)))
        outcome = said.value if isinstance(said, Skip) else "sent"
        outcomes[outcome] += 1
        unit.add(Reminded(reminder_id=known(reminder.id), member_id=known(member.id), outcome=outcome, at=now))
        if not isinstance(said, Skip):
            unit.add(_notice(ports, timetable, session, reminder, member, place))
    log.info("reminded", reminder=reminder.id, session=session.id, waiting=len(waiting), **outcomes)
    return min(waiting, default=None)


def _said_now(decision: datetime | Skip, now: datetime, zone: str, heard: datetime | None) -> datetime | Skip:
    """Never twice on one day, and not after the daylight in which it should have been said."""
    if isinstance(decision, Skip):
        return decision
    if now >= wall_clock.daylight_ends(decision, zone):
        return Skip.MISSED
    return Skip.SAME_DAY if heard and same_day(heard, now, zone) else decision


def _notice(
    ports: Ports, timetable: Timetable, session: Session, reminder: Reminder, member: Member, place: Place
) -> Notice:
    said = reminders.reminder(
        timetable.programme, session, member, place_name=place.shown_name, place_link=session.opening_link
    )
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


async def remind_now(ports: Ports, programme_id: int, by: Member) -> list[tuple[Member, datetime | Skip]]:
    """Remind the quiet members of the open session now, each in their daylight; returns what it means for each of them.

    Raises RemindedAlready within a day of the last time.
    """
    async with steering(ports, programme_id, Step("remind", by)) as (unit, timetable):
        session, now = running(timetable), ports.clock.now()
        _must_not_nag(timetable, session, now)
        reminder = Reminder.planned(session, ReminderPlan(at=now, rule=BY_HAND))
        unit.add(reminder)
        timetable.reminders.append(reminder)
        timetable.settle()
        decisions = await decide_for_all(unit, timetable, session, reminder, now)
    ports.wake("tick")
    return decisions


async def whom_to_remind(ports: Ports, programme_id: int) -> tuple[Session, list[tuple[Member, datetime | Skip]]]:
    """What reminding now would do for each member; nothing is sent. Raises RemindedAlready."""
    async with ports.reading() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id)
        if timetable is None:
            raise NothingIsOpen
        session, now = running(timetable), ports.clock.now()
        _must_not_nag(timetable, session, now)
        reminder = Reminder(programme_id=programme_id, session_id=known(session.id), rule=BY_HAND, at=now, next_at=now)
        return session, await decide_for_all(unit, timetable, session, reminder, now)


def _must_not_nag(timetable: Timetable, session: Session, now: datetime) -> None:
    """Whoever reminds twice a day teaches people to stop reminders."""
    by_hand = [one.at for one in timetable.reminders_of(session) if one.rule == BY_HAND and now - one.at < AGAIN]
    if by_hand:
        raise RemindedAlready(at=max(by_hand), zone=timetable.programme.zone)
