"""What facilitators may ask for besides."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import (
    NameSomebody,
    NoFindingsYet,
    NotAnObjection,
    NothingIsOpen,
    NothingIsPlanned,
    NothingToSummarise,
    SayIt,
    SummaryIsNotDrafted,
)
from cop_bot.domain.reminder import Skip
from cop_bot.domain.session import SessionState
from cop_bot.texts import answers
from cop_bot.texts.commands import FINDINGS
from cop_bot.texts.words import Typed, duration, findings_words, withdraw_words
from cop_bot.usecases.admin import show_audit, undo_step
from cop_bot.usecases.people import name_facilitators
from cop_bot.usecases.programme import (
    close_session,
    edit_session,
    extend_session,
    open_session,
    remind_members,
    reopen_session,
    shift_programme,
    show_programme,
    skip_session,
)
from cop_bot.usecases.publications import show_draft
from cop_bot.usecases.summaries import correct_draft, publish_summary
from cop_bot.usecases.summaries.answer_objection import answer_objection, remove_objection
from handlers.commands.context import Asking, people_in, said


async def programme_show(asking: Asking, _: Typed) -> Message:
    timetable = asking.timetable
    counts = await show_programme.counts(asking.ports, timetable)
    return answers.facilitators.programme_shown(
        timetable.programme,
        asking.place,
        timetable.sessions,
        timetable.gatherings,
        counts,
        language=asking.language,
    )


async def programme_shift(asking: Asking, typed: Typed) -> Message:
    by = duration(typed.rest)
    planned = sum(session.is_planned for session in asking.timetable.sessions)
    if not typed.yes:
        question = answers.asking_facilitators.shifting(by, planned, language=asking.language)
        return answers.asking.ask_first(question, f"programme shift {by.days}d", language=asking.language)
    programme_id, member = asking.meeting.programme_id, asking.meeting.member
    timetable = await shift_programme.shift(asking.ports, programme_id, by.days, member)
    return answers.facilitators.shifted(
        timetable.programme, timetable.sessions, timetable.gatherings, language=asking.language
    )


async def session_list(asking: Asking, _: Typed) -> Message:
    timetable = asking.timetable
    counts = await show_programme.counts(asking.ports, timetable)
    return answers.facilitators.sessions_listed(
        timetable.programme, timetable.sessions, counts, asking.meeting.zone, language=asking.language
    )


async def session_open(asking: Asking, typed: Typed) -> Message:
    timetable = asking.timetable
    session = timetable.session(typed.rest) if typed.rest else timetable.next_session()
    if session is None:
        raise NothingIsPlanned
    session.must_be_planned()
    if not typed.yes:
        question = answers.asking_facilitators.opening(session, language=asking.language)
        return answers.asking.ask_first(question, f"session open {session.slug}", language=asking.language)
    opened = await open_session.open_now(asking.ports, asking.meeting.programme_id, session.slug, asking.meeting.member)
    return answers.facilitators.session_opened(timetable.programme, opened, language=asking.language)


async def session_close(asking: Asking, typed: Typed) -> Message:
    timetable = asking.timetable
    session = timetable.open_session()
    if session is None:
        raise NothingIsOpen
    if not typed.yes:
        count, _ = (await show_programme.counts(asking.ports, timetable))[known(session.id)]
        question = answers.asking_facilitators.closing(session, count, language=asking.language)
        return answers.asking.ask_first(question, "session close", language=asking.language)
    closed = await close_session.close_now(asking.ports, asking.meeting.programme_id, asking.meeting.member)
    return answers.facilitators.session_closed(timetable.programme, closed, language=asking.language)


async def session_extend(asking: Asking, typed: Typed) -> Message:
    by = duration(typed.rest)
    session = await extend_session.extend(asking.ports, asking.meeting.programme_id, by.days, asking.meeting.member)
    return answers.facilitators.session_extended(asking.timetable.programme, session, language=asking.language)


async def session_edit(asking: Asking, typed: Typed) -> Message:
    """`risk Who carries the risk?`: which one, and what it is called from now on."""
    theme, _, title = typed.rest.strip().partition(" ")
    if not title.strip():
        raise SayIt(example=typed.command.usage)
    session = asking.timetable.session(theme)
    session.must_be_planned()
    edited = await edit_session.edit(
        asking.ports,
        asking.meeting.programme_id,
        session.slug,
        said(title),
        None,
        asking.language,
        asking.meeting.member,
    )
    return answers.facilitators.session_edited(asking.timetable.programme, edited, language=asking.language)


async def session_skip(asking: Asking, typed: Typed) -> Message:
    timetable = asking.timetable
    session = timetable.session(typed.rest) if typed.rest else timetable.next_session()
    if session is None:
        raise NothingIsPlanned
    session.must_be_planned()
    if not typed.yes:
        is_last = not any(other.is_planned for other in timetable.sessions if other is not session)
        question = answers.asking_facilitators.skipping(session, is_last=is_last, language=asking.language)
        return answers.asking.ask_first(question, f"session skip {session.slug}", language=asking.language)
    skipped = await skip_session.skip(asking.ports, asking.meeting.programme_id, session.slug, asking.meeting.member)
    return answers.facilitators.session_skipped(timetable.programme, skipped, language=asking.language)


async def remind(asking: Asking, typed: Typed) -> Message:
    zone, now, language = asking.meeting.zone, asking.ports.clock.now(), asking.language
    if typed.yes:
        decided = await remind_members.remind_now(asking.ports, asking.meeting.programme_id, asking.meeting.member)
        return answers.facilitators.reminded([decision for _, decision in decided], now=now, language=language)
    _, rows = await remind_members.whom_to_remind(asking.ports, asking.meeting.programme_id)
    if "dry" in typed.rest:
        decisions = {_name(member): decision for member, decision in rows if decision is not Skip.NOT_A_PERSON}
        return answers.facilitators.remind_preview(decisions, zone, now=now, language=language)
    decisions_alone = [decision for _, decision in rows]
    if not any(isinstance(decision, datetime) for decision in decisions_alone):
        return answers.facilitators.nobody_to_remind(language=language)
    question = answers.asking_facilitators.reminding(decisions_alone, now=now, language=language)
    return answers.asking.ask_first(question, "remind", language=language)


def _name(member: Member) -> str:
    return member.name or "…"  # an id says nothing to people


async def session_reopen(asking: Asking, typed: Typed) -> Message:
    days = duration(typed.rest).days if typed.rest else None
    member, programme_id = asking.meeting.member, asking.meeting.programme_id
    session = await reopen_session.reopen(asking.ports, programme_id, days, member)
    return answers.facilitators.session_reopened(asking.timetable.programme, session, language=asking.language)


async def audit(asking: Asking, _: Typed) -> Message:
    rows = await show_audit.newest(asking.ports, asking.meeting.programme_id)
    return answers.audit.audit(asking.timetable.programme, rows, asking.meeting.zone, language=asking.language)


async def undo(asking: Asking, typed: Typed) -> Message:
    if not typed.yes:
        step = await undo_step.last_step(asking.ports, asking.meeting.programme_id)
        question = answers.audit.undoing(step, language=asking.language)
        return answers.asking.ask_first(question, "undo", language=asking.language)
    undone = await undo_step.undo(asking.ports, asking.meeting.programme_id, asking.meeting.member)
    return answers.audit.undone(undone, language=asking.language)


async def summary_draft(asking: Asking, typed: Typed) -> Message:
    wish = asking.correction(typed.rest)
    if wish is None:
        return await _draft(asking, typed.rest)
    theme, wanted = wish
    session = asking.timetable.session(theme) if theme else asking.timetable.last_closed()
    if session is None or session.state is not SessionState.CLOSED:
        raise SummaryIsNotDrafted
    await correct_draft.correct_draft(asking.ports, asking.meeting.programme_id, session, wanted, asking.meeting.member)
    return answers.facilitators.corrected(await _draft(asking, session.slug))


async def _draft(asking: Asking, theme: str) -> Message:
    timetable = asking.timetable
    if theme.casefold() in findings_words():
        found = await show_draft.draft_of_findings(asking.ports, timetable)
        if found is None:
            raise NoFindingsYet
        return answers.facilitators.draft(found, FINDINGS)
    session = timetable.session(theme) if theme else timetable.open_session() or timetable.last_closed()
    if session is None or session.state not in (SessionState.OPEN, SessionState.CLOSED):
        raise NothingToSummarise
    draft, to_know = await show_draft.draft(asking.ports, timetable, session, asking.language)
    shown = (
        answers.facilitators.preview(draft)
        if session.state is SessionState.OPEN
        else answers.facilitators.draft(draft, session.slug)
    )
    return replace(shown, blocks=(*to_know.blocks, *shown.blocks)) if to_know else shown


async def summary_publish(asking: Asking, typed: Typed) -> Message:
    if typed.rest.casefold() in findings_words():
        return await _publish_findings(asking, typed)
    session = asking.timetable.session(typed.rest) if typed.rest else asking.timetable.last_closed()
    if session is None:
        return answers.members.no_summary_yet(language=asking.language)
    if session.state is not SessionState.CLOSED:
        raise SummaryIsNotDrafted
    if await show_draft.is_up_to_date(asking.ports, asking.timetable, session):
        return answers.facilitators.nothing_new(asking.timetable.programme, session, language=asking.language)
    if not typed.yes:
        question = answers.asking_facilitators.publishing(session, language=asking.language)
        return answers.asking.ask_first(question, f"summary publish {session.slug}", language=asking.language)
    await publish_summary.publish_draft(asking.ports, asking.meeting.programme_id, session, asking.meeting.member)
    return answers.facilitators.published(asking.timetable.programme, session, language=asking.language)


async def _publish_findings(asking: Asking, typed: Typed) -> Message:
    if await show_draft.draft_of_findings(asking.ports, asking.timetable) is None:
        raise NoFindingsYet
    if not typed.yes:
        question = answers.asking_facilitators.publishing_findings(language=asking.language)
        return answers.asking.ask_first(question, f"summary publish {FINDINGS}", language=asking.language)
    await publish_summary.publish_draft(asking.ports, asking.meeting.programme_id, None, asking.meeting.member)
    return answers.facilitators.findings_published(language=asking.language)


async def summary_answer(asking: Asking, typed: Typed) -> Message:
    wanted, place, words = asking.summary_and_place(typed.rest, NotAnObjection)
    ports, programme_id = asking.ports, asking.meeting.programme_id
    if words.casefold().strip(" .!") in withdraw_words():
        session = await remove_objection(ports, programme_id, wanted, place, asking.meeting.member)
        return answers.objections.objection_removed(session, language=asking.language)
    session = await answer_objection(ports, programme_id, wanted, place, said(words), asking.meeting.member)
    return answers.objections.objection_answered(session, language=asking.language)


async def facilitators_add(asking: Asking, typed: Typed) -> Message:
    person, platform = await _one_person(asking, typed.rest), asking.gesture.platform
    member = await name_facilitators.add_facilitator(
        asking.ports, asking.meeting.programme_id, platform, person, asking.meeting.member
    )
    return answers.facilitators.facilitator_added(_name(member), language=asking.language)


async def facilitators_remove(asking: Asking, typed: Typed) -> Message:
    person, platform = await _one_person(asking, typed.rest), asking.gesture.platform
    if not typed.yes:
        known_as = await name_facilitators.facilitator(asking.ports, asking.meeting.programme_id, platform, person)
        question = answers.asking_facilitators.removing(known_as, language=asking.language)
        called = await name_facilitators.person_called(asking.ports, asking.meeting.programme_id, known_as.name)
        whom = f"@{known_as.name}" if called == person else f"<@{person}>"
        return answers.asking.ask_first(question, f"facilitators remove {whom}", language=asking.language)
    member = await name_facilitators.remove_facilitator(
        asking.ports, asking.meeting.programme_id, platform, person, asking.meeting.member
    )
    return answers.facilitators.facilitator_removed(_name(member), language=asking.language)


async def _one_person(asking: Asking, text: str) -> str:
    """The platform's id of whom a command names: by a mention, or by a name that only one person there has."""
    people = people_in(text)
    if not people:
        called = await name_facilitators.person_called(asking.ports, asking.meeting.programme_id, text)
        people = [called] if called else []
    if len(people) != 1:
        raise NameSomebody
    return people[0]


VERBS: Mapping[str, Callable[[Asking, Typed], Awaitable[Message]]] = {
    "programme show": programme_show,
    "programme shift": programme_shift,
    "session list": session_list,
    "session open": session_open,
    "session close": session_close,
    "session extend": session_extend,
    "session reopen": session_reopen,
    "session edit": session_edit,
    "session skip": session_skip,
    "remind": remind,
    "summary draft": summary_draft,
    "summary publish": summary_publish,
    "summary answer": summary_answer,
    "facilitators add": facilitators_add,
    "facilitators remove": facilitators_remove,
    "audit": audit,
    "undo": undo,
}
