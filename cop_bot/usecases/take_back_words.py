"""Take back what the bot itself posted for a member."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.notice import Notice, NoticeState
from cop_bot.domain.programme import Programme
from cop_bot.ports import Ports
from cop_bot.store import queries
from cop_bot.voice import answers
from cop_bot.voice.languages import for_place


async def take_back_words(unit: AsyncSession, ports: Ports, contribution: Contribution) -> None:
    """Where the bot itself posted the words for the member, they disappear there too, once."""
    key = f"{ports.database_id}/contribution/{contribution.id}"
    posted = await queries.notice_by_key(unit, key)
    if posted is None or posted.place_id is None or await queries.notice_by_key(unit, f"{key}/withdrawn") is not None:
        return
    if posted.state is NoticeState.WAITING:
        posted.message = {}
        posted.drop("withdrawn")
        return
    programme = await unit.get_one(Programme, contribution.programme_id)
    taken_back = Notice.to_place(
        f"{key}/withdrawn",
        posted.place_id,
        answers.taken_back(contribution.number, language=for_place(programme)),
        ports.clock.wall(),
        programme_id=posted.programme_id,
    )
    taken_back.replaces = key
    unit.add(taken_back)
