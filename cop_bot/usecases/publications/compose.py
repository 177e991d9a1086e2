"""Compose a publication from the record as it is now: one composer a kind of document.

Composing reads and changes nothing. Whether and how it is said is for who asks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.objection import Objection
from cop_bot.domain.place import Place
from cop_bot.domain.publication import Publication
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary, SummaryState, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.store import queries
from cop_bot.texts import answers, objections
from cop_bot.texts.commands import FINDINGS
from cop_bot.texts.languages import for_member, for_place
from cop_bot.texts.lines import cite
from cop_bot.usecases.publications.compose_reply import reply_of
from cop_bot.usecases.publications.compose_summary import links_of, session_of, summary_of, warnings
from cop_bot.usecases.summaries.find_summary import Found, objectable_until, part_with_summary


@dataclass(frozen=True, slots=True)
class Composing:
    """What a composer works from. `now` is the programme's time; `stands`: whether anything of it stands already."""

    unit: AsyncSession
    publication: Publication
    timetable: Timetable
    now: datetime
    stands: bool
    member: Member | None

    @property
    def language(self) -> str:
        """The language in which this member is spoken to."""
        assert self.member is not None  # only what is for a member asks  # noqa: S101
        return for_member(self.timetable.programme, self.member)


@dataclass(frozen=True, slots=True)
class Composed:
    """What is to stand now (None: nothing), and the platform of its audience, which takes it in parts of its own."""

    message: Message | None
    platform: str


async def compose(unit: AsyncSession, publication: Publication, *, now: datetime, stands: bool) -> Composed:
    """The whole document as the record has it `now` (programme time)."""
    member = await unit.get(Member, publication.member_id) if publication.member_id is not None else None
    place = await unit.get(Place, publication.place_id) if publication.place_id is not None else None
    platform = place.platform if place else member.platform if member else ""
    timetable = await queries.programmes.timetable(unit, publication.programme_id)
    if timetable is None or (member is not None and member.forgotten and not stands):
        return Composed(None, platform)
    composing = Composing(unit, publication, timetable, now, stands, member)
    return Composed(await COMPOSERS[publication.kind](composing), platform)


def ends_above(publication: Publication, message: Message | None) -> Message:
    """What stands where a later part stood that is not needed any more."""
    return answers.members.no_longer_needed(message.language if message else publication.language or "en")


async def _summary(composing: Composing) -> Message | None:
    """The newest published version; of the findings too."""
    unit, publication, timetable = composing.unit, composing.publication, composing.timetable
    subject = subject_of(publication.programme_id, publication.session_id)
    latest = await queries.summaries.latest(unit, subject, SummaryState.PUBLISHED)
    if latest is None:
        return None
    return await summary_of(unit, timetable, latest, now=composing.now, language=publication.language or None)


async def _draft(composing: Composing) -> Message | None:
    version = await _version(composing)
    if version is None:
        return None
    shown = await summary_of(composing.unit, composing.timetable, version, now=composing.now, draft=True)
    theme = FINDINGS if version.session_id is None else session_of(composing.timetable, version).slug
    return answers.facilitators.draft(shown, theme)


async def _warnings(composing: Composing) -> Message | None:
    """Nothing where the version published before gave them the same to know, unless this one was told already."""
    version, unit, timetable, language = (
        await _version(composing),
        composing.unit,
        composing.timetable,
        composing.language,
    )
    if version is None:
        return None
    said = await warnings(unit, timetable, version, language)
    if composing.stands:
        return said or answers.members.nothing_to_know_any_more(language=language)
    before = await queries.summaries.published_before(unit, version.subject, version.version)
    if before is not None and said == await warnings(unit, timetable, before, language):
        return None
    return said


async def _full_reply(composing: Composing) -> Message | None:
    unit, publication = composing.unit, composing.publication
    subject = subject_of(publication.programme_id, publication.session_id)
    latest = await queries.summaries.latest(unit, subject, SummaryState.PUBLISHED)
    if latest is None:
        return None
    session = session_of(composing.timetable, latest)
    return await reply_of(unit, composing.timetable, session, latest, publication.language or None)


async def _objection(composing: Composing) -> Message | None:
    unit, timetable, language = composing.unit, composing.timetable, composing.language
    objection = await unit.get(Objection, composing.publication.objection_id)
    if objection is None or objection.is_withdrawn:
        return answers.objections.objection_gone(language=language) if composing.stands else None
    session = next((s for s in timetable.sessions if s.id == objection.session_id), None)
    if session is None:
        return None
    ever = await queries.objections.ever(unit, objection.subject)
    place = 1 + next(at for at, one in enumerate(ever) if one.id == objection.id)
    link = await _link(composing, objection, session)
    return objections.raised(timetable.programme, session, objection, place, link=link, language=language)


async def _link(composing: Composing, objection: Objection, session: Session) -> str | None:
    summary = await queries.summaries.of_version(composing.unit, objection.subject, objection.version)
    if summary is None:
        return None
    until = await objectable_until(composing.unit, composing.timetable, summary) or composing.now
    where = await part_with_summary(composing.unit, Found(composing.timetable, session, summary, until))
    return where[1].permalink or None if where else None


async def _contribution(composing: Composing) -> Message | None:
    """What a member contributed by a command, posted for them."""
    unit, programme = composing.unit, composing.timetable.programme
    contribution = await unit.get_one(Contribution, composing.publication.contribution_id)
    language = for_place(programme)
    if contribution.is_withdrawn:
        return answers.members.taken_back(contribution.number, language=language) if composing.stands else None
    author = await unit.get(Member, contribution.member_id) if contribution.member_id is not None else None
    name = author.name if author else ""
    said_to = contribution.parent
    links = await links_of(unit, contribution.programme_id, [said_to]) if said_to is not None else {}
    return answers.members.by_command(
        contribution.kind,
        known(contribution.number),
        name,
        contribution.own_words,
        said_to=cite(said_to, links) if said_to is not None else None,
        language=language,
    )


async def _version(composing: Composing) -> Summary | None:
    subject = subject_of(composing.publication.programme_id, composing.publication.session_id)
    found = await queries.summaries.of_version(composing.unit, subject, composing.publication.version)
    return found if found is not None and found.state is not SummaryState.WANTED else None


COMPOSERS: Mapping[NoticeKind, Callable[[Composing], Awaitable[Message | None]]] = {
    NoticeKind.SUMMARY: _summary,
    NoticeKind.FINDINGS: _summary,
    NoticeKind.DRAFT: _draft,
    NoticeKind.WARNINGS: _warnings,
    NoticeKind.FULL: _full_reply,
    NoticeKind.OBJECTION: _objection,
    NoticeKind.CONTRIBUTION: _contribution,
}
