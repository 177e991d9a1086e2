"""Want a version of a summary: because somebody asked for it, or something it rests on has changed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.summary import Summary, SummaryState, settling, subject_of
from cop_bot.ports import Ports
from cop_bot.store import queries


async def want_version(
    unit: AsyncSession,
    ports: Ports,
    programme_id: int,
    session_id: int | None,
    *,
    only_model: bool = False,
    settles: bool = False,
) -> Summary:
    """The version that will be written: what waits already, or the next one. Wakes nobody: that is for after the
    commit.

    With `settles` it waits for further changes first, where a model is paid for each version.

    One that waits for the model alone is tried at once, and becomes an ordinary one unless this is for the model alone
    too; one that is being written now is followed by another.
    """
    await queries.hold_programme(unit, programme_id)  # whoever hands a version over holds it too
    latest = await queries.latest_summary(unit, subject_of(programme_id, session_id))
    now, wall = ports.clock.now(), ports.clock.wall()
    if latest is not None:
        await unit.refresh(latest, with_for_update=True)  # nobody begins to write it without what we are changing
        if latest.state is SummaryState.WANTED:
            wait = _wait(ports, latest.version) if settles else timedelta(0)
            latest.want(now, wall, only_model=only_model, wait=wait)
            return latest
    version = latest.version + 1 if latest else 1
    wanted = Summary.wanted(programme_id, session_id, now, wall, version=version)
    wanted.only_model = only_model
    if settles:
        wanted.not_before += _wait(ports, version)
    unit.add(wanted)
    return wanted


def _wait(ports: Ports, version: int) -> timedelta:
    """Wall time that passes while a version settles."""
    if ports.model is None:
        return timedelta(0)
    now = ports.clock.now()
    return ports.clock.wall_at(now + settling(version)) - ports.clock.wall_at(now)
