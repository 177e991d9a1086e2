"""Change what was contributed: withdraw it, or say what kind it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.contribution import Contribution, Kind
from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import NoSuchContribution, NoSuchQuestion, NotYours
from cop_bot.domain.session import Session
from cop_bot.ports import Ports
from cop_bot.store import erasure
from cop_bot.store.auditing import audit
from cop_bot.store.marking import mark_counted


async def withdraw_contribution(
    ports: Ports, contribution_id: int, member: Member, *, facilitates: bool
) -> Contribution:
    """Erase what it said, here and in the summaries that quote it. Raises NotYours."""
    async with ports.unit() as unit:
        contribution = await _own(unit, contribution_id, member, facilitates=facilitates)
        before = contribution.kind
        contribution.withdraw(ports.clock.now())
        if contribution.member_id != member.id:
            _audit(unit, ports, contribution, member, "withdraw", before)
        await erasure.erase_contributions(unit, ports.clock.wall(), [contribution])
    ports.wake("marks")
    ports.wake("notices")
    return contribution


async def choose_kind(
    ports: Ports, contribution_id: int, kind: Kind, member: Member, *, facilitates: bool
) -> Contribution:
    """Say what kind of contribution it is; talk brought back, and what is talk from now on, makes a summary that has
    been written another one. Raises NotYours.
    """
    async with ports.unit() as unit:
        contribution = await _own(unit, contribution_id, member, facilitates=facilitates)
        before, was_talk = contribution.kind, contribution.kind is Kind.TALK
        contribution.choose_kind(kind)
        if contribution.member_id != member.id:
            _audit(unit, ports, contribution, member, "kind", before)
        if was_talk is not (kind is Kind.TALK):
            await unit.flush()
            await mark_counted(unit, ports.clock, contribution, settles=ports.model is not None)
    ports.wake("marks")
    ports.wake("summaries")
    return contribution


async def file_under(
    ports: Ports, contribution_id: int, question: int, member: Member, *, facilitates: bool
) -> tuple[Contribution, dict[str, str]]:
    """Say which guiding question of its session (from 1) it answers; with it, the question in all its languages.

    Where a summary has been written, it is written anew. Raises NotYours, NoSuchQuestion.
    """
    async with ports.unit() as unit:
        contribution = await _own(unit, contribution_id, member, facilitates=facilitates)
        asked = await file_in(unit, ports, contribution, question, member)
    ports.wake("summaries")
    return contribution, asked


async def file_in(
    unit: AsyncSession,
    ports: Ports,
    contribution: Contribution,
    question: int,
    member: Member,
    at: datetime | None = None,
) -> dict[str, str]:
    """The same within a transaction of the caller's, who has looked at whose it is. `at`: when it was said (wall time),
    if not now; what was said later than that stays.
    """
    session = await unit.get_one(Session, contribution.session_id)
    if not 1 <= question <= len(session.questions):
        raise NoSuchQuestion(question=question, questions=len(session.questions))
    if at is not None and contribution.filed_at is not None and contribution.filed_at >= at:
        return session.questions[question - 1]
    before = contribution.answers
    contribution.file(question, at or ports.clock.wall())
    if before != question:
        if contribution.member_id != member.id:
            audit(
                unit,
                ports.clock,
                contribution.programme_id,
                member,
                "file",
                about=f"#{contribution.number} q{question}",
                before={"contribution": contribution.id, "answers": before},
                after={"answers": question},
            )
        await unit.flush()
        await mark_counted(unit, ports.clock, contribution, settles=ports.model is not None)
    return session.questions[question - 1]


def _audit(
    unit: AsyncSession, ports: Ports, contribution: Contribution, by: Member, command: str, before: Kind
) -> None:
    """Only what was done to somebody else's: one's own is no use of power."""
    audit(
        unit,
        ports.clock,
        contribution.programme_id,
        by,
        command,
        about=f"#{contribution.number}" + (f" {contribution.kind.value}" if command == "kind" else ""),
        before={"contribution": contribution.id, "kind": before.value},
        after={"kind": contribution.kind.value},
    )


async def _own(unit: AsyncSession, contribution_id: int, member: Member, *, facilitates: bool) -> Contribution:
    contribution = await unit.get(Contribution, contribution_id)
    if contribution is None or contribution.is_withdrawn:
        raise NoSuchContribution
    if contribution.member_id != member.id and not facilitates:
        raise NotYours
    return contribution
