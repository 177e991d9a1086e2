"""Show facilitators what would be published."""

from __future__ import annotations

from cop_bot.domain.brief import to_json
from cop_bot.domain.columns import known
from cop_bot.domain.correction import corrected
from cop_bot.domain.message import Message
from cop_bot.domain.session import Session
from cop_bot.domain.summary import SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.texts.summaries import summary as summary_message
from cop_bot.usecases.publications.compose_summary import summary_of, warnings, warnings_of
from cop_bot.usecases.summaries.find_summary import newest_version
from cop_bot.usecases.summaries.write_brief import brief_of, model_for

MOST_FOUND = 15


async def draft(ports: Ports, timetable: Timetable, session: Session, language: str) -> tuple[Message, Message | None]:
    """The draft that waits for its review; else a preview of the session as it is now, by the offline summariser.

    With it what facilitators should know about it, in this language.
    """
    async with ports.reading() as unit:
        waiting = await newest_version(unit, subject_of(session.programme_id, session.id))
        if waiting is not None and waiting.state is SummaryState.DRAFTED:
            said = await summary_of(unit, timetable, waiting, now=ports.clock.now(), draft=True)
            return said, await warnings(unit, timetable, waiting, said.language)
        contributions = await queries.contributions.of_session(unit, known(session.id))
    brief = await brief_of(ports, timetable, session, contributions, ports.offline)
    async with ports.reading() as unit:
        subject = subject_of(session.programme_id, session.id)
        brief = corrected(brief, await queries.corrections.of_summary(unit, subject))
        to_know = await warnings_of(unit, timetable, session, brief, brief.language)
    preview = summary_message(
        timetable.programme,
        session,
        brief,
        contributions=len(contributions),
        links={known(c.number): c.permalink for c in contributions if c.permalink},
        next_session=timetable.next_session(),
        late=sum(c.late for c in contributions),
        version=1,
        private_draft=True,
    )
    return preview, to_know


async def draft_of_findings(ports: Ports, timetable: Timetable) -> Message | None:
    """The findings that wait for their review; None where none wait."""
    async with ports.reading() as unit:
        waiting = await newest_version(unit, subject_of(known(timetable.programme.id), None))
        if waiting is None or waiting.state is not SummaryState.DRAFTED:
            return None
        return await summary_of(unit, timetable, waiting, now=ports.clock.now(), draft=True)


async def is_up_to_date(ports: Ports, timetable: Timetable, session: Session) -> bool:
    """Whether the published summary is certainly what another version would say: written offline, as it would be again,
    and from the same contributions.
    """
    by_model = model_for(ports, timetable) is not None
    async with ports.reading() as unit:
        latest = await queries.summaries.latest(unit, subject_of(session.programme_id, session.id))
        if (
            latest is None
            or latest.state is not SummaryState.PUBLISHED
            or latest.maker != ports.offline.name
            or by_model
        ):
            return False
        contributions = await queries.contributions.of_session(unit, known(session.id))
        corrections = await queries.corrections.of_summary(unit, latest.subject)
    brief = corrected(await brief_of(ports, timetable, session, contributions, ports.offline), corrections)
    return to_json(brief) == latest.content
