"""Plan a programme: apply a programme file to the record, and never to what has already happened."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.gathering import Gathering, GatheringKind
from cop_bot.domain.member import Facilitator
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind, to_member
from cop_bot.domain.place import Place
from cop_bot.domain.plan import Plan, SessionPlan
from cop_bot.domain.programme import Programme
from cop_bot.domain.reminder import Reminder
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.marking import request_findings
from cop_bot.store.workspaces import workspace_of
from cop_bot.texts import sessions as voice

log = structlog.get_logger()


async def plan_programme(ports: Ports, plan: Plan) -> bool:
    """Apply the file if its content is not the one applied last; returns whether it was applied.

    A programme that is new leaves out the sessions that were over before it was known. Raises OperatorMistake if the
    file does not fit to what has already happened, or names a platform that is not configured.
    """
    platform = _platform(ports, plan)
    workspace_id = await workspace_of(ports, platform)
    async with ports.unit() as unit:
        await queries.identity.take_turns(unit)
        programme = await queries.programmes.by_slug(unit, workspace_id, plan.slug, lock=True)
        if plan.promises:
            await _warn_of_promises(unit, ports, programme, plan)
        if programme is not None and programme.digest == plan.digest:
            programme.learn_settings(plan)
            return False
        place = await _place(unit, workspace_id, platform, plan.channel)
        if programme is None:
            programme = Programme.planned(plan, known(place.id), workspace_id)
            unit.add(programme)
            await unit.flush()
            timetable = Timetable(programme, [])
        else:
            timetable = await _replan(unit, programme, plan, place)
        before = {s.slug: (s.opens_at, s.closes_at, s.state) for s in timetable.sessions}
        await _plan_sessions(unit, ports, timetable, plan)
        await _plan_gatherings(unit, ports, timetable, plan)
        await _name_facilitators(unit, timetable, plan)
        await _must_have_the_place_alone(unit, timetable)
        timetable.settle()
        await request_findings(unit, ports.clock, timetable, not_before=ports.clock.now())
        if before:
            changed = [s for s in timetable.sessions if before.get(s.slug) != (s.opens_at, s.closes_at, s.state)]
            await _tell_facilitators(unit, ports, timetable, plan, changed)
    log.info("planned", programme=plan.slug, sessions=len(plan.sessions))
    ports.wake("notices")
    ports.wake("places")
    return True


def _platform(ports: Ports, plan: Plan) -> str:
    """Where the programme takes place."""
    only = next(iter(ports.chats)) if len(ports.chats) == 1 else None
    platform = str(plan.platform or only or "")
    if platform not in ports.chats:
        configured = ", ".join(ports.chats) or "none"
        wanted = f"names the platform {plan.platform}" if plan.platform else "names no platform (platform: kind)"
        raise OperatorMistake(f"The programme {plan.slug} {wanted}; configured here: {configured}.")
    return platform


async def _place(unit: AsyncSession, workspace_id: int, platform: str, channel: str) -> Place:
    place = await queries.people.place_by_name(unit, workspace_id, channel)
    if place is None:
        place = Place.named(workspace_id, platform, channel)
        unit.add(place)
        await unit.flush()
    return place


async def _replan(unit: AsyncSession, programme: Programme, plan: Plan, place: Place) -> Timetable:
    timetable = await queries.programmes.timetable(unit, known(programme.id))
    assert timetable is not None  # the programme was just read in this transaction  # noqa: S101
    if place.id != programme.place_id and timetable.open_session() is not None:
        raise OperatorMistake(
            f"The programme {plan.slug} can't move to another channel while a session is open; wait for the close."
        )
    programme.replan(plan)
    programme.place_id = known(place.id)
    return timetable


async def _plan_sessions(unit: AsyncSession, ports: Ports, timetable: Timetable, plan: Plan) -> None:
    by_slug = {session.slug: session for session in timetable.sessions}
    for position, planned in enumerate(plan.sessions, start=1):
        session = by_slug.pop(planned.slug, None)
        if session is None:
            await _add_session(unit, ports, timetable, position, planned)
        elif session.is_planned:
            session.replan(position, planned)
            session.place_id = timetable.programme.place_id
            await _replace_reminders(unit, timetable, session, planned)
    for session in by_slug.values():
        if session.is_planned:
            session.skip()
            await _replace_reminders(unit, timetable, session, None)
    timetable.sessions.sort(key=lambda s: (s.opens_at, s.position))
    _must_not_overlap(timetable)


async def _add_session(
    unit: AsyncSession, ports: Ports, timetable: Timetable, position: int, planned: SessionPlan
) -> None:
    programme = timetable.programme
    session = Session.planned(known(programme.id), programme.place_id, position, planned)
    if session.closes_at <= ports.clock.now():
        log.warning("this session was over before the programme was known; it is left out", session=planned.slug)
        session.skip()
        planned = replace(planned, reminders=())
    unit.add(session)
    await unit.flush()
    timetable.sessions.append(session)
    await _replace_reminders(unit, timetable, session, planned)


async def _replace_reminders(
    unit: AsyncSession, timetable: Timetable, session: Session, planned: SessionPlan | None
) -> None:
    for reminder in timetable.reminders_of(session):
        timetable.reminders.remove(reminder)
        await unit.delete(reminder)
    new = [Reminder.planned(session, reminder) for reminder in (planned.reminders if planned else ())]
    unit.add_all(new)
    timetable.reminders.extend(new)


def _must_not_overlap(timetable: Timetable) -> None:
    running = [s for s in timetable.sessions if s.state is not SessionState.SKIPPED]
    for earlier, later in pairwise(running):
        if later.is_planned and later.opens_at < earlier.closes_at:
            raise OperatorMistake(
                f"The programme file would open {later.slug} on {later.opens_at:%Y-%m-%d %H:%M} UTC, before "
                f"{earlier.slug} closes on {earlier.closes_at:%Y-%m-%d %H:%M} UTC; give {later.slug} a later `opens`."
            )


async def _must_have_the_place_alone(unit: AsyncSession, timetable: Timetable) -> None:
    """A post belongs to one session: two programmes may share a place one after the other, not at once."""
    planned = [s for s in timetable.sessions if s.is_planned]
    if not planned:
        return
    first, last = min(s.opens_at for s in planned), max(s.closes_at for s in planned)
    for other in await queries.contributions.sessions_around(unit, [timetable.programme.place_id], first, last):
        if other.programme_id == timetable.programme.id:
            continue
        for session in planned:
            if session.opens_at < other.closes_at and other.opens_at < session.closes_at:
                raise OperatorMistake(
                    f"The session {session.slug} of {timetable.programme.slug} would run in the same channel and "
                    f"at the same time as {other.slug} of another programme; choose another channel or other dates."
                )


async def _plan_gatherings(unit: AsyncSession, ports: Ports, timetable: Timetable, plan: Plan) -> None:
    for planned in plan.gatherings:
        gathering = timetable.gathering(GatheringKind(planned.kind))
        if gathering is None:
            gathering = Gathering.planned(known(timetable.programme.id), planned)
            unit.add(gathering)
            timetable.gatherings.append(gathering)
        elif gathering.starts_at > ports.clock.now():
            gathering.replan(planned)
    named = {planned.kind for planned in plan.gatherings}
    for gathering in [g for g in timetable.gatherings if g.kind.value not in named]:
        timetable.gatherings.remove(gathering)
        await unit.delete(gathering)


async def _name_facilitators(unit: AsyncSession, timetable: Timetable, plan: Plan) -> None:
    programme_id = known(timetable.programme.id)
    there = await queries.people.facilitators(unit, programme_id)
    names = {f.named for f, _ in there} | {member.platform_id for _, member in there if member}
    unit.add_all(
        [Facilitator(programme_id=programme_id, named=name) for name in plan.facilitators if name not in names]
    )


async def _warn_of_promises(unit: AsyncSession, ports: Ports, programme: Programme | None, plan: Plan) -> None:
    """A new programme may not promise what nobody keeps; one that runs goes on, and its facilitators are told, once."""
    keys = ", ".join(f"`{key}`" for key in plan.promises)
    if programme is None:
        raise OperatorMistake(
            f"The programme {plan.slug!r} promises people something that this version does not do: {keys}. "
            "Take that out of its file; `cop check` says where it stands."
        )
    log.warning("the programme promises what is not done", programme=programme.id, keys=keys)
    said = voice.promises_not_kept(programme, plan.promises)
    for member in await queries.people.facilitating_members(unit, known(programme.id)):
        audience = to_member(known(member.id))
        key = NoticeKey(ports.database_id, f"promises/{programme.id}", NoticeKind.PLAN, audience=audience)
        if not await queries.notices.is_there(unit, key):
            wall = ports.clock.wall()
            unit.add(Notice.to_member(key, known(member.id), said, wall, programme_id=programme.id))


async def _tell_facilitators(
    unit: AsyncSession, ports: Ports, timetable: Timetable, plan: Plan, changed: list[Session]
) -> None:
    """A changed file is no secret from those who facilitate."""
    programme = timetable.programme
    said = voice.plan_changed(programme, changed)
    for member in await queries.people.facilitating_members(unit, known(programme.id)):
        key = NoticeKey(
            ports.database_id,
            f"programme/{programme.id}",
            NoticeKind.PLAN,
            audience=to_member(known(member.id)),
            revision=programme.version,
        )
        unit.add(Notice.to_member(key, known(member.id), said, ports.clock.wall(), programme_id=programme.id))
