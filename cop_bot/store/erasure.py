"""Erasing by the map of `domain/erasure.py`, in the transaction of whoever erases.

What follows from the map alone is done for every table in it. Where words have to go too there is a step of its own; a
test holds the steps to the map. What was published of the words is marked stale, and follows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from cop_bot.domain import brief as briefs
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.correction import Change, uncorrected
from cop_bot.domain.erasure import ERASURE, After, Fate, Rule, To, pointers
from cop_bot.domain.member import Member
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.objection import Objection
from cop_bot.domain.summary_content import content_without
from cop_bot.store import queries
from cop_bot.store.engine import ERASED
from cop_bot.store.marking import by_programme

Erasure = Mapping[type[SQLModel], Rule]
_SUMMARIES = (NoticeKind.SUMMARY, NoticeKind.FINDINGS, NoticeKind.DRAFT, NoticeKind.WARNINGS)


async def erase_contributions(unit: AsyncSession, wall: datetime, withdrawn: Sequence[Contribution]) -> None:
    """These have just been withdrawn: nothing repeats them any more."""
    unit.info[ERASED] = True
    for step in dict.fromkeys(WITHDRAWING.values()):
        await step(unit, wall, withdrawn)
    await erase_pointers(unit, To.CONTRIBUTION, [known(c.id) for c in withdrawn if c.id is not None])


async def erase_member(unit: AsyncSession, now: datetime, wall: datetime, member: Member) -> int:
    """Erase a member's words everywhere, and what is known of them; returns how many contributions had not been erased
    before.
    """
    rows = await queries.contributions.every_trace_of(unit, known(member.id))
    erased = sum(not row.is_withdrawn for row in rows)
    unit.info[ERASED] = True
    for step in dict.fromkeys(FORGETTING.values()):
        await step(unit, now, wall, member)
    await erase_pointers(unit, To.MEMBER, [known(member.id)])
    return erased


async def erase_objections(unit: AsyncSession, now: datetime, wall: datetime, objections: Sequence[Objection]) -> None:
    """What was objected is erased, and so is what a model was told of it."""
    unit.info[ERASED] = True
    for programme_id in {objection.programme_id for objection in objections}:
        await queries.programmes.hold(unit, programme_id)
    standing = [objection for objection in objections if not objection.is_withdrawn]
    for objection in objections:
        objection.withdraw(now)
    about = {one.subject for one in standing} | {f"objection/{one.id}" for one in objections}
    await queries.publications.mark_stale(unit, about, wall)
    for subject in {one.subject for one in standing}:
        await queries.answers.drop_about(unit, subject)


async def _erase_from_summaries(unit: AsyncSession, wall: datetime, withdrawn: Sequence[Contribution]) -> None:
    """Lines that rest on nothing else disappear; a model's answers go, and what objections quote.

    The programme is held meanwhile, so that no summary is handed over which does not know of it.
    """
    for programme_id, gone in by_programme(withdrawn).items():
        await queries.programmes.hold(unit, programme_id)
        await queries.answers.drop(unit, programme_id, gone)
        objections = [one for one in await queries.objections.in_programme(unit, programme_id) if set(one.cites) & gone]
        for objection in objections:
            objection.forget(gone)
        about = {name for one in objections for name in (one.subject, f"objection/{one.id}")}
        for correction in await queries.corrections.in_programme(unit, programme_id):
            if correction.forget(gone):
                await unit.delete(correction)
        authors = await queries.contributions.authors(unit, programme_id)
        for summary in await queries.summaries.written(unit, programme_id):
            content = content_without(summary, gone, authors)
            if content != summary.content:
                summary.content = content
                about.add(summary.subject)
        await queries.publications.mark_stale(unit, about, wall, (*_SUMMARIES, NoticeKind.OBJECTION))


async def _mark_repeated(unit: AsyncSession, wall: datetime, withdrawn: Sequence[Contribution]) -> None:
    """What the bot posted for the member, and replies in full to whoever asked for them."""
    await queries.publications.mark_stale(unit, {f"contribution/{c.id}" for c in withdrawn}, wall)
    sessions = {f"session/{c.session_id}" for c in withdrawn}
    await queries.publications.mark_stale(unit, sessions, wall, (NoticeKind.FULL,))


async def _withdraw_all(unit: AsyncSession, now: datetime, wall: datetime, member: Member) -> None:
    """Empty rows stay, without a name, so that a later delivery can't bring them back."""
    rows = await queries.contributions.every_trace_of(unit, known(member.id))
    for contribution in rows:
        contribution.withdraw(now)  # also what the platform deleted: now for good
        contribution.member_id = None
    await erase_contributions(unit, wall, rows)


async def _forget_objections(unit: AsyncSession, now: datetime, wall: datetime, member: Member) -> None:
    """What they objected to summaries, and what they answered to others' objections."""
    theirs = await queries.objections.with_words_of(unit, known(member.id))
    await erase_objections(unit, now, wall, [objection for objection in theirs if objection.member_id == member.id])
    for objection in theirs:
        objection.forget_member(known(member.id))
    await queries.publications.mark_stale(unit, {objection.subject for objection in theirs}, wall, _SUMMARIES)


async def _take_corrections_back(unit: AsyncSession, _: datetime, wall: datetime, member: Member) -> None:
    """Their own words in summaries; what they took out stays out."""
    for correction in await queries.corrections.by_member(unit, known(member.id)):
        if correction.change is Change.OUT:
            correction.member_id = None
            continue
        await queries.programmes.hold(unit, correction.programme_id)
        for summary in await queries.summaries.versions(unit, correction.subject):
            summary.content = briefs.to_json(uncorrected(briefs.from_json(summary.content), correction))
        await queries.publications.mark_stale(unit, [correction.subject], wall, _SUMMARIES)
        await unit.delete(correction)


async def _drop_notices(unit: AsyncSession, _: datetime, __: datetime, member: Member) -> None:
    await queries.notices.drop_waiting(unit, known(member.id), "forgotten")


async def _forget_profile(_: AsyncSession, __: datetime, ___: datetime, member: Member) -> None:
    member.forget()


WITHDRAWING: dict[tuple[str, str], Callable[[AsyncSession, datetime, Sequence[Contribution]], Awaitable[None]]] = {
    ("correction", "line"): _erase_from_summaries,
    ("correction", "said"): _erase_from_summaries,
    ("modelanswer", "numbers"): _erase_from_summaries,
    ("objection", "cites"): _erase_from_summaries,
    ("summary", "content"): _erase_from_summaries,
    ("publication", "contribution_id"): _mark_repeated,
}
"""(table, column) of the map -> the step that erases it when contributions are withdrawn (wall time)."""

FORGETTING: dict[tuple[str, str], Callable[[AsyncSession, datetime, datetime, Member], Awaitable[None]]] = {
    ("contribution", "member_id"): _withdraw_all,
    ("objection", "member_id"): _forget_objections,
    ("objection", "answered_by"): _forget_objections,
    ("correction", "member_id"): _take_corrections_back,
    ("notice", "member_id"): _drop_notices,
    ("member", "id"): _forget_profile,
}
"""(table, column) of the map -> the step that erases it when a member is forgotten (programme time, wall time)."""


async def erase_pointers(unit: AsyncSession, to: To, ids: Collection[int], erasure: Erasure = ERASURE) -> None:
    """Rows that point to one of these members or contributions (our ids) go, or no longer point there.

    What the map leaves to a step of its own is not done here.
    """
    for table, pointer in pointers(to, erasure):
        column = column_of(table, pointer.column)
        if pointer.fate is Fate.ROW_GOES:
            await unit.execute(delete(table).where(column.in_(list(ids))))
        elif pointer.fate is Fate.CLEARED:
            await unit.execute(update(table).where(column.in_(list(ids))).values({pointer.column: None}))


async def purge_old_rows(unit: AsyncSession, wall: datetime, erasure: Erasure = ERASURE) -> None:
    """Rows go whose time is up by themselves."""
    unit.info[ERASED] = True
    for table, rule in erasure.items():
        if isinstance(rule.purge, After):
            await unit.execute(delete(table).where(column_of(table, rule.purge.column) < wall - rule.purge.kept))


async def purge_strangers(unit: AsyncSession, erasure: Erasure = ERASURE) -> None:
    """Members go to whom nothing points any more that holds them."""
    held = [
        ~exists().where(column_of(table, pointer.column) == col(Member.id))
        for table, pointer in pointers(To.MEMBER, erasure)
        if pointer.holds
    ]
    await unit.execute(delete(Member).where(*held))


async def exported_with(
    unit: AsyncSession, contribution_ids: Collection[int], erasure: Erasure = ERASURE
) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """What else stands with contributions in the export: contribution id -> name -> rows, each as column -> value.

    A member is written as the platform's id; our own ids are left out.
    """
    found: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for table, pointer in pointers(To.CONTRIBUTION, erasure):
        if not pointer.export or not _is_key(table, pointer.column):
            continue
        people = {p.column for p in erasure[table].pointers if p.to is To.MEMBER}
        rows = await unit.execute(select(table_of(table)).where(column_of(table, pointer.column).in_(contribution_ids)))
        for row in [dict(row) for row in rows.mappings()]:
            about = row.pop(pointer.column)
            row.pop("id", None)
            for column in people & row.keys():
                member = await unit.get(Member, row[column]) if row[column] is not None else None
                row[column.removesuffix("_id")] = member.platform_id if member else None
                del row[column]
            found.setdefault(about, {}).setdefault(pointer.export, []).append(row)
    return found


def column_of(table: type[SQLModel], name: str) -> ColumnElement[Any]:
    """A column by its name."""
    column: ColumnElement[Any] = table_of(table).columns[name]
    return column


def table_of(table: type[SQLModel]) -> Table:
    """The table of an entity."""
    local = inspect(table).local_table
    assert isinstance(local, Table)  # an entity is one table  # noqa: S101
    return local


def _is_key(table: type[SQLModel], column: str) -> bool:
    return bool(table_of(table).columns[column].foreign_keys)
