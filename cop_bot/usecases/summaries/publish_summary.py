"""Publish a summary: from then on everybody reads it, or the facilitators alone until one of them has looked at it.

Nothing is composed here: what is published is noted, and follows the record from then on.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import SummaryIsNotDrafted
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.publication import Publication
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary, SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.auditing import audit
from cop_bot.store.marking import request_findings, request_version
from cop_bot.texts import sessions
from cop_bot.usecases.summaries.find_summary import newest_version
from cop_bot.usecases.summaries.further_languages import languages_of


async def hand_over(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    """A draft is there: publish it, or show it to the facilitators if the programme wants their review first."""
    review = timetable.programme.decided().summary.review == "facilitator"
    if review and await queries.summaries.latest(unit, summary.subject, SummaryState.PUBLISHED) is None:
        await _ask_for_review(unit, ports, timetable, summary)
    else:
        await publish(unit, ports, timetable, summary)


async def publish(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    """Everybody in the place reads it, in the further languages too; where an earlier version stands, in its place.

    When the last session's summary is out, the findings of the programme are wanted.
    """
    summary.publish(ports.clock.now())
    await unit.flush()
    kind = NoticeKind.SUMMARY if summary.session_id is not None else NoticeKind.FINDINGS
    programme_id, place_id, wall = known(timetable.programme.id), _place_of(timetable, summary), ports.clock.wall()
    for language in ("", *languages_of(timetable, summary)):
        wanted = Publication.for_place(
            kind, summary.subject, programme_id, place_id, session_id=summary.session_id, language=language
        )
        await queries.publications.publish(unit, wanted, wall)
    await queries.publications.mark_stale(
        unit, [summary.subject], wall, [kind]
    )  # also in languages that are no longer wanted
    await _tell_facilitators(unit, ports, timetable, summary, NoticeKind.WARNINGS)
    if await request_findings(unit, ports.clock, timetable):
        ports.wake("summaries")


async def publish_draft(ports: Ports, programme_id: int, session: Session | None, by: Member) -> None:
    """Publish the draft that waits for a review, without a session that of the findings; without one, want a new
    version. Raises SummaryIsNotDrafted.
    """
    async with ports.unit() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id, lock=True)
        latest = await newest_version(unit, subject_of(programme_id, session.id if session else None))
        if timetable is None or latest is None or (latest.state is SummaryState.WANTED and not latest.settles):
            raise SummaryIsNotDrafted
        if latest.settles:
            latest.hurry(ports.clock.wall())
        elif latest.state is SummaryState.DRAFTED:
            await publish(unit, ports, timetable, latest)
        else:
            await request_version(unit, ports.clock, programme_id, session.id if session else None)
        audit(unit, ports.clock, programme_id, by, "summary publish", about=session.slug if session else "findings")
    ports.wake("summaries")
    ports.wake("notices")


def _place_of(timetable: Timetable, summary: Summary) -> int:
    session = next((s for s in timetable.sessions if s.id == summary.session_id), None)
    return session.place_id if session else timetable.programme.place_id


async def _ask_for_review(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    programme = timetable.programme
    session = next((s for s in timetable.sessions if s.id == summary.session_id), None)
    if summary.version == 1 and session is not None:
        contributions, people = await queries.contributions.counts(unit, known(session.id))
        said = sessions.awaiting_review(programme, session, contributions=contributions, people=people)
        key = NoticeKey(ports.database_id, summary.subject, NoticeKind.REVIEW)
        unit.add(Notice.to_place(key, session.place_id, said, ports.clock.wall(), programme_id=programme.id))
    await _tell_facilitators(unit, ports, timetable, summary, NoticeKind.WARNINGS)
    await _tell_facilitators(unit, ports, timetable, summary, NoticeKind.DRAFT)


async def _tell_facilitators(
    unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary, kind: NoticeKind
) -> None:
    """Each facilitator reads this of this version, alone."""
    if summary.session_id is None and kind is not NoticeKind.DRAFT:
        return
    programme_id = known(timetable.programme.id)
    for member in await queries.people.facilitating_members(unit, programme_id):
        wanted = Publication.for_member(
            kind,
            summary.subject,
            programme_id,
            known(member.id),
            session_id=summary.session_id,
            version=summary.version,
        )
        await queries.publications.publish(unit, wanted, ports.clock.wall())
