"""Show what has been said about a published summary: at once or in the version that follows."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.notice_key import NoticeKind
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.marking import request_version
from cop_bot.usecases.summaries.find_summary import Found, Wanted, find_summary


async def find_held(unit: AsyncSession, ports: Ports, programme_id: int, wanted: Wanted) -> Found:
    """The programme is held from now on, so that no version is published which does not know what happens to this
    one. Raises as `find_summary`.
    """
    timetable = await queries.programmes.timetable(unit, programme_id, lock=True)
    assert timetable is not None  # a programme is not deleted while members speak of it  # noqa: S101
    return await find_summary(unit, timetable, wanted)


async def show_objections(unit: AsyncSession, ports: Ports, found: Found) -> None:
    """A new version shows what has been said. A model takes its time and may be out: until then this one shows it."""
    if not await request_version_after(unit, ports, found):
        await queries.publications.mark_stale(unit, [found.summary.subject], ports.clock.wall(), [NoticeKind.SUMMARY])


async def request_version_after(unit: AsyncSession, ports: Ports, found: Found) -> bool:
    """A version is wanted that follows what was said about this one; returns whether it will come without a model.

    What a model wrote is not written over by the offline summariser for that.
    """
    by_model, about = found.summary.maker != ports.offline.name, found.summary
    version = await request_version(
        unit,
        ports.clock,
        about.programme_id,
        about.session_id,
        only_model=by_model,
        settles=by_model and ports.model is not None,
    )
    return version.id is None and not by_model


def wake(ports: Ports) -> None:
    """There is something to write and to say."""
    ports.wake("summaries")
    ports.wake("notices")
