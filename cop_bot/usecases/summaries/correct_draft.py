"""Correct a summary by hand before everybody reads it: take a line out, say it otherwise, add one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain.brief import Brief, point_to_json
from cop_bot.domain.columns import in_utc, known
from cop_bot.domain.correction import Change, Correction, changed, corrected, uncorrected
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import ProgrammeIsGone, SummaryIsNotDrafted, TooLateToUndo
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary, SummaryState, subject_of
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.auditing import audit

_DRAFTS = (NoticeKind.DRAFT, NoticeKind.WARNINGS)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a facilitator wants of a draft: `line` counts from 1, as it is shown; `cites` are for a new line."""

    change: Change
    line: int = 0
    text: str = ""
    cites: Sequence[int] = ()


async def correct_draft(ports: Ports, programme_id: int, session: Session, wish: Wish, by: Member) -> None:
    """The draft says it otherwise from now on; of a summary that is published a new draft is made, which waits to be
    posted. Every later version keeps to it.

    Raises SummaryIsNotDrafted, NoLines, NoSuchLine, CorrectionWithoutWords, CorrectionTooLong.
    """
    async with ports.unit() as unit:
        if await queries.programmes.timetable(unit, programme_id, lock=True) is None:
            raise ProgrammeIsGone
        subject = subject_of(programme_id, session.id)
        standing = await queries.summaries.latest(unit, subject, SummaryState.DRAFTED, SummaryState.PUBLISHED)
        if standing is None:
            raise SummaryIsNotDrafted
        brief = briefs.from_json(standing.content)
        before, after, place = changed(brief, wish.change, wish.line, wish.text, wish.cites)
        correction = Correction(
            programme_id=programme_id,
            session_id=known(session.id),
            subject=subject,
            change=wish.change,
            place=place,
            line={} if wish.change is Change.ADD else point_to_json(before),
            said={} if wish.change is Change.OUT else point_to_json(after),
            member_id=known(by.id),
            corrected_at=in_utc(ports.clock.now()),
        )
        unit.add(correction)
        await unit.flush()
        about = " ".join(filter(None, (session.slug, str(wish.line or ""), wish.change.value)))
        audit(
            unit,
            ports.clock,
            programme_id,
            by,
            "summary draft",
            about=about,
            before={"correction": correction.id},
        )
        await _say_otherwise(unit, ports, standing, lambda old: corrected(old, [correction]))
    ports.wake("notices")


async def take_back(unit: AsyncSession, ports: Ports, correction_id: int) -> None:
    """As if this had not been corrected. Raises TooLateToUndo if what it was about is gone."""
    correction = await unit.get(Correction, correction_id)
    if correction is None:
        raise TooLateToUndo
    wanted = (SummaryState.DRAFTED, SummaryState.PUBLISHED)
    standing = await queries.summaries.latest(unit, correction.subject, *wanted)
    if standing is not None:
        await _say_otherwise(unit, ports, standing, lambda old: uncorrected(old, correction))
    await unit.delete(correction)


async def _say_otherwise(
    unit: AsyncSession, ports: Ports, standing: Summary, otherwise: Callable[[Brief], Brief]
) -> None:
    content = briefs.to_json(otherwise(briefs.from_json(standing.content)))
    if standing.state is SummaryState.DRAFTED:
        standing.content = content
    elif (await queries.summaries.latest(unit, standing.subject) or standing).state is not SummaryState.WANTED:
        draft = standing.next_draft(content, ports.clock.now(), ports.clock.wall())
        unit.add(draft)
    # Else a version is on its way already: it is corrected when it is written.
    await queries.publications.mark_stale(unit, [standing.subject], ports.clock.wall(), _DRAFTS)
