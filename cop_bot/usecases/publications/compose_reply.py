"""Compose a reply in full: a summary, what is objected to it, and every contribution of its session."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain import brief as briefs
from cop_bot.domain.columns import known
from cop_bot.domain.message import Message
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary
from cop_bot.domain.timetable import Timetable
from cop_bot.store import queries
from cop_bot.texts.summaries import full_reply


async def reply_of(
    unit: AsyncSession, timetable: Timetable, session: Session, summary: Summary, language: str | None = None
) -> Message:
    """In a further language if one is named; with the addresses that are known. Nobody is named."""
    rows = await queries.contributions.of_session(unit, known(session.id))
    return full_reply(
        timetable.programme,
        session,
        briefs.from_json(summary.content),
        rows,
        links={known(row.number): row.permalink for row in rows if row.permalink},
        language=language,
        objections=await queries.objections.standing(unit, summary.subject),
    )
