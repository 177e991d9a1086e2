"""Deliver notices: the only code that posts. Each is said once, whatever happens in between.

An attempt is written down (with a lease) before anything leaves this machine. When the outcome of an earlier attempt is
unknown, the platform is searched for the key before the message is posted again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message
from cop_bot.domain.notice import ATTEMPT, Notice, NoticeState
from cop_bot.domain.place import Place
from cop_bot.ports import Chat, Later, Outcome, Ports, Posted, Ref, Refused, Shut, To, Unknown
from cop_bot.store import queries

log = structlog.get_logger()

PACE = timedelta(seconds=1)
"""Between two posts in one place: what the platforms allow."""
NOT_REACHABLE_WAIT = timedelta(seconds=15)
AT_ONCE = 8
LOOK_BACK = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A notice under our lease, and where it goes."""

    notice: Notice
    chat: Chat
    to: To
    said: Message
    doubtful: bool
    replaces: Ref | None = None


async def deliver_notices(ports: Ports, limit: int = 50) -> int:
    """Send what can be sent now, several conversations at once, one message at a time in each; returns how many were
    tried.
    """
    async with ports.reading() as unit:
        ready = await queries.deliverable(unit, ports.clock.wall(), limit)
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(notice_id: int) -> bool:
        async with gate:
            return await _deliver(ports, notice_id)

    return sum(await asyncio.gather(*(one(notice_id) for notice_id in ready)))


async def _deliver(ports: Ports, notice_id: int) -> bool:
    async with ports.unit() as unit:
        attempt = await _take(unit, ports, notice_id)
    if attempt is None:
        return False
    outcome = await _try_in_time(attempt)
    async with ports.unit() as unit:
        await _note(unit, ports, attempt, outcome)
    if isinstance(outcome, Shut):
        ports.wake("places")  # who looks before the commit would find nothing to look for
    return True


async def _take(unit: AsyncSession, ports: Ports, notice_id: int) -> _Attempt | None:
    """Take the lease, unless it isn't its turn, it isn't worth saying any more, or there is nowhere to say it."""
    wall, notice = ports.clock.wall(), await queries.notice_for_update(unit, notice_id)
    if notice is None or not _is_ready(notice, ports):
        return None
    passed = notice.not_after is not None and ports.clock.now() >= notice.not_after
    if passed and notice.state is NoticeState.WAITING:  # what may stand there already is still looked for
        notice.drop("its moment has passed")
        log.info("notice", notice=notice.id, key=notice.key, state=notice.state.value, why=notice.last_error)
        return None
    last = await queries.last_sent(unit, notice.conversation) if notice.place_id is not None else None
    if last is not None and wall - last < PACE:
        return None
    where = await _where(unit, ports, notice)
    if where is None:
        return None
    chat, to, replaces = where
    doubtful = notice.take(ports.owner, wall)
    return _Attempt(notice, chat, to, notice.said, doubtful, replaces)


def _is_ready(notice: Notice, ports: Ports) -> bool:
    wall = ports.clock.wall()
    if notice.state is NoticeState.SENDING:
        return notice.lease_until is not None and notice.lease_until < wall
    return notice.state in (NoticeState.WAITING, NoticeState.UNSURE) and notice.not_before <= wall


async def _where(unit: AsyncSession, ports: Ports, notice: Notice) -> tuple[Chat, To, Ref | None] | None:
    """The platform and the conversation; a notice whose place can't be reached yet waits."""
    place = await unit.get(Place, notice.place_id) if notice.place_id is not None else None
    member = await unit.get(Member, notice.member_id) if notice.member_id is not None else None
    chat = ports.chats.get(place.platform if place else member.platform if member else "")
    if chat is None or (place is not None and not place.reachable):
        notice.not_before = ports.clock.wall() + NOT_REACHABLE_WAIT
        return None
    if member is not None:
        return chat, To(person=member.platform_id), None
    assert place is not None  # a notice goes to a place or to a member  # noqa: S101
    thread, replaces = await _earlier(unit, notice, notice.after), await _earlier(unit, notice, notice.replaces)
    if notice.state is NoticeState.DROPPED:
        return None
    return chat, To(place=place.platform_id, thread=thread.message if thread else None), replaces


async def _earlier(unit: AsyncSession, notice: Notice, key: str | None) -> Ref | None:
    """Where the earlier notice stands that this one answers or replaces; if it never will, neither will this one."""
    earlier = await queries.notice_by_key(unit, key) if key else None
    if earlier is not None and earlier.sent_place and earlier.sent_message:
        return Ref(earlier.sent_place, earlier.sent_message)
    if key:
        notice.drop("what it belongs to was never said")
    return None


async def _try_in_time(attempt: _Attempt) -> Outcome:
    """Give up well before the lease ends: afterwards somebody else may be at it."""
    try:
        async with asyncio.timeout(ATTEMPT.total_seconds()):
            return await _try(attempt)
    except TimeoutError:
        return Unknown("no answer in time")


async def _try(attempt: _Attempt) -> Outcome:
    """Post it, or find that it is already there."""
    notice, chat = attempt.notice, attempt.chat
    try:
        if attempt.replaces is not None:
            return await chat.update(attempt.replaces, attempt.said, notice.key)
        if attempt.doubtful:
            since = (notice.first_try_at or notice.created_at) if notice.attempts > 1 else notice.created_at
            found = await chat.find(attempt.to, notice.key, since - LOOK_BACK)
            if found is not None:
                log.info("found what was already said", notice=notice.id)
                return Posted(found)
        return await chat.post(attempt.to, attempt.said, notice.key)
    except ChatUnavailable as unavailable:
        return Unknown(str(unavailable))
    except Exception:
        log.exception("delivery failed", notice=notice.id)
        return Unknown("a mistake of ours")


async def _note(unit: AsyncSession, ports: Ports, attempt: _Attempt, outcome: Outcome) -> None:
    """Write down what came of it, if the lease is still ours."""
    wall, notice = ports.clock.wall(), await unit.get_one(Notice, attempt.notice.id, with_for_update=True)
    if notice.state is not NoticeState.SENDING or notice.owner != ports.owner:
        log.warning("the lease was lost", notice=notice.id)
        return
    match outcome:
        case Posted(ref):
            notice.sent(ref.place, ref.message, wall)
            await _stands_for(unit, notice, ref)
        case Shut(why) if notice.place_id is not None:
            notice.wait_for_place(why, wall + NOT_REACHABLE_WAIT)
            await _is_shut(unit, notice.place_id)
        case Refused(why) | Shut(why):
            notice.refused(why)
            await _unreachable(unit, notice, why)
        case Later(wait, why):
            notice.later(why, wall, wait)
        case Unknown(why):
            notice.unsure(why, wall)
    log.info("notice", notice=notice.id, state=notice.state.value, attempts=notice.attempts, why=notice.last_error)


async def _stands_for(unit: AsyncSession, notice: Notice, ref: Ref) -> None:
    """A contribution that came by command is from now on the message that others can read and answer."""
    if notice.contribution_id is not None:
        contribution = await unit.get(Contribution, notice.contribution_id)
        if contribution is not None:
            contribution.message = ref.message


async def _is_shut(unit: AsyncSession, place_id: int) -> None:
    """Nothing more is tried in this place until somebody has looked whether we are in."""
    place = await unit.get_one(Place, place_id)
    place.bot_is_in = False


async def _unreachable(unit: AsyncSession, notice: Notice, why: str) -> None:
    """A member whom the platform doesn't let us write to is not tried again."""
    if notice.member_id is not None:
        member = await unit.get(Member, notice.member_id)
        if member is not None:
            member.unreachable = why[:200]
