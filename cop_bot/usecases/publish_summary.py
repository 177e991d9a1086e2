"""Publish a summary: in the place, or to the facilitators first; a later version replaces the earlier one's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message
from cop_bot.domain.notice import Notice, NoticeState
from cop_bot.domain.place import Place
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.summary import Summary, SummaryIsNotDrafted, SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.dress.splitting import split_for
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.usecases.find_summary import newest_version
from cop_bot.usecases.want_version import want_version
from cop_bot.usecases.word_summary import further_languages, message_of, warnings
from cop_bot.voice import answers, sessions
from cop_bot.voice.languages import for_member


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
        latest = await newest_version(unit, subject_of(programme_id, session.id))
        if timetable is None or latest is None or (latest.state is SummaryState.WANTED and not latest.settles):
            raise SummaryIsNotDrafted
        if latest.settles:
            latest.hurry(ports.clock.wall())
        elif latest.state is SummaryState.DRAFTED:
            await publish(unit, ports, timetable, latest)
        else:
            await want_version(unit, ports, programme_id, session.id)
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


async def say(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    """Post it in as many parts as it needs, and under it in the further languages in which it is there.

    Where an earlier version stands, its posts are replaced one by one; what was not posted yet says the new words at
    once, so that what has been withdrawn is never said.
    """
    place = await unit.get_one(Place, _place_of(timetable, summary))
    prefix = f"{ports.database_id}/{summary.subject}/summary/"
    earlier = await queries.notices_like(unit, prefix)
    revision = 1 + max((int(notice.key[len(prefix) :].split("/")[0]) for notice in earlier), default=0)
    posted = {language for notice in earlier if (language := _language(notice.key[len(prefix) :]))}
    further = [*further_languages(timetable, summary), *sorted(posted)]
    first = next((notice.key for notice in earlier), f"{prefix}{revision}/1")
    for language in ("", *dict.fromkeys(further)):
        now = ports.clock.now()
        message = await message_of(unit, timetable, summary, now=now, language=language or None)
        posts = [n for n in earlier if n.replaces is None and _language(n.key[len(prefix) :]) == language]
        saying = _Saying(place, f"{prefix}{revision}/{language}/" if language else f"{prefix}{revision}/", first, posts)
        await _say(unit, ports, timetable, saying, split_for(place.platform, message))
    await _tell_facilitators(unit, ports, timetable, summary)


@dataclass(frozen=True, slots=True)
class _Saying:
    """How a summary is said in one language: the beginning of the keys, the key of the very first part, and the notices
    that stand or wait.
    """

    place: Place
    prefix: str
    first: str
    posts: list[Notice]


async def _say(
    unit: AsyncSession, ports: Ports, timetable: Timetable, saying: _Saying, parts: Sequence[Message]
) -> None:
    posts, language = saying.posts, parts[0].language
    for number in range(1, max(len(parts), len(posts)) + 1):
        part = parts[number - 1] if number <= len(parts) else answers.no_longer_needed(language)
        if number <= len(posts) and await _says_instead(unit, posts[number - 1], part):
            continue
        key = f"{saying.prefix}{number}"
        notice = Notice.to_place(
            key,
            known(saying.place.id),
            part,
            ports.clock.wall(),
            programme_id=timetable.programme.id,
            after=saying.first if key != saying.first else None,
        )
        if number <= len(posts):
            notice.after, notice.replaces = None, posts[number - 1].key
        unit.add(notice)


def _language(rest: str) -> str:
    """The further language in the rest of a key (`2/fr/1`), "" for the summary's own (`2/1`)."""
    revision_and_language = rest.split("/")[:-1]
    return revision_and_language[1] if len(revision_and_language) > 1 else ""


async def _says_instead(unit: AsyncSession, notice: Notice, part: Message) -> bool:
    await unit.refresh(notice, with_for_update=True)
    return notice.say_instead(part)


def _place_of(timetable: Timetable, summary: Summary) -> int:
    session = next((s for s in timetable.sessions if s.id == summary.session_id), None)
    return session.place_id if session else timetable.programme.place_id


async def _ask_for_review(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    programme = timetable.programme
    session = next(s for s in timetable.sessions if s.id == summary.session_id)
    if summary.version == 1:
        contributions, people = await queries.counts(unit, known(session.id))
        said = sessions.awaiting_review(programme, session, contributions=contributions, people=people)
        key = f"{ports.database_id}/session/{session.id}/review"
        unit.add(Notice.to_place(key, session.place_id, said, ports.clock.wall(), programme_id=programme.id))
    await _tell_facilitators(unit, ports, timetable, summary)
    draft = answers.draft(await message_of(unit, timetable, summary, now=ports.clock.now(), draft=True), session.slug)
    for facilitator, member in await queries.facilitators(unit, known(programme.id)):
        if member is None:
            continue
        for number, part in enumerate(split_for(member.platform, draft), start=1):
            key = f"{ports.database_id}/session/{session.id}/draft/{summary.version}/{facilitator.id}/{number}"
            unit.add(Notice.to_member(key, known(member.id), part, ports.clock.wall(), programme_id=programme.id))


async def _tell_facilitators(unit: AsyncSession, ports: Ports, timetable: Timetable, summary: Summary) -> None:
    """What they should know and nobody else needs to, once a version, unless the version before was no different."""
    if summary.session_id is None:
        return
    programme = timetable.programme
    before = await queries.published_before(unit, summary.subject, summary.version)
    for facilitator, member in await queries.facilitators(unit, known(programme.id)):
        if member is None:
            continue
        language = for_member(programme, member)
        prefix = f"{ports.database_id}/{summary.subject}/warnings/{summary.version}/{facilitator.id}/"
        said, told = await warnings(unit, timetable, summary, language), await queries.notices_like(unit, prefix)
        if told or before is None or said != await warnings(unit, timetable, before, language):
            _tell(unit, ports, member, said, told, prefix, known(programme.id))


def _tell(
    unit: AsyncSession,
    ports: Ports,
    member: Member,
    said: Message | None,
    told: Sequence[Notice],
    prefix: str,
    programme_id: int,
) -> None:
    """In as many parts as it needs, under keys that begin so; what waits to be `told` says the new words instead."""
    parts = split_for(member.platform, said) if said else []
    for notice, part in zip_longest(told, parts[: len(told)]):
        if notice.state is NoticeState.WAITING:
            notice.say_instead(part) if part else notice.drop("there is nothing to know any more")
    if told and told[-1].state is not NoticeState.WAITING:
        return
    for number, part in enumerate(parts[len(told) :], start=len(told) + 1):
        key, wall = f"{prefix}{number}", ports.clock.wall()
        unit.add(Notice.to_member(key, known(member.id), part, wall, programme_id=programme_id))
