"""Export the replies in full: every published summary with all contributions of its session under it, and the findings.

As Markdown, for people: to print, to send on, or to put where the chat does not reach. Nobody is named.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.message import Message
from cop_bot.domain.session import Session
from cop_bot.domain.summary import SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Unit
from cop_bot.rendering.markdown import as_markdown
from cop_bot.store import queries
from cop_bot.usecases.exports.export_record import programmes_named
from cop_bot.usecases.publications.compose_reply import reply_of
from cop_bot.usecases.publications.compose_summary import findings_of


async def export_replies(reading: Unit, slug: str | None) -> AsyncIterator[str]:
    """One document a theme, in the order of the themes. Raises OperatorMistake if there is no such programme."""
    for programme in await programmes_named(reading, slug):
        async with reading() as unit:
            timetable = await queries.programmes.timetable(unit, known(programme.id))
            if timetable is None:
                continue
            async for _session, said in replies(unit, timetable):
                yield as_markdown(said)


async def replies(unit: AsyncSession, timetable: Timetable) -> AsyncIterator[tuple[Session | None, Message]]:
    """Each session that has a published summary with its whole reply; None with the findings."""
    programme_id = known(timetable.programme.id)
    published = await queries.summaries.published(unit, programme_id)
    for session in timetable.sessions:
        if summary := published.get(known(session.id)):
            yield session, await reply_of(unit, timetable, session, summary)
    findings = await queries.summaries.latest(unit, subject_of(programme_id, None), SummaryState.PUBLISHED)
    if findings is not None:
        yield None, await findings_of(unit, timetable, findings)
