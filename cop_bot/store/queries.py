"""What the use cases ask of the record: functions of one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col

from cop_bot.domain.anchor import Anchor
from cop_bot.domain.columns import known
from cop_bot.domain.command import Command
from cop_bot.domain.contribution import Contribution, Mark
from cop_bot.domain.gathering import Gathering
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.notice import Notice, NoticeState
from cop_bot.domain.place import Place, Presence
from cop_bot.domain.programme import Programme
from cop_bot.domain.reminder import Reminded, Reminder
from cop_bot.domain.session import LATE_DAY, Session, SessionState
from cop_bot.domain.summary import Summary, SummaryState
from cop_bot.domain.timetable import Timetable

_CONTRIBUTION_COLUMNS = [name for name in Contribution.model_fields if name != "id"]
PENDING = (NoticeState.WAITING, NoticeState.SENDING, NoticeState.UNSURE)


# --- the database itself ---------------------------------------------------------------------------------------------


async def anchor(unit: AsyncSession) -> Anchor | None:
    """The identity of this database, or None for a new one."""
    return await unit.get(Anchor, 1)


async def drop_anchor(unit: AsyncSession, wanted: Anchor) -> Anchor:
    """Make this the identity of a new database, unless another process was faster; returns the one that holds."""
    await _insert_once(unit, wanted)
    return await unit.get_one(Anchor, 1)


async def _insert_once(unit: AsyncSession, row: SQLModel) -> bool:
    """Insert a row unless another process was faster; returns whether it was ours."""
    dialect_insert = sqlite_insert if unit.get_bind().dialect.name == "sqlite" else postgresql_insert
    values = row.model_dump(exclude={"id"} if getattr(row, "id", None) is None else None)
    result = await unit.execute(dialect_insert(type(row)).values(**values).on_conflict_do_nothing())
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an INSERT's result has it


# --- programmes ------------------------------------------------------------------------------------------------------


async def due_programmes(unit: AsyncSession, now: datetime, limit: int = 50) -> list[int]:
    """The ids of programmes of which something is due, the longest waiting first."""
    wanted = (
        select(col(Programme.id)).where(col(Programme.next_due) <= now).order_by(col(Programme.next_due)).limit(limit)
    )
    return [row for row in await unit.scalars(wanted) if row is not None]


async def next_moment(unit: AsyncSession) -> datetime | None:
    """The earliest moment at which anything of any programme is due."""
    return await unit.scalar(select(func.min(col(Programme.next_due))))


async def timetable(unit: AsyncSession, programme_id: int, *, lock: bool = False) -> Timetable | None:
    """A programme with all that is planned; with `lock` nobody else changes it until this transaction ends."""
    wanted = select(Programme).where(col(Programme.id) == programme_id)
    programme = await unit.scalar(wanted.with_for_update() if lock else wanted)
    if programme is None:
        return None
    sessions = await unit.scalars(
        select(Session)
        .where(col(Session.programme_id) == programme_id)
        .order_by(col(Session.opens_at), col(Session.position))
    )
    gatherings = await unit.scalars(select(Gathering).where(col(Gathering.programme_id) == programme_id))
    reminders = await unit.scalars(
        select(Reminder).where(col(Reminder.programme_id) == programme_id).order_by(col(Reminder.at))
    )
    return Timetable(programme, list(sessions), list(gatherings), list(reminders))


async def programme_by_slug(unit: AsyncSession, slug: str, *, lock: bool = False) -> Programme | None:
    """The programme with this id in its file."""
    wanted = select(Programme).where(col(Programme.slug) == slug)
    return await unit.scalar(wanted.with_for_update() if lock else wanted)


async def all_programmes(unit: AsyncSession) -> list[Programme]:
    """Every programme, by its id."""
    return list(await unit.scalars(select(Programme).order_by(col(Programme.id))))


async def programmes_at(unit: AsyncSession, place_id: int) -> list[int]:
    """The ids of the programmes of a place, the newest first."""
    return [
        row
        for row in await unit.scalars(
            select(col(Programme.id)).where(col(Programme.place_id) == place_id).order_by(col(Programme.id).desc())
        )
        if row is not None
    ]


async def programmes_of(unit: AsyncSession, member_id: int) -> list[int]:
    """The ids of the programmes of the places where this member is, or which they facilitate, the newest first."""
    present = select(col(Presence.place_id)).where(col(Presence.member_id) == member_id)
    facilitated = select(col(Facilitator.programme_id)).where(col(Facilitator.member_id) == member_id)
    wanted = select(col(Programme.id)).where(
        or_(col(Programme.place_id).in_(present), col(Programme.id).in_(facilitated))
    )
    return [row for row in await unit.scalars(wanted.order_by(col(Programme.id).desc())) if row is not None]


async def take_numbers(unit: AsyncSession, programme_id: int, many: int) -> int:
    """Reserve the next numbers of a programme; returns the first of them."""
    after = await unit.scalar(
        update(Programme)
        .where(col(Programme.id) == programme_id)
        .values(next_number=col(Programme.next_number) + many)
        .returning(col(Programme.next_number))
        .execution_options(synchronize_session=False)
    )
    return int(after or 0) - many


# --- places and members ----------------------------------------------------------------------------------------------


async def place_by_platform_id(unit: AsyncSession, platform: str, platform_id: str) -> Place | None:
    """The place with the platform's id."""
    return await unit.scalar(
        select(Place).where(col(Place.platform) == platform, col(Place.platform_id) == platform_id)
    )


async def place_by_name(unit: AsyncSession, platform: str, name: str) -> Place | None:
    """The place as a programme file names it: by its name, or by the platform's id."""
    wanted = select(Place).where(
        col(Place.platform) == platform, or_(col(Place.name) == name, col(Place.platform_id) == name)
    )
    return await unit.scalar(wanted)


async def places_by_platform_ids(unit: AsyncSession, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], Place]:
    """Places by (platform, platform id)."""
    wanted = select(Place).where(tuple_(col(Place.platform), col(Place.platform_id)).in_(list(keys)))
    return {(place.platform, place.platform_id or ""): place for place in await unit.scalars(wanted)}


async def places_in_use(unit: AsyncSession, now: datetime) -> list[Place]:
    """Places of programmes that still have something to do, or whose last session closed within the day."""
    busy = select(col(Session.place_id)).where(
        col(Session.state) != SessionState.SKIPPED, col(Session.closes_at) > now - LATE_DAY
    )
    waiting = select(col(Programme.place_id)).where(col(Programme.next_due).is_not(None))
    wanted = select(Place).where(or_(col(Place.id).in_(busy), col(Place.id).in_(waiting))).order_by(col(Place.id))
    return list(await unit.scalars(wanted))


async def members_by_platform_ids(
    unit: AsyncSession, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Member]:
    """Members by (platform, platform id)."""
    wanted = select(Member).where(tuple_(col(Member.platform), col(Member.platform_id)).in_(list(keys)))
    return {(member.platform, member.platform_id): member for member in await unit.scalars(wanted)}


async def meet(unit: AsyncSession, platform: str, platform_id: str) -> Member:
    """The member with the platform's id, known from now on if not before."""
    found = await member(unit, platform, platform_id)
    if found is None:
        await _insert_once(unit, Member.known_as(platform, platform_id))
        found = await member(unit, platform, platform_id)
    if found is None:
        raise LookupError("a member vanished within a transaction")
    return found


async def member_ids(unit: AsyncSession, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Our ids of members by (platform, platform id)."""
    wanted = select(col(Member.platform), col(Member.platform_id), col(Member.id)).where(
        tuple_(col(Member.platform), col(Member.platform_id)).in_(list(keys))
    )
    return {(row[0], row[1]): known(row[2]) for row in await unit.execute(wanted)}


async def member(unit: AsyncSession, platform: str, platform_id: str) -> Member | None:
    """The member with the platform's id."""
    return await unit.scalar(
        select(Member).where(col(Member.platform) == platform, col(Member.platform_id) == platform_id)
    )


async def members_of(unit: AsyncSession, place_id: int) -> list[Member]:
    """Who is in a place."""
    wanted = select(Member).join(Presence, col(Presence.member_id) == col(Member.id))
    return list(await unit.scalars(wanted.where(col(Presence.place_id) == place_id).order_by(col(Member.id))))


async def is_present(unit: AsyncSession, place_id: int, member_id: int) -> bool:
    """Whether this member is in this place."""
    return await unit.get(Presence, (place_id, member_id)) is not None


async def facilitators(unit: AsyncSession, programme_id: int) -> list[tuple[Facilitator, Member | None]]:
    """Who facilitates a programme; without a member as long as the platform has not told who is meant."""
    wanted = (
        select(Facilitator, Member)
        .outerjoin(Member, col(Member.id) == col(Facilitator.member_id))
        .where(col(Facilitator.programme_id) == programme_id)
        .order_by(col(Facilitator.id))
    )
    return [(row[0], row[1]) for row in await unit.execute(wanted)]


async def unknown_facilitators(unit: AsyncSession) -> list[tuple[Facilitator, str]]:
    """Facilitators of whom only the name in the file is known, with the platform to ask."""
    wanted = (
        select(Facilitator, col(Place.platform))
        .join(Programme, col(Programme.id) == col(Facilitator.programme_id))
        .join(Place, col(Place.id) == col(Programme.place_id))
        .where(col(Facilitator.member_id).is_(None))
    )
    return [(row[0], row[1]) for row in await unit.execute(wanted)]


# --- contributions ---------------------------------------------------------------------------------------------------


async def sessions_around(
    unit: AsyncSession, place_ids: Collection[int], first: datetime, last: datetime
) -> list[Session]:
    """Sessions of these places to which a post between the two moments may belong, late ones included."""
    wanted = select(Session).where(
        col(Session.place_id).in_(list(place_ids)),
        col(Session.state) != SessionState.SKIPPED,
        col(Session.opens_at) <= last,
        col(Session.closes_at) > first - LATE_DAY,
    )
    return list(await unit.scalars(wanted))


async def contributions_by_message(
    unit: AsyncSession, place_ids: Collection[int], messages: Collection[str]
) -> dict[tuple[int, str], Contribution]:
    """What is kept of these messages, by (place, message id)."""
    wanted = select(Contribution).where(
        col(Contribution.place_id).in_(list(place_ids)), col(Contribution.message).in_(list(messages))
    )
    return {(c.place_id, c.message): c for c in await unit.scalars(wanted)}


async def contributions_by_number(
    unit: AsyncSession, programme_ids: Collection[int], numbers: Collection[int]
) -> dict[tuple[int, int], Contribution]:
    """Contributions that are not withdrawn, by (programme, number)."""
    wanted = select(Contribution).where(
        col(Contribution.programme_id).in_(list(programme_ids)),
        col(Contribution.number).in_(list(numbers)),
        col(Contribution.withdrawn_at).is_(None),
    )
    return {(c.programme_id, c.number): c for c in await unit.scalars(wanted) if c.number is not None}


async def insert_contributions(unit: AsyncSession, contributions: Sequence[Contribution]) -> None:
    """Store new contributions in one statement, several times faster than one by one; they don't learn their ids."""
    rows = [{name: getattr(c, name) for name in _CONTRIBUTION_COLUMNS} for c in contributions]
    if rows:
        await unit.execute(insert(Contribution.__table__), rows)  # type: ignore[attr-defined]  # set by SQLModel


async def contribution_of_message(unit: AsyncSession, place_id: int, message: str) -> Contribution | None:
    """What is kept of one message."""
    return await unit.scalar(
        select(Contribution).where(col(Contribution.place_id) == place_id, col(Contribution.message) == message)
    )


def _live(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(col(Contribution.withdrawn_at).is_(None), col(Contribution.number).is_not(None), *conditions)


async def contributions_of_session(unit: AsyncSession, session_id: int) -> list[Contribution]:
    """What a session keeps, in the order of its numbers, withdrawn ones left out."""
    wanted = select(Contribution).where(_live(col(Contribution.session_id) == session_id))
    return list(await unit.scalars(wanted.order_by(col(Contribution.number))))


async def contributions_of_member(
    unit: AsyncSession, member_id: int, programme_id: int | None = None
) -> list[Contribution]:
    """What a member contributed, withdrawn ones left out."""
    conditions = [col(Contribution.member_id) == member_id]
    if programme_id is not None:
        conditions.append(col(Contribution.programme_id) == programme_id)
    return list(
        await unit.scalars(select(Contribution).where(_live(*conditions)).order_by(col(Contribution.posted_at)))
    )


async def every_trace_of(unit: AsyncSession, member_id: int) -> list[Contribution]:
    """All rows of a member, withdrawn ones too."""
    return list(await unit.scalars(select(Contribution).where(col(Contribution.member_id) == member_id)))


async def counts(unit: AsyncSession, session_id: int) -> tuple[int, int]:
    """How many contributions and how many people a session has."""
    wanted = select(func.count(), func.count(col(Contribution.member_id).distinct())).where(
        _live(col(Contribution.session_id) == session_id)
    )
    row = (await unit.execute(wanted)).one()
    return int(row[0]), int(row[1])


async def contributors(unit: AsyncSession, session_id: int) -> set[int]:
    """The ids of the members who contributed to a session."""
    wanted = select(col(Contribution.member_id)).where(_live(col(Contribution.session_id) == session_id)).distinct()
    return {row for row in await unit.scalars(wanted) if row is not None}


async def search(
    unit: AsyncSession, programme_ids: Collection[int], words: Sequence[str], limit: int = 15
) -> list[Contribution]:
    """Contributions that contain all of the words, the newest first."""
    conditions = [col(Contribution.text).icontains(word, autoescape=True) for word in words]
    wanted = select(Contribution).where(_live(col(Contribution.programme_id).in_(list(programme_ids)), *conditions))
    return list(await unit.scalars(wanted.order_by(col(Contribution.posted_at).desc()).limit(limit)))


async def to_mark(unit: AsyncSession, since: datetime, limit: int = 20) -> list[tuple[Contribution, Place]]:
    """Contributions whose mark is to be set or taken away, recorded since then (wall time)."""
    wanted = (
        select(Contribution, Place)
        .join(Place, col(Place.id) == col(Contribution.place_id))
        .where(
            or_(
                and_(col(Contribution.mark) == Mark.WANTED, col(Contribution.recorded_at) > since),
                col(Contribution.mark) == Mark.UNWANTED,
            ),
            col(Place.platform_id).is_not(None),
        )
        .order_by(col(Contribution.id))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in await unit.execute(wanted)]


# --- summaries -------------------------------------------------------------------------------------------------------


async def next_summary(unit: AsyncSession, wall: datetime) -> Summary | None:
    """A summary that is to be written now and that nobody is at, the oldest first."""
    free = or_(col(Summary.lease_until).is_(None), col(Summary.lease_until) < wall)
    wanted = (
        select(Summary)
        .where(col(Summary.state) == SummaryState.WANTED, col(Summary.not_before) <= wall, free)
        .order_by(col(Summary.wanted_at), col(Summary.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return await unit.scalar(wanted)


async def latest_summary(unit: AsyncSession, subject: str, *states: SummaryState) -> Summary | None:
    """The newest version about this subject, in one of the states (in any, if none is named)."""
    wanted = select(Summary).where(col(Summary.subject) == subject)
    if states:
        wanted = wanted.where(col(Summary.state).in_(states))
    return await unit.scalar(wanted.order_by(col(Summary.version).desc()).limit(1))


async def published_summaries(unit: AsyncSession, programme_id: int) -> dict[int, Summary]:
    """The newest published summary of each session, by session id."""
    wanted = (
        select(Summary)
        .where(
            col(Summary.programme_id) == programme_id,
            col(Summary.session_id).is_not(None),
            col(Summary.state) == SummaryState.PUBLISHED,
        )
        .order_by(col(Summary.version))
    )
    return {s.session_id: s for s in await unit.scalars(wanted) if s.session_id is not None}


# --- notices ---------------------------------------------------------------------------------------------------------


async def deliverable(unit: AsyncSession, wall: datetime, limit: int) -> list[int]:
    """The ids of notices that can be sent now: of each conversation only the oldest that is pending."""
    earlier = aliased(Notice)
    blocked = exists().where(
        earlier.conversation == Notice.conversation,  # type: ignore[arg-type]  # SQLModel types columns as their values
        col(earlier.id) < col(Notice.id),
        col(earlier.state).in_(PENDING),
    )
    ready = or_(
        and_(col(Notice.state).in_((NoticeState.WAITING, NoticeState.UNSURE)), col(Notice.not_before) <= wall),
        and_(col(Notice.state) == NoticeState.SENDING, col(Notice.lease_until) < wall),
    )
    wanted = select(col(Notice.id)).where(ready, ~blocked).order_by(col(Notice.id)).limit(limit)
    return [row for row in await unit.scalars(wanted) if row is not None]


async def notice_for_update(unit: AsyncSession, notice_id: int) -> Notice | None:
    """One notice, locked; None if somebody else holds it."""
    wanted = select(Notice).where(col(Notice.id) == notice_id).with_for_update(skip_locked=True)
    return await unit.scalar(wanted)


async def notice_by_key(unit: AsyncSession, key: str) -> Notice | None:
    """The notice with this key."""
    return await unit.scalar(select(Notice).where(col(Notice.key) == key))


async def notices_like(unit: AsyncSession, beginning: str) -> list[Notice]:
    """Notices whose key begins so, in the order of their making."""
    wanted = select(Notice).where(col(Notice.key).startswith(beginning, autoescape=True))
    return list(await unit.scalars(wanted.order_by(col(Notice.id))))


async def oldest_pending(unit: AsyncSession) -> datetime | None:
    """When the oldest notice that is still waiting was made (wall time)."""
    return await unit.scalar(select(func.min(col(Notice.created_at))).where(col(Notice.state).in_(PENDING)))


async def last_sent(unit: AsyncSession, conversation: str) -> datetime | None:
    """When something was last sent to this conversation (wall time)."""
    return await unit.scalar(select(func.max(col(Notice.sent_at))).where(col(Notice.conversation) == conversation))


async def drop_waiting(unit: AsyncSession, member_id: int, why: str) -> None:
    """Drop what is waiting to be said to this member."""
    await unit.execute(
        update(Notice)
        .where(col(Notice.member_id) == member_id, col(Notice.state) == NoticeState.WAITING)
        .values(state=NoticeState.DROPPED, last_error=why, message={})
        .execution_options(synchronize_session=False)
    )


# --- reminders -------------------------------------------------------------------------------------------------------


async def reminded(unit: AsyncSession, reminder_id: int) -> set[int]:
    """The ids of the members for whom this reminder is decided."""
    wanted = select(col(Reminded.member_id)).where(col(Reminded.reminder_id) == reminder_id)
    return set(await unit.scalars(wanted))


# --- commands and retention ------------------------------------------------------------------------------------------


async def take_command(unit: AsyncSession, key: str, wall: datetime) -> bool:
    """Take a command for oneself; False if it has been obeyed or somebody is at it."""
    if await _insert_once(unit, Command(key=key, taken_at=wall)):
        return True
    command = await unit.get(Command, key, with_for_update=True)
    if command is None or command.is_taken(wall):
        return False
    command.taken_at = wall
    return True


async def forget_commands(unit: AsyncSession, wall: datetime) -> None:
    """Forget commands of more than a day ago: no platform delivers them again."""
    await unit.execute(delete(Command).where(col(Command.taken_at) < wall - timedelta(days=1)))
