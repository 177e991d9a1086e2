"""Show what the record holds: to members their own and everybody's contributions, to facilitators the counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cop_bot.domain.brief import to_json
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution, folded
from cop_bot.domain.errors import MemberMistake
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message
from cop_bot.domain.programme import in_language
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.summary import SummaryState, subject_of
from cop_bot.domain.summary_content import further_languages
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.publications.compose_summary import summary_of, warnings, warnings_of
from cop_bot.usecases.summaries.find_summary import newest_version
from cop_bot.usecases.summaries.store_version import model_for
from cop_bot.usecases.summaries.write_summary import brief_of
from cop_bot.voice.summaries import summary as summary_message

MOST_FOUND = 15


class FewerWords(MemberMistake):
    """Say what to look for: find risk sharing."""


async def own_contributions(ports: Ports, member: Member, programme_id: int | None) -> list[Contribution]:
    """What the member contributed to the programme."""
    async with ports.reading() as unit:
        return await queries.contributions_of_member(unit, known(member.id), programme_id)


async def found(ports: Ports, timetable: Timetable, words: str, language: str) -> list[tuple[Contribution, str]]:
    """Contributions that contain all the words, the newest first, each with its theme. Raises FewerWords.

    Capitals and accents don't count, on either database: `ecole` finds "École".
    """
    wanted = [folded(word) for word in words.split()[:10]]
    if not wanted:
        raise FewerWords
    async with ports.reading() as unit:
        texts = await queries.texts(unit, known(timetable.programme.id))
        fitting = [row_id for row_id, text in texts if all(word in folded(text) for word in wanted)]
        rows = await queries.contributions_by_id(unit, fitting[:MOST_FOUND])
    themes = {session.id: in_language(session.title, language) for session in timetable.sessions}
    return [(row, themes.get(row.session_id, "")) for row in rows]


async def counts(ports: Ports, timetable: Timetable) -> dict[int, tuple[int, int]]:
    """How many contributions and people each session has, by session id."""
    async with ports.reading() as unit:
        return {known(s.id): await queries.counts(unit, known(s.id)) for s in timetable.sessions}


async def latest_summary(ports: Ports, timetable: Timetable, session: Session | None, language: str) -> Message | None:
    """The published summary of this session; without one named, the findings or the latest summary there is.

    In this language if it has been translated into it, else in its own.
    """
    closed = [s for s in timetable.sessions if s.state is SessionState.CLOSED]
    subjects = [session.id] if session else [None, *(s.id for s in sorted(closed, key=_closing, reverse=True))]
    return await _published(ports, timetable, subjects, language)


async def findings(ports: Ports, timetable: Timetable, language: str) -> Message | None:
    """The findings of the programme, in the language as above; None before they are published."""
    return await _published(ports, timetable, [None], language)


async def _published(
    ports: Ports, timetable: Timetable, session_ids: Sequence[int | None], language: str
) -> Message | None:
    languages = timetable.programme.decided().summary.languages
    async with ports.reading() as unit:
        for session_id in session_ids:
            subject = subject_of(known(timetable.programme.id), session_id)
            if found := await queries.latest_summary(unit, subject, SummaryState.PUBLISHED):
                wanted = language if language in further_languages(found, languages) else None
                return await summary_of(unit, timetable, found, now=ports.clock.now(), language=wanted)
    return None


def _closing(session: Session) -> datetime:
    return session.closes_at


async def draft(ports: Ports, timetable: Timetable, session: Session, language: str) -> tuple[Message, Message | None]:
    """The draft that waits for its review; else a preview of the session as it is now, by the offline summariser.

    With it what facilitators should know about it, in this language.
    """
    async with ports.reading() as unit:
        waiting = await newest_version(unit, subject_of(session.programme_id, session.id))
        if waiting is not None and waiting.state is SummaryState.DRAFTED:
            said = await summary_of(unit, timetable, waiting, now=ports.clock.now(), draft=True)
            return said, await warnings(unit, timetable, waiting, language)
        contributions = await queries.contributions_of_session(unit, known(session.id))
    brief = await brief_of(ports, timetable, session, contributions, ports.offline)
    async with ports.reading() as unit:
        to_know = await warnings_of(unit, timetable, session, brief, language)
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


async def is_up_to_date(ports: Ports, timetable: Timetable, session: Session) -> bool:
    """Whether the published summary is certainly what another version would say: written offline, as it would be again,
    and from the same contributions.
    """
    by_model = model_for(ports, timetable) is not None
    async with ports.reading() as unit:
        latest = await queries.latest_summary(unit, subject_of(session.programme_id, session.id))
        if (
            latest is None
            or latest.state is not SummaryState.PUBLISHED
            or latest.maker != ports.offline.name
            or by_model
        ):
            return False
        contributions = await queries.contributions_of_session(unit, known(session.id))
    brief = await brief_of(ports, timetable, session, contributions, ports.offline)
    return to_json(brief) == latest.content


async def facilitator_names(ports: Ports, programme_id: int) -> list[str]:
    """Who facilitates, by name, or as the programme file names those whom the platform has not told yet."""
    async with ports.reading() as unit:
        rows = await queries.facilitators(unit, programme_id)
    return [(member.name or member.platform_id) if member else row.named for row, member in rows]
