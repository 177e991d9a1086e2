"""Undo the last step of a facilitator. What was said about it is corrected by a new notice, never unsaid."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.audit import Audited
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.gathering import GatheringKind
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import NothingToUndo, NotUndone, OneMustStay, ProgrammeIsGone, TooLateToUndo
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.domain.session import Session
from cop_bot.domain.standing import is_untouched, put_back
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.auditing import audit
from cop_bot.store.marking import mark_counted
from cop_bot.texts import sessions as voice
from cop_bot.usecases.programme.reopen_session import follow_reopening
from cop_bot.usecases.summaries.correct_draft import take_back


@dataclass(frozen=True, slots=True)
class Undoing:
    """The step, the programme as this transaction holds it, and who undoes it."""

    unit: AsyncSession
    ports: Ports
    timetable: Timetable
    step: Audited

    def session(self) -> Session:
        """The session that it was about."""
        return self.timetable.session(self.step.about)

    def say(self, said: Message, place_id: int) -> None:
        """To everybody in the place."""
        programme_id = known(self.timetable.programme.id)
        about = f"programme/{programme_id}"
        key = NoticeKey(self.ports.database_id, about, NoticeKind.UNDONE, revision=known(self.step.id))
        self.unit.add(Notice.to_place(key, place_id, said, self.ports.clock.wall(), programme_id=programme_id))


async def last_step(ports: Ports, programme_id: int) -> Audited:
    """What `undo` would undo. Raises NothingToUndo, NotUndone."""
    async with ports.reading() as unit:
        step = await queries.audits.last_standing(unit, programme_id)
        return _must_be_undoable(step)


async def undo(ports: Ports, programme_id: int, by: Member) -> Audited:
    """Everything stands as it stood before. Raises NothingToUndo, NotUndone, TooLateToUndo."""
    async with ports.unit() as unit:
        timetable = await queries.programmes.timetable(unit, programme_id, lock=True)
        if timetable is None:
            raise ProgrammeIsGone
        step = _must_be_undoable(await queries.audits.last_standing(unit, programme_id))
        await UNDOERS[step.command](Undoing(unit, ports, timetable, step))
        step.undo(ports.clock.now())
        audit(unit, ports.clock, programme_id, by, "undo", about=step.command)
    for loop in ("notices", "summaries", "marks", "tick"):
        ports.wake(loop)
    return step


def _must_be_undoable(step: Audited | None) -> Audited:
    if step is None:
        raise NothingToUndo
    if step.command not in UNDOERS:
        raise NotUndone(step=" ".join(filter(None, (step.command, step.about))))
    return step


def _back(undoing: Undoing) -> None:
    """The timetable as it was. Raises TooLateToUndo."""
    if not is_untouched(undoing.timetable, undoing.step.after):
        raise TooLateToUndo
    put_back(undoing.timetable, undoing.step.before, undoing.ports.clock.now())


async def _shift(undoing: Undoing) -> None:
    _back(undoing)
    timetable, now = undoing.timetable, undoing.ports.clock.now()
    planned = [session for session in timetable.sessions if session.is_planned]
    plenary = [one for one in timetable.gatherings if one.kind is GatheringKind.PLENARY and one.starts_at > now]
    undoing.say(voice.moved(timetable.programme, planned, plenary), timetable.programme.place_id)


async def _extend(undoing: Undoing) -> None:
    _back(undoing)
    session = undoing.session()
    undoing.say(voice.closes_again(undoing.timetable.programme, session), session.place_id)


async def _skip(undoing: Undoing) -> None:
    _back(undoing)
    await follow_reopening(undoing.unit, undoing.ports, undoing.timetable, undoing.session())
    session = undoing.session()
    undoing.say(voice.planned_again(undoing.timetable.programme, session), session.place_id)


async def _open(undoing: Undoing) -> None:
    session = undoing.session()
    if await queries.contributions.of_session(undoing.unit, known(session.id)):
        raise TooLateToUndo
    _back(undoing)
    session.opening_link = None  # its next opening stands elsewhere
    undoing.say(voice.planned_again(undoing.timetable.programme, session), session.place_id)


async def _close(undoing: Undoing) -> None:
    _back(undoing)
    session = undoing.session()
    await follow_reopening(undoing.unit, undoing.ports, undoing.timetable, session)
    undoing.say(voice.reopened(undoing.timetable.programme, session), session.place_id)


async def _kind(undoing: Undoing) -> None:
    contribution = await undoing.unit.get(Contribution, undoing.step.before["contribution"])
    after = undoing.step.after["kind"]
    if contribution is None or contribution.is_withdrawn or contribution.kind.value != after:
        raise TooLateToUndo
    was_talk = contribution.kind is Kind.TALK
    contribution.choose_kind(Kind(undoing.step.before["kind"]))
    if was_talk is not (contribution.kind is Kind.TALK):
        await undoing.unit.flush()
        await mark_counted(undoing.unit, undoing.ports.clock, contribution, settles=undoing.ports.model is not None)


async def _file(undoing: Undoing) -> None:
    contribution = await undoing.unit.get(Contribution, undoing.step.before["contribution"])
    if contribution is None or contribution.is_withdrawn or contribution.answers != undoing.step.after["answers"]:
        raise TooLateToUndo
    contribution.file(undoing.step.before["answers"], undoing.ports.clock.wall())
    await undoing.unit.flush()
    await mark_counted(undoing.unit, undoing.ports.clock, contribution, settles=undoing.ports.model is not None)


async def _facilitators_add(undoing: Undoing) -> None:
    rows = {row.member_id: row for row, _ in await queries.people.facilitators(undoing.unit, _programme(undoing))}
    row = rows.get(undoing.step.person_id)
    if row is None:
        raise TooLateToUndo
    if len(rows) == 1:
        raise OneMustStay
    await undoing.unit.delete(row)


async def _facilitators_remove(undoing: Undoing) -> None:
    rows = {row.member_id: row for row, _ in await queries.people.facilitators(undoing.unit, _programme(undoing))}
    if undoing.step.person_id is None or undoing.step.person_id in rows:
        raise TooLateToUndo
    undoing.unit.add(Facilitator(programme_id=_programme(undoing), member_id=undoing.step.person_id))


async def _correction(undoing: Undoing) -> None:
    await take_back(undoing.unit, undoing.ports, undoing.step.before["correction"])


def _programme(undoing: Undoing) -> int:
    return known(undoing.timetable.programme.id)


UNDOERS: Mapping[str, Callable[[Undoing], Awaitable[None]]] = {
    "programme shift": _shift,
    "session extend": _extend,
    "session skip": _skip,
    "session open": _open,
    "session close": _close,
    "kind": _kind,
    "file": _file,
    "facilitators add": _facilitators_add,
    "facilitators remove": _facilitators_remove,
    "summary draft": _correction,
}
"""The command of a step -> how it is undone; what is not here has been read by others or is erased."""
