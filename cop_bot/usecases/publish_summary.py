"""Publish a summary: in the place, or to the facilitators first; a later version replaces the earlier one's words."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain import findings as all_findings
from cop_bot.domain.columns import known
from cop_bot.domain.gathering import GatheringKind
from cop_bot.domain.message import Message
from cop_bot.domain.notice import Notice
from cop_bot.domain.place import Place
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.summary import Summary, SummaryIsNotDrafted, SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.dress.splitting import split_for
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.voice import answers, sessions
from cop_bot.voice.findings import findings
from cop_bot.voice.summaries import summary as summary_message


async def hand_over(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    """A draft is there: publish it, or show it to the facilitators if the programme wants their review first."""
    review = timetable.programme.decided().summary.review == "facilitator" and summary.session_id is not None
    if review and await queries.latest_summary(unit, summary.subject, SummaryState.PUBLISHED) is None:
        await _ask_for_review(unit, ports, timetable, summary)
    else:
        await publish(unit, ports, timetable, summary)


async def publish(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    """Say it in the place. When the last session's summary is out, the findings of the programme are wanted."""
    summary.publish(ports.clock.now())
    await say(unit, ports, timetable, summary)
    await want_findings(unit, ports, timetable)


async def publish_draft(ports: Ports, programme_id: int, session: Session) -> None:
    """Publish the draft that waits for a review; without one, want a new version. Raises SummaryIsNotDrafted."""
    async with ports.unit() as unit:
        timetable = await queries.timetable(unit, programme_id, lock=True)
        latest = await queries.latest_summary(unit, subject_of(programme_id, session.id))
        if timetable is None or latest is None or latest.state is SummaryState.WANTED:
            raise SummaryIsNotDrafted
        if latest.state is SummaryState.DRAFTED:
            await publish(unit, ports, timetable, latest)
        else:
            now, wall = ports.clock.now(), ports.clock.wall()
            unit.add(Summary.wanted(programme_id, session.id, now, wall, version=latest.version + 1))
    ports.wake("summaries")
    ports.wake("notices")


async def want_findings(unit: AsyncSession, ports: Ports, timetable: Timetable) -> None:
    """After the last session, once every closed one has its summary: the findings over all of them are wanted."""
    await unit.flush()
    programme_id = known(timetable.programme.id)
    closed = [s for s in timetable.sessions if s.state is SessionState.CLOSED]
    published = await queries.published_summaries(unit, programme_id)
    if not timetable.is_over or not closed or any(s.id not in published for s in closed):
        return
    if await queries.latest_summary(unit, subject_of(programme_id, None)) is None:
        unit.add(Summary.wanted(programme_id, None, ports.clock.now(), ports.clock.wall()))
        ports.wake("summaries")


async def message_of(unit: AsyncSession, timetable: Timetable, summary: Summary, *, draft: bool = False) -> Message:
    """The summary as a message, with the links and counts that the record has now."""
    programme = timetable.programme
    if summary.session_id is None:
        found = all_findings.from_json(summary.content)
        numbers = found.cited_numbers()
        links = await _links(unit, known(programme.id), numbers)
        return findings(programme, found, links=links, plenary=timetable.gathering(GatheringKind.PLENARY))
    session = next(s for s in timetable.sessions if s.id == summary.session_id)
    brief = briefs.from_json(summary.content)
    late = [c for c in await queries.contributions_of_session(unit, summary.session_id) if c.late]
    return summary_message(
        programme,
        session,
        brief,
        contributions=brief.receipt.read,
        links=await _links(unit, known(programme.id), brief.cited_numbers()),
        next_session=timetable.next_session(),
        late=len([c for c in late if c.number not in brief.receipt.numbers()]),
        version=summary.version,
        private_draft=draft,
    )


async def say(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    """Post it in as many parts as it needs.

    Where an earlier version stands, its posts are replaced one by one; what was not posted yet says the new words at
    once, so that what has been withdrawn is never said.
    """
    place_id = _place_of(timetable, summary)
    place = await unit.get_one(Place, place_id)
    parts = split_for(place.platform, await message_of(unit, timetable, summary))
    prefix = f"{ports.database_id}/{summary.subject}/summary/"
    earlier = await queries.notices_like(unit, prefix)
    posts = [notice for notice in earlier if notice.replaces is None]
    revision = 1 + max((int(notice.key[len(prefix) :].split("/")[0]) for notice in earlier), default=0)
    first = posts[0].key if posts else f"{prefix}{revision}/1"
    language = parts[0].language
    for number in range(1, max(len(parts), len(posts)) + 1):
        part = parts[number - 1] if number <= len(parts) else answers.no_longer_needed(language)
        if number <= len(posts) and await _says_instead(unit, posts[number - 1], part):
            continue
        notice = Notice.to_place(
            f"{prefix}{revision}/{number}",
            place_id,
            part,
            ports.clock.wall(),
            programme_id=timetable.programme.id,
            after=first if number > 1 else None,
        )
        if number <= len(posts):
            notice.after, notice.replaces = None, posts[number - 1].key
        unit.add(notice)


async def _says_instead(unit: AsyncSession, notice: Notice, part: Message) -> bool:
    await unit.refresh(notice, with_for_update=True)
    return notice.say_instead(part)


def _place_of(timetable: Timetable, summary: Summary) -> int:
    session = next((s for s in timetable.sessions if s.id == summary.session_id), None)
    return session.place_id if session else timetable.programme.place_id


async def _links(unit: AsyncSession, programme_id: int, numbers: Collection[int]) -> dict[int, str]:
    rows = await queries.contributions_by_number(unit, [programme_id], numbers) if numbers else {}
    return {number: c.permalink for (_, number), c in rows.items() if c.permalink}


async def _ask_for_review(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    programme = timetable.programme
    session = next(s for s in timetable.sessions if s.id == summary.session_id)
    if summary.version == 1:
        contributions, people = await queries.counts(unit, known(session.id))
        said = sessions.awaiting_review(programme, session, contributions=contributions, people=people)
        key = f"{ports.database_id}/session/{session.id}/review"
        unit.add(Notice.to_place(key, session.place_id, said, ports.clock.wall(), programme_id=programme.id))
    draft = await message_of(unit, timetable, summary, draft=True)
    for facilitator, member in await queries.facilitators(unit, known(programme.id)):
        if member is None:
            continue
        for number, part in enumerate(split_for(member.platform, answers.draft(draft)), start=1):
            key = f"{ports.database_id}/session/{session.id}/draft/{summary.version}/{facilitator.id}/{number}"
            unit.add(Notice.to_member(key, known(member.id), part, ports.clock.wall(), programme_id=programme.id))
