"""Writing down what a facilitator does, in the transaction that does it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.audit import Audited
from cop_bot.domain.columns import known
from cop_bot.domain.member import Member
from cop_bot.ports import Clock


def audit(
    unit: AsyncSession,
    clock: Clock,
    programme_id: int,
    by: Member,
    command: str,
    *,
    about: str = "",
    person: Member | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """`by` has done what this command asks for; the rest as in `Audited`."""
    unit.add(
        Audited.noted(
            programme_id,
            known(by.id),
            command,
            clock.now(),
            about=about,
            person_id=known(person.id) if person else None,
            before=before,
            after=after,
        )
    )
