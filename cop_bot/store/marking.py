"""What a change of the record marks, in the same commit: what is published is stale, a summary is wanted again.

Below all use cases: whoever changes the record marks what rests on it here and does nothing else about it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.session import SessionState
from cop_bot.domain.summary import Summary, SummaryState, settling, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Clock
from cop_bot.store import queries


async def mark_edited(unit: AsyncSession, clock: Clock, edited: Sequence[Contribution], *, settles: bool) -> bool:
    """These contributions say something else now: where one is cited, a new version is wanted; returns whether.

    `settles`: a model is paid for each version, so it waits for further changes first.
    """
    for programme_id, numbers in by_programme(edited).items():
        await queries.answers.drop(unit, programme_id, numbers)
    wanted = False
    for session_id in {c.session_id for c in edited}:
        of_session = [c for c in edited if c.session_id == session_id]
        programme_id = of_session[0].programme_id
        if await _rests_on(unit, subject_of(programme_id, session_id), {c.number for c in of_session}):
            await request_version(unit, clock, programme_id, session_id, settles=settles)
            wanted = True
    return wanted


async def mark_counted(unit: AsyncSession, clock: Clock, changed: Contribution, *, settles: bool) -> None:
    """This one counts from now on, or no longer does: a summary that has been written is written again."""
    if changed.number is not None:
        await queries.answers.drop(unit, changed.programme_id, {changed.number})
    if await queries.summaries.latest(unit, subject_of(changed.programme_id, changed.session_id)) is not None:
        await request_version(unit, clock, changed.programme_id, changed.session_id, settles=settles)


async def request_version(
    unit: AsyncSession,
    clock: Clock,
    programme_id: int,
    session_id: int | None,
    *,
    only_model: bool = False,
    settles: bool = False,
) -> Summary:
    """The version that will be written: what waits already, or the next one.

    With `settles` it waits for further changes first. One that waits for the model alone is tried at once, and becomes
    an ordinary one unless this is for the model alone too; one that is being written now is followed by another.
    """
    await queries.programmes.hold(unit, programme_id)  # whoever hands a version over holds it too
    latest = await queries.summaries.latest(unit, subject_of(programme_id, session_id))
    now, wall = clock.now(), clock.wall()
    if latest is not None:
        await unit.refresh(latest, with_for_update=True)  # nobody begins to write it without what we are changing
        if latest.state is SummaryState.WANTED:
            wait = _settling(clock, latest.version) if settles else timedelta(0)
            latest.want(now, wall, only_model=only_model, wait=wait)
            return latest
    version = latest.version + 1 if latest else 1
    wanted = Summary.wanted(programme_id, session_id, now, wall, version=version)
    wanted.only_model = only_model
    if settles:
        wanted.not_before += _settling(clock, version)
    unit.add(wanted)
    return wanted


async def request_findings(
    unit: AsyncSession, clock: Clock, timetable: Timetable, *, not_before: datetime | None = None
) -> bool:
    """After the last session, once every closed one has its summary, the findings over all of them are wanted, at the
    earliest when they were planned (`not_before`, programme time); returns whether they are from now on.
    """
    await unit.flush()
    programme_id = known(timetable.programme.id)
    closed = [s for s in timetable.sessions if s.state is SessionState.CLOSED]
    published = await queries.summaries.published(unit, programme_id)
    if not timetable.is_over or not closed or any(s.id not in published for s in closed):
        return False
    if await queries.summaries.latest(unit, subject_of(programme_id, None)) is not None:
        return False
    wanted = Summary.wanted(programme_id, None, clock.now(), clock.wall())
    ends = [not_before] if not_before else [s.closes_at for s in timetable.sessions if s.state is SessionState.SKIPPED]
    if ends and max(ends) > clock.now():
        wanted.not_before = clock.wall_at(max(ends))
    unit.add(wanted)
    return True


def by_programme(contributions: Iterable[Contribution]) -> dict[int, set[int]]:
    """Their numbers, by programme; a row that never had a number is left out."""
    numbers: dict[int, set[int]] = {}
    for contribution in contributions:
        if contribution.number is not None:
            numbers.setdefault(contribution.programme_id, set()).add(contribution.number)
    return numbers


async def _rests_on(unit: AsyncSession, subject: str, numbers: Collection[int | None]) -> bool:
    """Whether words of one of these contributions may be in the summary, or it is being written for the first time."""
    latest = await queries.summaries.latest(unit, subject, SummaryState.DRAFTED, SummaryState.PUBLISHED)
    if latest is None:
        return await queries.summaries.latest(unit, subject) is not None
    return bool(set(numbers) & briefs.from_json(latest.content).worded_numbers())


def _settling(clock: Clock, version: int) -> timedelta:
    """Wall time that passes while a version settles."""
    now = clock.now()
    return clock.wall_at(now + settling(version)) - clock.wall_at(now)
