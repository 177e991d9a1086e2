"""What members may ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Kind
from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import (
    FeedbackOnWhat,
    NoFindingsYet,
    NoOpenSession,
    NoSuchSession,
    NotAKind,
    NotALine,
    NotANumber,
    NotYours,
    SayIt,
    SetUpInTheChannel,
)
from cop_bot.domain.wording import filing, with_question
from cop_bot.texts import answers, setting_up
from cop_bot.texts.commands import Role
from cop_bot.texts.words import Typed, duration, findings_words, kinds, misspelt, split_number, withdraw_words
from cop_bot.usecases.people import forget_member, name_facilitators, set_reminders
from cop_bot.usecases.publications import show_summary
from cop_bot.usecases.publications.reply_in_full import reply_in_full
from cop_bot.usecases.record import change_contribution, find_contributions
from cop_bot.usecases.record.contribute import contribute
from cop_bot.usecases.summaries import object_to_summary
from handlers.commands.context import Asking, links_in, said
from handlers.commands.filing import file_under


async def help_(asking: Asking, typed: Typed) -> Message:
    role: Role = "facilitator" if asking.meeting.facilitates else "member"
    return answers.personal.help(role, typed.rest or None, language=asking.language)


async def home(asking: Asking, _: Typed) -> Message:
    meeting, timetable = asking.meeting, asking.meeting.timetable
    if timetable is None and asking.gesture.place and not meeting.programmes and not meeting.elsewhere:
        return setting_up.greeting(asking.gesture.place, "", language=asking.language)
    if timetable is None:
        return answers.personal.hello(language=asking.language)
    mine = await find_contributions.own_contributions(asking.ports, meeting.member, meeting.programme_id)
    standing = answers.home.Standing(
        timetable.programme,
        timetable.sessions,
        timetable.gatherings,
        timetable.open_session(),
        timetable.next_session(),
        sum(not one.is_withdrawn for one in mine),
        timetable.last_closed() is not None,
        meeting.facilitates,
    )
    now = asking.ports.clock.now()
    return answers.home.home(standing, meeting.member, meeting.zone, now=now, language=asking.language)


async def setup(asking: Asking, typed: Typed) -> Message:
    """Where it is typed and no form can be opened: a button that opens one."""
    place = typed.rest.strip() or asking.gesture.place
    if not place:
        raise SetUpInTheChannel
    return setting_up.greeting(place, "", language=asking.language)


async def cancel(asking: Asking, _: Typed) -> Message:
    return answers.asking.cancelled(language=asking.language)


async def status(asking: Asking, _: Typed) -> Message:
    timetable, meeting = asking.timetable, asking.meeting
    mine = await find_contributions.own_contributions(asking.ports, meeting.member, meeting.programme_id)
    return answers.members.status(
        timetable.programme,
        timetable.open_session(),
        mine,
        meeting.member,
        meeting.zone,
        now=asking.ports.clock.now(),
        coming=timetable.next_session(),
        language=asking.language,
    )


def _contributing(kind: Kind) -> Callable[[Asking, Typed], Awaitable[Message]]:
    async def contributing(asking: Asking, typed: Typed) -> Message:
        if not typed.rest.strip():
            raise SayIt(example=typed.command.usage)
        return await _contribute(asking, kind, typed.rest)

    return contributing


async def feedback(asking: Asking, typed: Typed) -> Message:
    number, text = split_number(typed.rest)
    if not text:
        raise SayIt(example=typed.command.usage)
    if number is None and asking.gesture.thread is None:
        raise FeedbackOnWhat
    parent = await asking.contribution(number)
    return await _contribute(asking, Kind.FEEDBACK, f"#{parent.number} {text}")


async def _contribute(asking: Asking, kind: Kind, text: str) -> Message:
    gesture = asking.gesture
    try:
        kept, before = await contribute(
            asking.ports,
            asking.place,
            asking.meeting.member,
            kind,
            with_question(said(text)),
            links_in(text),
            message=gesture.message if gesture.place else None,
            thread=gesture.thread if gesture.place else None,
        )
    except NoOpenSession:
        coming, zone = asking.timetable.next_session(), asking.meeting.zone
        return answers.members.no_open_session(coming, zone=zone, language=asking.language)
    if before:
        return answers.members.already(known(kept.number), language=asking.language)
    return answers.members.recorded(known(kept.number), kept.kind, asking.timetable.programme, language=asking.language)


async def withdraw(asking: Asking, typed: Typed) -> Message:
    number, rest = split_number(typed.rest)
    if rest:
        raise NotANumber
    contribution = await asking.contribution(number)
    member = asking.meeting.member
    if contribution.member_id != member.id and not asking.meeting.facilitates:
        raise NotYours
    number = known(contribution.number)
    if not typed.yes:
        question = answers.asking.withdrawing(number, language=asking.language)
        return answers.asking.ask_first(question, f"withdraw #{number}", language=asking.language)
    facilitates = asking.meeting.facilitates
    await change_contribution.withdraw_contribution(
        asking.ports, known(contribution.id), member, facilitates=facilitates
    )
    return answers.members.withdrawn(number, language=asking.language)


async def kind(asking: Asking, typed: Typed) -> Message:
    number, word = split_number(typed.rest)
    if filed := filing(f"#{number or 0} {word}"):
        return await file_under(asking, number, filed[1])
    chosen = kinds().get(word.casefold())
    if chosen is None:
        raise NotAKind
    contribution = await asking.contribution(number)
    changed = await change_contribution.choose_kind(
        asking.ports,
        known(contribution.id),
        chosen,
        asking.meeting.member,
        facilitates=asking.meeting.facilitates,
    )
    return answers.members.kind_changed(known(changed.number), changed.kind, language=asking.language)


async def agenda(asking: Asking, _: Typed) -> Message:
    timetable = asking.timetable
    return answers.members.agenda(
        timetable.programme,
        timetable.sessions,
        timetable.gatherings,
        asking.meeting.zone,
        language=asking.language,
    )


async def summary(asking: Asking, typed: Typed) -> Message:
    ports, timetable, language = asking.ports, asking.timetable, asking.language
    try:
        session = timetable.session(typed.rest) if typed.rest else None
    except NoSuchSession:
        if typed.rest.casefold() in findings_words():
            return await _findings(asking)
        if meant := misspelt(typed.command, typed.rest):
            return answers.personal.unknown(meant.word, meant.nearest, language=language)
        raise
    message = await show_summary.latest_summary(ports, timetable, session, language)
    return message or answers.members.no_summary_yet(language=language)


async def _findings(asking: Asking) -> Message:
    found = await show_summary.findings(asking.ports, asking.timetable, asking.language)
    if found is None:
        raise NoFindingsYet
    return found


async def summary_full(asking: Asking, typed: Typed) -> Message:
    timetable, wanted = asking.timetable, asking.summary(typed.rest)
    reply = await reply_in_full(asking.ports, timetable, wanted, asking.meeting.member, asking.language)
    if reply.said is not None:
        return reply.said
    answer = answers.whole_reply.full_reply_too_long if reply.is_too_long else answers.whole_reply.full_reply_sent
    return answer(reply.session, reply.parts, language=asking.language)


async def summary_object(asking: Asking, typed: Typed) -> Message:
    wanted, line, words = asking.summary_and_place(typed.rest, NotALine)
    programme_id, member = asking.meeting.programme_id, asking.meeting.member
    if words.casefold().strip(" .!") in withdraw_words():
        session = await object_to_summary.take_back(asking.ports, programme_id, wanted, line, member)
        return answers.objections.objection_taken_back(session, language=asking.language)
    made = await object_to_summary.object_to_line(asking.ports, programme_id, wanted, line, said(words), member)
    return answers.objections.objected(
        made.session, made.objection, made.until, asking.meeting.zone, language=asking.language
    )


async def summary_objections(asking: Asking, typed: Typed) -> Message:
    session, listed = await object_to_summary.listed(asking.ports, asking.timetable, asking.summary(typed.rest))
    return answers.objections.objections_listed(session, listed, language=asking.language)


async def find(asking: Asking, typed: Typed) -> Message:
    rows = await find_contributions.found(asking.ports, asking.timetable, typed.rest, asking.language)
    return answers.members.found(typed.rest, rows, language=asking.language)


async def pause(asking: Asking, typed: Typed) -> Message:
    length = duration(typed.rest or "14d")
    member = await set_reminders.pause_reminders(asking.ports, known(asking.meeting.member.id), length)
    until = member.paused_until or asking.ports.clock.now()
    return answers.personal.reminders_paused(until, asking.meeting.zone, language=asking.language)


async def resume(asking: Asking, _: Typed) -> Message:
    await set_reminders.resume_reminders(asking.ports, known(asking.meeting.member.id))
    return answers.personal.reminders_on(language=asking.language)


async def off(asking: Asking, _: Typed) -> Message:
    await set_reminders.stop_reminders(asking.ports, known(asking.meeting.member.id))
    return answers.personal.reminders_off(language=asking.language)


async def forget(asking: Asking, typed: Typed) -> Message:
    member = asking.meeting.member
    mine = await find_contributions.own_contributions(asking.ports, member, None)
    objections = await forget_member.count_objections(asking.ports, known(member.id))
    if not mine and not objections and member.forgotten:
        return answers.personal.nothing_to_forget(language=asking.language)
    if not typed.yes:
        question = answers.asking.forgetting(len(mine), objections, language=asking.language)
        return answers.asking.ask_first(question, "settings forget", language=asking.language)
    count = await forget_member.forget_member(asking.ports, known(member.id))
    return answers.personal.forgotten(count, language=asking.language)


async def facilitators_list(asking: Asking, _: Typed) -> Message:
    names = await name_facilitators.facilitator_names(asking.ports, asking.meeting.programme_id)
    return answers.facilitators.facilitators_listed(asking.timetable.programme, names, language=asking.language)


VERBS: Mapping[str, Callable[[Asking, Typed], Awaitable[Message]]] = {
    "help": help_,
    "cancel": cancel,
    "status": status,
    "home": home,
    "setup": setup,
    "idea": _contributing(Kind.IDEA),
    "ask": _contributing(Kind.QUESTION),
    "resource": _contributing(Kind.RESOURCE),
    "lesson": _contributing(Kind.LESSON),
    "feedback": feedback,
    "withdraw": withdraw,
    "kind": kind,
    "agenda": agenda,
    "summary": summary,
    "summary full": summary_full,
    "summary object": summary_object,
    "summary objections": summary_objections,
    "find": find,
    "facilitators list": facilitators_list,
    "settings pause": pause,
    "settings resume": resume,
    "settings off": off,
    "settings on": resume,
    "settings forget": forget,
}
