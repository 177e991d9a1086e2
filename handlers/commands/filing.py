"""`kind #12 q2`, or `#12 q2` to the bot: a contribution is filed under a guiding question."""

from __future__ import annotations

from cop_bot.domain.columns import known
from cop_bot.domain.message import Message
from cop_bot.texts import answers
from cop_bot.usecases.record import change_contribution
from handlers.commands.context import Asking


async def file_under(asking: Asking, number: int | None, question: int) -> Message:
    """Files it, for its author or a facilitator. Raises NoSuchContribution, NotYours, NoSuchQuestion."""
    contribution = await asking.contribution(number)
    changed, asked = await change_contribution.file_under(
        asking.ports,
        known(contribution.id),
        question,
        asking.meeting.member,
        facilitates=asking.meeting.facilitates,
    )
    return answers.members.filed(known(changed.number), question, asked, language=asking.language)
