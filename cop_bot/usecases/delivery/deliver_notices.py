"""Deliver notices: the only code that posts. Each is said once, whatever happens in between.

An attempt is written down (with a lease) before anything leaves this machine. When the outcome of an earlier attempt is
unknown, the platform is searched for the key before the message is posted again. A part of a publication is composed
from the record in the very transaction that takes the lease.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message
from cop_bot.domain.notice import ATTEMPT, Notice, NoticeState
from cop_bot.domain.place import Place
from cop_bot.domain.publication import Publication, PublishedPart, digest_of
from cop_bot.platforms.registry import split_for
from cop_bot.ports import Chat, Later, Outcome, Ports, Posted, Ref, Refused, Shut, To, Unknown
from cop_bot.store import queries
from cop_bot.usecases.publications.compose import compose, ends_above
from cop_bot.usecases.publications.reconcile import reconcile_publications

log = structlog.get_logger()

PACE = timedelta(seconds=1)
"""Between two posts in one place: what the platforms allow."""
NOT_REACHABLE_WAIT = timedelta(seconds=15)
AT_ONCE = 8
LOOK_BACK = timedelta(minutes=2)
AFTER_A_START = timedelta(hours=1)
FURTHEST = timedelta(days=35)
SEVERAL = "several"
"""In place of a digest: attempts whose fate is unknown have said different things."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a notice goes: as a new message, or in place of the words of one that stands."""

    chat: Chat
    to: To
    replaces: Ref | None = None


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A notice under our lease, and where it goes. `digest` is that of what is said now, `before` that of what earlier
    attempts said.
    """

    notice: Notice
    target: _Target
    said: Message
    doubtful: bool
    digest: str = ""
    before: str = ""
    since: datetime | None = None
    """From when on it may stand there without the record knowing, where that may be."""


@dataclass(frozen=True, slots=True)
class _Found(Posted):
    """It stood there already: an earlier attempt has said it."""


async def deliver_notices(ports: Ports, limit: int = 50) -> int:
    """Compare what is stale with the record, then send what can be sent now, to several audiences at once, one message
    at a time to each; returns how many were tried.
    """
    await reconcile_publications(ports)
    async with ports.reading() as unit:
        ready = await queries.notices.deliverable(unit, ports.clock.wall(), limit)
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
    wall, notice = ports.clock.wall(), await queries.notices.for_update(unit, notice_id)
    if notice is None or not _is_ready(notice, ports):
        return None
    passed = notice.not_after is not None and ports.clock.now() >= notice.not_after
    if passed and notice.state is NoticeState.WAITING:  # what may stand there already is still looked for
        notice.drop("its moment has passed")
        log.info("notice", notice=notice.id, key=notice.key, state=notice.state.value, why=notice.last_error)
        return None
    last = await queries.notices.last_sent(unit, notice.audience) if notice.place_id is not None else None
    # A clock that was set back is no reason to wait.
    if last is not None and timedelta(0) <= wall - last < PACE:
        return None
    target = await _where(unit, ports, notice)
    if target is None:
        return None
    since = await _restored_since(unit, ports, notice)
    if notice.part_id is None:
        said, doubtful = notice.said, notice.take(ports.owner, wall)
        return _Attempt(notice, target, said, doubtful or since is not None, since=since)
    attempt = await _take_part(unit, ports, notice, target)
    return replace(attempt, doubtful=attempt.doubtful or since is not None, since=since) if attempt else None


async def _restored_since(unit: AsyncSession, ports: Ports, notice: Notice) -> datetime | None:
    """For a while after a start: when this record last said something there. Had it been restored from a backup, what
    was said since would stand on the platform and not in it; so that is looked for before anything new is said.
    """
    wall, started = ports.clock.wall(), ports.started
    if started is None or not timedelta(0) <= wall - started < AFTER_A_START or notice.attempts:
        return None
    last = await queries.notices.last_sent(unit, notice.audience, before=started)
    return max(last, wall - FURTHEST) if last else None


async def _take_part(unit: AsyncSession, ports: Ports, notice: Notice, target: _Target) -> _Attempt | None:
    """Compose it from the record as it is now; what stands so already, or is not needed, is not said."""
    part, publication = await _part(unit, notice)
    composed = await compose(unit, publication, now=ports.clock.now(), stands=part.stands)
    parts = split_for(composed.platform, composed.message) if composed.message else []
    certain = notice.state is NoticeState.WAITING
    if len(parts) > len(await queries.publications.parts_of(unit, known(publication.id))):
        publication.mark_stale(ports.clock.wall())  # it has become longer: the further parts are still to be made
    if part.part <= len(parts):
        said = parts[part.part - 1]
    elif part.stands or not certain:
        said = ends_above(publication, composed.message)
    else:
        notice.drop("there is nothing to say any more")
        return None
    digest, before = digest_of(said), notice.digest
    if certain and part.stands and part.digest == digest:
        notice.drop("it stands so already")
        return None
    notice.digest = digest if certain or before == digest else SEVERAL
    doubtful = notice.take(ports.owner, ports.clock.wall())
    return _Attempt(notice, target, said, doubtful, digest, before)


async def _part(unit: AsyncSession, notice: Notice) -> tuple[PublishedPart, Publication]:
    found = await queries.publications.part_with_publication(unit, known(notice.part_id))
    assert found is not None  # a notice goes with the part that it says  # noqa: S101
    return found


def _is_ready(notice: Notice, ports: Ports) -> bool:
    wall = ports.clock.wall()
    if notice.state is NoticeState.SENDING:
        return notice.lease_until is not None and notice.lease_until < wall
    return notice.state in (NoticeState.WAITING, NoticeState.UNSURE) and notice.not_before <= wall


async def _where(unit: AsyncSession, ports: Ports, notice: Notice) -> _Target | None:
    """The platform and where to speak there; a notice whose place can't be reached yet waits."""
    place = await unit.get(Place, notice.place_id) if notice.place_id is not None else None
    member = await unit.get(Member, notice.member_id) if notice.member_id is not None else None
    whom = place or member
    chat = ports.chat_for(whom) if whom is not None else None
    if chat is None or (place is not None and not place.reachable):
        notice.not_before = ports.clock.wall() + NOT_REACHABLE_WAIT
        return None
    if notice.part_id is None and notice.language:
        return await _beneath(unit, ports, notice, _Target(chat, To(place=_id_of(place))))
    if notice.part_id is None:
        return _Target(chat, To(person=member.platform_id) if member else To(place=_id_of(place)))
    part, publication = await _part(unit, notice)
    replaces = Ref(part.place, part.message) if part.stands else None
    if member is not None:
        return _Target(chat, To(person=member.platform_id), replaces)
    if publication.language == "" and part.part == 1:
        return _Target(chat, To(place=_id_of(place)), replaces)
    first = await queries.publications.first_part(unit, publication.about, publication.kind, publication.audience)
    if first is None or not first.stands:
        notice.drop("what it belongs to was never said")
        return None
    return _Target(chat, To(place=_id_of(place), thread=first.message), replaces)


async def _beneath(unit: AsyncSession, ports: Ports, notice: Notice, target: _Target) -> _Target | None:
    """In the thread of what it says in another language: it waits for that, and goes with it."""
    first = await queries.notices.first_of(unit, notice)
    if first is None or first.state in (NoticeState.FAILED, NoticeState.DROPPED):
        notice.drop("what it belongs to was never said")
        return None
    if first.sent_message is None:
        notice.not_before = ports.clock.wall() + PACE
        return None
    return replace(target, to=replace(target.to, thread=first.sent_message))


def _id_of(place: Place | None) -> str | None:
    return place.platform_id if place else None


async def _try_in_time(attempt: _Attempt) -> Outcome:
    """Give up well before the lease ends: afterwards somebody else may be at it."""
    try:
        async with asyncio.timeout(ATTEMPT.total_seconds()):
            return await _try(attempt)
    except TimeoutError:
        return Unknown("no answer in time")


async def _try(attempt: _Attempt) -> Outcome:
    """Post it, or find that it is already there."""
    notice, chat, to = attempt.notice, attempt.target.chat, attempt.target.to
    try:
        if attempt.target.replaces is not None:
            return await chat.update(attempt.target.replaces, attempt.said, notice.key)
        if attempt.doubtful:
            since = (notice.first_try_at or notice.created_at) if notice.attempts > 1 else notice.created_at
            since = min(since, attempt.since) if attempt.since else since
            found = await chat.find(to, notice.key, since - LOOK_BACK)
            if found is not None:
                log.info("found what was already said", notice=notice.id)
                return _Found(found)
        return await chat.post(to, attempt.said, notice.key)
    except ChatUnavailable as unavailable:
        return Unknown(str(unavailable))
    except Exception:
        log.exception("delivery failed", notice=notice.id)
        return Unknown("a mistake of ours")


async def _note(unit: AsyncSession, ports: Ports, attempt: _Attempt, outcome: Outcome) -> None:
    """Write down what came of it, if the lease is still ours."""
    wall = ports.clock.wall()
    if attempt.notice.part_id is not None:  # before the notice, as whoever compares it with the record does
        await queries.publications.hold(unit, attempt.notice.part_id)
    notice = await unit.get_one(Notice, attempt.notice.id, with_for_update=True)
    if notice.state is not NoticeState.SENDING or notice.owner != ports.owner:
        log.warning("the lease was lost", notice=notice.id)
        return
    match outcome:
        case Posted(ref):
            notice.sent(ref.place, ref.message, wall)
            await _stands(unit, attempt, ref, wall, found=isinstance(outcome, _Found))
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


async def _stands(unit: AsyncSession, attempt: _Attempt, ref: Ref, wall: datetime, *, found: bool) -> None:
    """Note where a part stands, and what it says there; where nobody knows what an earlier attempt said, it is
    compared again. A contribution that came by command is from now on the message that others can read and answer.
    """
    notice = attempt.notice
    if notice.part_id is None:
        return
    part, publication = await _part(unit, notice)
    is_first = not part.stands
    if not found:
        part.posted(ref.place, ref.message, attempt.digest)
    elif attempt.before not in ("", SEVERAL):  # had the record changed since, another notice would follow this one
        part.posted(ref.place, ref.message, attempt.before)
    else:
        part.posted(ref.place, ref.message, "")
        publication.mark_stale(wall)
    if is_first and publication.contribution_id is not None and part.part == 1:
        contribution = await unit.get_one(Contribution, publication.contribution_id)
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
