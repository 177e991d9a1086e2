"""Write the summary of a closed session, and after the last one the findings of the programme.

A loop of its own: it may take minutes, under a lease that is written down, so that two replicas don't both pay for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain import findings as all_findings
from cop_bot.domain.assignment import Assignment, Question, Voice
from cop_bot.domain.brief import Brief
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import ChatUnavailable, SummariserFailed
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.domain.place import Place
from cop_bot.domain.programme import in_language
from cop_bot.domain.session import Session
from cop_bot.domain.summary import LEASE, LEASE_OFFLINE, Summary, SummaryState, back_off
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports, Ref, Summariser
from cop_bot.store import queries
from cop_bot.usecases.catch_up import catch_up
from cop_bot.usecases.publish_summary import hand_over
from cop_bot.usecases.redact_summaries import leave_out_withdrawn

log = structlog.get_logger()

CATCH_UP_TRIES = 5
"""How often a summary waits for a history that can't be read or recorded, before it is written without."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A summary under our lease."""

    summary: Summary
    timetable: Timetable
    session: Session | None
    place: Place


async def summarise_next(ports: Ports) -> bool:
    """Try the next summary that is wanted; False if there is none now."""
    task = await _take(ports)
    if task is None:
        return False
    try:
        content, maker, links = await _write(ports, task)
    except (SummariserFailed, ChatUnavailable) as failure:
        log.warning("summary failed", summary=task.summary.id, attempts=task.summary.attempts, why=str(failure))
        await _fail(ports, task, str(failure))
        return True
    except Exception:
        log.exception("summary failed", summary=task.summary.id)
        await _fail(ports, task, "a mistake of ours")
        return True
    await _hand_over(ports, task, content, maker, links)
    ports.wake("notices")
    return True


async def _take(ports: Ports) -> _Task | None:
    async with ports.unit() as unit:
        wall = ports.clock.wall()
        summary = await queries.next_summary(unit, wall)
        if summary is None:
            return None
        timetable = await queries.timetable(unit, summary.programme_id)
        if timetable is None:
            return None
        offline = _summariser(ports, timetable, summary) is ports.offline
        summary.take(ports.owner, wall, LEASE_OFFLINE if offline else LEASE)
        session = next((s for s in timetable.sessions if s.id == summary.session_id), None)
        place = await unit.get_one(Place, session.place_id if session else timetable.programme.place_id)
        return _Task(summary, timetable, session, place)


async def _write(ports: Ports, task: _Task) -> tuple[dict[str, object], str, dict[int, str]]:
    """The content, who made it, and the permanent links of what it cites (contribution number -> address)."""
    if task.session is None:
        findings = await _find(ports, task)
        return all_findings.to_json(findings), findings.maker, {}
    try:
        await catch_up(ports, task.place)
    except Exception:
        if task.summary.attempts < CATCH_UP_TRIES:
            raise
        log.exception("summarised without catching up", summary=task.summary.id)
    async with ports.reading() as unit:
        contributions = await queries.contributions_of_session(unit, known(task.session.id))
    brief = await brief_of(
        ports, task.timetable, task.session, contributions, _summariser(ports, task.timetable, task.summary)
    )
    links = await _permalinks(ports, task.place, contributions, brief)
    return briefs.to_json(brief), brief.maker, links


def _summariser(ports: Ports, timetable: Timetable, summary: Summary) -> Summariser:
    """The model, as long as the programme allows and has patience with it; else the offline one."""
    settings = timetable.programme.decided()
    waited = ports.clock.now() - summary.wanted_at
    if (
        ports.model is None
        or not settings.ai
        or settings.summary.mode == "offline"
        or waited > settings.summary.patience
    ):
        return ports.offline
    return ports.model


async def brief_of(
    ports: Ports,
    timetable: Timetable,
    session: Session,
    contributions: Sequence[Contribution],
    summariser: Summariser,
) -> Brief:
    """Ask a summariser, and keep of its answer only what the contributions bear out. Raises SummariserFailed."""
    summary = timetable.programme.decided().summary
    language = summary.languages[0]
    assignment = Assignment(
        theme=in_language(session.title, language),
        voices=tuple(voices(contributions)),
        questions=tuple(Question(in_language(asked, language), tuple(asked.values())) for asked in session.questions),
        language=language,
        words=summary.brief_words,
    )
    return (await summariser.summarise(assignment)).checked(assignment)


def voices(contributions: Iterable[Contribution]) -> list[Voice]:
    """Contributions as a summariser sees them: without names."""
    return [
        Voice(
            number=known(c.number),
            kind=c.kind.value,
            text=c.text or " ".join(c.files),
            author=f"m{c.member_id}",
            at=c.posted_at,
            links=tuple(c.links),
            said_to=c.parent,
        )
        for c in contributions
    ]


async def _find(ports: Ports, task: _Task) -> Findings:
    programme = task.timetable.programme
    language = programme.decided().summary.languages[0]
    async with ports.reading() as unit:
        published = await queries.published_summaries(unit, known(programme.id))
    assignment = FindingsAssignment(
        title=in_language(programme.title, language),
        briefs=tuple(
            (in_language(session.title, language), briefs.from_json(published[known(session.id)].content))
            for session in task.timetable.sessions
            if session.id in published
        ),
        language=language,
    )
    return await _summariser(ports, task.timetable, task.summary).findings(assignment)


async def _permalinks(
    ports: Ports, place: Place, contributions: Sequence[Contribution], brief: Brief
) -> dict[int, str]:
    """The addresses of the messages that are cited; one that can't be had now is left out."""
    chat, cited = ports.chats.get(place.platform), brief.cited_numbers()
    links: dict[int, str] = {}
    for contribution in contributions:
        if contribution.number not in cited or contribution.number is None:
            continue
        link = contribution.permalink
        if link is None and chat is not None and place.platform_id:
            link = await chat.permalink(Ref(place.platform_id, contribution.message))
        if link:
            links[contribution.number] = link
    return links


async def _hand_over(ports: Ports, task: _Task, content: dict[str, object], maker: str, links: dict[int, str]) -> None:
    """Write it down, and with it what is to be said, in one commit; unless the lease was lost."""
    async with ports.unit() as unit:
        timetable = await queries.timetable(unit, task.summary.programme_id, lock=True)
        summary = await unit.get(Summary, task.summary.id)
        if timetable is None or summary is None or not _is_ours(summary, ports):
            return
        summary.draft(dict(content), maker)
        await leave_out_withdrawn(unit, summary)
        await _keep_links(unit, task, links)
        await hand_over(unit, ports, timetable, summary)


async def _keep_links(unit: AsyncSession, task: _Task, links: dict[int, str]) -> None:
    if not links:
        return
    programme_id = known(task.timetable.programme.id)
    for (_, number), contribution in (await queries.contributions_by_number(unit, [programme_id], links)).items():
        contribution.permalink = links[number]


async def _fail(ports: Ports, task: _Task, why: str) -> None:
    async with ports.unit() as unit:
        summary = await unit.get(Summary, task.summary.id)
        if summary is not None and _is_ours(summary, ports):
            summary.fail(why, ports.clock.wall(), back_off(summary.attempts))


def _is_ours(summary: Summary, ports: Ports) -> bool:
    return summary.state is SummaryState.WANTED and summary.owner == ports.owner and summary.lease_until is not None
