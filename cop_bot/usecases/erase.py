"""Erase what a member or a contribution leaves behind, table by table, as the map of `domain/erasure.py` says.

What follows from the map alone is done for every table in it. Where words have to go too there is a step of its own;
a test holds the steps to the map.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.erasure import To
from cop_bot.domain.member import Member
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.store.queries import erasure
from cop_bot.usecases.redact_summaries import forget_objections, redact_summaries
from cop_bot.usecases.take_back_words import take_back_words


async def erase_contributions(unit: AsyncSession, ports: Ports, withdrawn: Sequence[Contribution]) -> None:
    """These have just been withdrawn: nothing repeats them any more."""
    for step in dict.fromkeys(WITHDRAWING.values()):
        await step(unit, ports, withdrawn)
    await erasure.erase_pointers(unit, To.CONTRIBUTION, [known(c.id) for c in withdrawn if c.id is not None])


async def erase_member(unit: AsyncSession, ports: Ports, member: Member) -> list[Contribution]:
    """Erase a member's words everywhere, and what is known of them; returns what was not erased before."""
    rows = await queries.every_trace_of(unit, known(member.id))
    erased = [row for row in rows if not row.is_withdrawn]
    for step in dict.fromkeys(FORGETTING.values()):
        await step(unit, ports, member)
    await erasure.erase_pointers(unit, To.MEMBER, [known(member.id)])
    return erased


async def _withdraw_all(unit: AsyncSession, ports: Ports, member: Member) -> None:
    """Empty rows stay, without a name, so that a later delivery can't bring them back."""
    rows = await queries.every_trace_of(unit, known(member.id))
    for contribution in rows:
        contribution.withdraw(ports.clock.now())  # also what the platform deleted: now for good
        contribution.member_id = None
    await erase_contributions(unit, ports, rows)


async def _forget_objections(unit: AsyncSession, ports: Ports, member: Member) -> None:
    """What they objected to summaries, and what they answered to others' objections."""
    theirs = await queries.objections_with_words_of(unit, known(member.id))
    await forget_objections(unit, ports, [objection for objection in theirs if objection.member_id == member.id])
    for objection in theirs:
        objection.forget_member(known(member.id))


async def _drop_notices(unit: AsyncSession, _: Ports, member: Member) -> None:
    await queries.drop_waiting(unit, known(member.id), "forgotten")


async def _forget_profile(_: AsyncSession, __: Ports, member: Member) -> None:
    member.forget()


async def _take_back(unit: AsyncSession, ports: Ports, withdrawn: Sequence[Contribution]) -> None:
    for contribution in withdrawn:
        await take_back_words(unit, ports, contribution)


WITHDRAWING: dict[tuple[str, str], Callable[[AsyncSession, Ports, Sequence[Contribution]], Awaitable[None]]] = {
    ("notice", "contribution_id"): _take_back,
    ("modelanswer", "numbers"): redact_summaries,
    ("objection", "cites"): redact_summaries,
    ("summary", "content"): redact_summaries,
}
"""(table, column) of the map -> the step that erases it when contributions are withdrawn."""

FORGETTING: dict[tuple[str, str], Callable[[AsyncSession, Ports, Member], Awaitable[None]]] = {
    ("contribution", "member_id"): _withdraw_all,
    ("objection", "member_id"): _forget_objections,
    ("objection", "answered_by"): _forget_objections,
    ("notice", "member_id"): _drop_notices,
    ("member", "id"): _forget_profile,
}
"""(table, column) of the map -> the step that erases it when a member is forgotten."""
