"""Write the summary of a closed session, and after the last one the findings of the programme.

A loop of its own: it may take minutes, under a lease that is written down, so that two replicas don't both pay for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from cop_bot.domain import brief as briefs
from cop_bot.domain import findings as all_findings
from cop_bot.domain.brief import Brief
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import ChatUnavailable, SummariserFailed
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.domain.place import Place
from cop_bot.domain.programme import in_language
from cop_bot.domain.summary import LEASE, LEASE_OFFLINE, Summary, subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports, Ref, Summariser
from cop_bot.store import queries
from cop_bot.usecases.record.catch_up import catch_up
from cop_bot.usecases.summaries.store_version import Task, Written, give_up, keep_failure, store_version
from cop_bot.usecases.summaries.write_brief import brief_of, model_for

log = structlog.get_logger()

CATCH_UP_TRIES = 5
"""How often a summary waits for a history that can't be read or recorded, before it is written without."""


async def summarise_next(ports: Ports) -> bool:
    """Try the next summary that is wanted; False if there is none now."""
    task = await _take(ports)
    if task is None:
        return False
    if task.summariser is None:
        await give_up(ports, task)
        return True
    try:
        written = await _write(ports, task, task.summariser)
    except (SummariserFailed, ChatUnavailable) as failure:
        log.warning("summary failed", summary=task.summary.id, attempts=task.summary.attempts, why=str(failure))
        await keep_failure(ports, task, str(failure))
        return True
    except Exception:
        log.exception("summary failed", summary=task.summary.id)
        await keep_failure(ports, task, "a mistake of ours")
        return True
    await store_version(ports, task, written)
    ports.wake("notices")
    return True


async def _take(ports: Ports) -> Task | None:
    async with ports.unit() as unit:
        wall = ports.clock.wall()
        summary = await queries.summaries.next_wanted(unit, wall)
        if summary is None:
            return None
        timetable = await queries.programmes.timetable(unit, summary.programme_id)
        if timetable is None:
            return None
        summariser = _summariser(ports, timetable, summary)
        summary.take(ports.owner, wall, LEASE_OFFLINE if summariser is ports.offline else LEASE)
        session = next((s for s in timetable.sessions if s.id == summary.session_id), None)
        place = await unit.get_one(Place, session.place_id if session else timetable.programme.place_id)
        return Task(summary, timetable, session, place, summariser)


def _summariser(ports: Ports, timetable: Timetable, summary: Summary) -> Summariser | None:
    """The model, as long as the programme allows and has patience with it, and once in any case: nobody tried while the
    bot was down. Else the offline one.

    A summary that waits for the model alone has nobody once the model is gone or given up.
    """
    model, now = model_for(ports, timetable), ports.clock.now()
    if summary.only_model:
        return None if summary.is_given_up(now) else model
    patience = timetable.programme.decided().summary.patience
    has_patience = summary.attempts == 0 or now - summary.wanted_at <= patience
    return model if model is not None and has_patience else ports.offline


async def _write(ports: Ports, task: Task, summariser: Summariser) -> Written:
    if task.session is None:
        findings = await _find(ports, task.timetable, summariser)
        return Written(all_findings.to_json(findings), findings.maker)
    try:
        await catch_up(ports, task.place)
    except Exception:
        if task.summary.attempts < CATCH_UP_TRIES:
            raise
        log.exception("summarised without catching up", summary=task.summary.id)
    async with ports.reading() as unit:
        contributions = await queries.contributions.of_session(unit, known(task.session.id))
    brief = await brief_of(ports, task.timetable, task.session, contributions, summariser)
    links = await _permalinks(ports, task.place, contributions, brief)
    return Written(briefs.to_json(brief), brief.maker, links)


async def _find(ports: Ports, timetable: Timetable, summariser: Summariser) -> Findings:
    programme = timetable.programme
    summary = programme.decided().summary
    language, *translations = summary.languages
    async with ports.reading() as unit:
        published = await queries.summaries.published(unit, known(programme.id))
    assignment = FindingsAssignment(
        title=in_language(programme.title, language),
        briefs=tuple(
            (in_language(session.title, language), _with_sources(published[known(session.id)]))
            for session in timetable.sessions
            if session.id in published
        ),
        language=language,
        translations=tuple(translations),
        subject=subject_of(known(programme.id), None),
        most_tokens=summary.most_tokens,
    )
    return await summariser.findings(assignment)


def _with_sources(summary: Summary) -> Brief:
    """Its lines that rest on contributions: only such can be compared over themes."""
    brief = briefs.from_json(summary.content)
    return brief.with_points(point for point in brief.points if point.cites)


async def _permalinks(
    ports: Ports, place: Place, contributions: Sequence[Contribution], brief: Brief
) -> dict[int, str]:
    """The addresses of the messages that are cited; one that can't be had now is left out."""
    chat, cited = ports.chat_for(place), brief.cited_numbers()
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
