"""Before and behind the forms in which members take part: a command that lacks its words opens one, where there are
forms; what is filled in does what typing it would do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from cop_bot.domain.columns import known
from cop_bot.domain.form import Form
from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import (
    MemberMistake,
    NotALine,
    NothingIsPlanned,
    PlaceIsTaken,
    SetUpInTheChannel,
    TimeIsOver,
)
from cop_bot.ports import Ports
from cop_bot.texts import answers, forms, mistakes, setting_up
from cop_bot.texts.words import Typed, parse, split_number
from cop_bot.usecases.people.identify_member import Meeting, identify_member
from cop_bot.usecases.programme import edit_session, set_up_programme
from cop_bot.usecases.summaries import object_to_summary
from handlers.commands import dispatch
from handlers.commands.context import Asking, said
from handlers.gesture import Gesture

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Kind:
    """`title`: of the form. `lacks`: whether the command, given what follows it, asks for one. `shown` raises what a
    member did wrong; a message says why there is no form now. `sent` is the answer to what was filled in.
    """

    title: Callable[[str], str]
    lacks: Callable[[Asking, str], bool]
    shown: Callable[[Asking, Typed], Awaitable[Form | Message]]
    sent: Callable[[Asking, Typed, Values], Awaitable[Message | Form]]


def wants_form(text: str) -> bool:
    """Whether this command may ask for a form: told without looking anything up, before a platform is kept waiting."""
    typed = parse(text)
    if not isinstance(typed, Typed) or typed.command.path not in FORMS:
        return False
    return FORMS[typed.command.path] is not _CONTRIBUTE or not typed.rest.strip()


async def open_form(ports: Ports, gesture: Gesture, command: str, locale: str = "") -> Form | Message | None:
    """The form for what the command lacks; a message says why there is none now. None: the command says it all, or
    has no form, and is to be obeyed. `locale`: what the platform says of the reader's language, if anything.
    """
    typed = parse(command)
    if not isinstance(typed, Typed) or typed.command.path not in FORMS:
        return None
    kind = FORMS[typed.command.path]
    meeting = await identify_member(ports, gesture.platform, gesture.person, gesture.place)
    asking = Asking(ports, gesture, meeting, locale)
    try:
        if (refusal := dispatch.not_theirs(asking, typed)) is not None:
            return refusal
        return await kind.shown(asking, typed) if kind.lacks(asking, typed.rest) else None
    except MemberMistake as mistake:
        return mistakes.told(mistake, language=asking.language)


async def submit_form(ports: Ports, gesture: Gesture, command: str, values: Values, locale: str = "") -> Form | Message:
    """What came of a form that was filled in; the form again, as it was left, where nothing came of it."""
    typed = parse(command)
    if not isinstance(typed, Typed) or typed.command.path not in FORMS:
        return answers.personal.unknown(command, None, language=locale or "en")
    came: list[Form] = []

    async def sent(asking: Asking) -> Message:
        done = await _sent(asking, typed, values)
        if isinstance(done, Message):
            return done
        came.append(done)
        return dispatch.NOTHING

    message = await dispatch.once(ports, gesture, sent, locale)
    return came[0] if came else message


async def _sent(asking: Asking, typed: Typed, values: Values) -> Form | Message:
    if (refusal := dispatch.not_theirs(asking, typed)) is not None:
        return refusal
    kind, form = FORMS[typed.command.path], None
    try:
        shown = await kind.shown(asking, typed)
        if isinstance(shown, Form):
            form = shown
            return await kind.sent(asking, typed, values)
        refusal = shown
    except MemberMistake as mistake:
        refusal = mistakes.told(mistake, language=asking.language)
    if form is None and forms.TEXT in values:
        form = forms.words_alone(typed.command.path, typed.rest, kind.title(asking.language), asking.language)
    return form.again(values, refusal) if form is not None else refusal


async def _contributing(asking: Asking, typed: Typed) -> Form | Message:
    timetable, now = asking.timetable, asking.ports.clock.now()
    open_now = [session for session in timetable.sessions if session.covers(now) or session.is_late(now)]
    if not open_now:
        return answers.members.no_open_session(
            timetable.next_session(), zone=asking.meeting.zone, language=asking.language
        )
    session = timetable.open_session() or open_now[-1]
    above = forms.asked(session, asking.meeting.zone, language=asking.language)
    return forms.contributing(asking.language, above, session, command=typed.command.path)


async def _contributed(asking: Asking, typed: Typed, values: Values) -> Message:
    """As if it had been typed."""
    chosen = values.get(forms.KIND, "")
    command = chosen if chosen in forms.COMMANDS.values() else typed.command.path
    asked, words = values.get(forms.QUESTION, ""), values.get(forms.TEXT, "")
    return await dispatch.obey(asking, f"{command} {asked}: {words}" if asked else f"{command} {words}")


async def _objecting(asking: Asking, typed: Typed) -> Form | Message:
    found = await object_to_summary.readable(asking.ports, asking.meeting.programme_id, asking.summary(typed.rest))
    if asking.ports.clock.now() >= found.until:
        raise TimeIsOver(until=found.until, zone=found.timetable.programme.zone)
    if not found.brief.lines():
        raise NotALine
    above = forms.about_summary(found.session, language=asking.language)
    return forms.objecting(found.session, found.brief, found.summary.version, above, language=asking.language)


async def _objected(asking: Asking, typed: Typed, values: Values) -> Message:
    """Against the line as it stood in the version that the form showed."""
    version, _, line = values.get(forms.LINE, "").partition(" ")
    if not (version.isdecimal() and line.isdecimal()):
        raise NotALine
    made = await object_to_summary.object_to_line(
        asking.ports,
        asking.meeting.programme_id,
        asking.summary(typed.rest),
        int(line),
        said(values.get(forms.TEXT, "")),
        asking.meeting.member,
        version=int(version),
    )
    return answers.objections.objected(
        made.session, made.objection, made.until, asking.meeting.zone, language=asking.language
    )


async def _giving_feedback(asking: Asking, typed: Typed) -> Form | Message:
    number, _ = split_number(typed.rest)
    return forms.giving_feedback(await asking.contribution(number), language=asking.language)


async def _gave_feedback(asking: Asking, typed: Typed, values: Values) -> Message:
    number, _ = split_number(typed.rest)
    parent = await asking.contribution(number)
    return await dispatch.obey(asking, f"feedback #{known(parent.number)} {values.get(forms.TEXT, '')}")


async def _setting_up(asking: Asking, typed: Typed) -> Form | Message:
    """Who may is asked of the platform: administrators come and go."""
    place = _place(asking, typed)
    member = await set_up_programme.must_be_allowed(asking.ports, asking.gesture.platform, asking.gesture.person, place)
    taken = (await _meeting_at(asking, place)).timetable
    if taken is not None and not taken.is_over:
        raise PlaceIsTaken(title=taken.programme.name(asking.language))
    zone = member.zone or "UTC"
    monday = asking.ports.clock.now().astimezone(ZoneInfo(zone)).date()
    monday += timedelta(days=7 - monday.weekday())
    return setting_up.form(
        f"setup {place}", title="", zone=zone, first_day=monday.isoformat(), language=asking.language
    )


async def _set_up(asking: Asking, typed: Typed, values: Values) -> Message | Form:
    """First the calendar; planned when it has been looked at."""
    place, platform, language = _place(asking, typed), asking.gesture.platform, asking.language
    meeting = await _meeting_at(asking, place)
    wish = set_up_programme.Wish(
        values.get(setting_up.TITLE, ""),
        values.get(setting_up.ZONE, ""),
        values.get(setting_up.FIRST, ""),
        next((days for days in setting_up.LENGTHS if str(days) == values.get(setting_up.DAYS)), 14),
        tuple(values.get(setting_up.LINES, "").splitlines()),
        values.get(setting_up.WHAT) == setting_up.QUESTIONS,
        language.partition("-")[0],
    )
    if values.get(setting_up.NEXT) == setting_up.PLAN:
        plan = await set_up_programme.set_up(asking.ports, meeting, platform, place, wish)
        return setting_up.planned(plan, language=language)
    if values.get(setting_up.NEXT) == setting_up.CHANGE:
        form = await _setting_up(asking, typed)
        return (
            replace(form, fields=tuple(one.filled(values) for one in form.fields)) if isinstance(form, Form) else form
        )
    found = await set_up_programme.drafted(asking.ports, meeting, platform, place, wish)
    kept = {name: values[name] for name in _KEPT if name in values}
    return setting_up.calendar(f"setup {place}", found.plan, found.zones, found.concerns, kept, language=language)


async def _editing(asking: Asking, typed: Typed) -> Form | Message:
    if not typed.rest.strip():
        coming = [session for session in asking.timetable.sessions if session.is_planned]
        if not coming:
            raise NothingIsPlanned
        return forms.choosing_session(coming, language=asking.language)
    session = asking.timetable.session(typed.rest)
    session.must_be_planned()
    return forms.editing_session(
        session, edit_session.spoken_in(session.title, asking.language), language=asking.language
    )


async def _edited(asking: Asking, typed: Typed, values: Values) -> Message | Form:
    if not typed.rest.strip():
        return await _editing(asking, replace(typed, rest=values.get(forms.SESSION, "")))
    session = asking.timetable.session(typed.rest)
    edited = await edit_session.edit(
        asking.ports,
        asking.meeting.programme_id,
        session.slug,
        said(values.get(forms.TITLE, "")),
        said(values.get(forms.QUESTIONS, "")).splitlines(),
        asking.language,
        asking.meeting.member,
    )
    return answers.facilitators.session_edited(asking.timetable.programme, edited, language=asking.language)


_KEPT = (setting_up.TITLE, setting_up.ZONE, setting_up.FIRST, setting_up.DAYS, setting_up.LINES, setting_up.WHAT)


def _place(asking: Asking, typed: Typed) -> str:
    place = typed.rest.strip() or asking.gesture.place
    if not place:
        raise SetUpInTheChannel
    return place


async def _meeting_at(asking: Asking, place: str) -> Meeting:
    return await identify_member(asking.ports, asking.gesture.platform, asking.gesture.person, place)


def _always(asking: Asking, rest: str) -> bool:
    del asking, rest
    return True


def _nothing(asking: Asking, rest: str) -> bool:
    del asking
    return not rest.strip()


def _names_a_theme(asking: Asking, rest: str) -> bool:
    """No number of a line, and no words."""
    return not rest.strip() or asking.is_theme(rest.strip())


def _names_a_contribution(asking: Asking, rest: str) -> bool:
    number, words = split_number(rest)
    return not words and (number is not None or asking.gesture.thread is not None)


_CONTRIBUTE = _Kind(forms.contribute, _nothing, _contributing, _contributed)

FORMS: Mapping[str, _Kind] = {
    **dict.fromkeys(forms.COMMANDS.values(), _CONTRIBUTE),
    "summary object": _Kind(forms.object_, _names_a_theme, _objecting, _objected),
    "session edit": _Kind(forms.edit, _names_a_theme, _editing, _edited),
    "setup": _Kind(setting_up.title, _always, _setting_up, _set_up),
    "feedback": _Kind(forms.feedback, _names_a_contribution, _giving_feedback, _gave_feedback),
}
"""The path of a command -> the form for what it lacks."""
