"""The commands of all platforms: what people type -> one use case -> the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import MemberMistake
from cop_bot.ports import Ports
from cop_bot.texts import answers, mistakes
from cop_bot.texts.words import NotUnderstood, Typed, parse
from cop_bot.usecases.delivery.deduplicate import deduplicate
from cop_bot.usecases.people.identify_member import identify_member
from handlers.commands import conversation, facilitators, members
from handlers.commands.context import Asking
from handlers.gesture import Gesture

Verb = Callable[[Asking, Typed], Awaitable[Message]]

VERBS: Mapping[str, Verb] = {**members.VERBS, **facilitators.VERBS}
"""The path of a command in `cop_bot.texts.commands` -> what it does."""

NOTHING = Message(())


async def answer(ports: Ports, gesture: Gesture, text: str) -> Message:
    """Obey what was typed and say what came of it; a message without blocks for a command that was delivered again.

    A member's mistake is an answer too. Anything else is raised: nothing was changed then.
    """

    async def typed(asking: Asking) -> Message:
        return await obey(asking, text)

    return await once(ports, gesture, typed)


async def once(ports: Ports, gesture: Gesture, do: Callable[[Asking], Awaitable[Message]], locale: str = "") -> Message:
    """Do what somebody wants, if it was not delivered before. A member's mistake is an answer too."""
    delivery = gesture.message or gesture.delivery
    key = f"{gesture.platform}/{gesture.place or gesture.person}/{delivery}" if delivery else None
    async with deduplicate(ports, gesture.platform, key) as first:
        if not first:
            return NOTHING
        meeting = await identify_member(ports, gesture.platform, gesture.person, gesture.place)
        asking = Asking(ports, gesture, meeting, locale)
        try:
            return await do(asking)
        except MemberMistake as mistake:
            return mistakes.told(mistake, language=asking.language)


def not_theirs(asking: Asking, typed: Typed) -> Message | None:
    """What somebody is told who may not give this command. Raises NoProgramme, WhichProgramme."""
    if typed.command.role != "facilitator":
        return None
    asking.meeting.must_have_programme()
    return None if asking.meeting.facilitates else answers.personal.for_facilitators_only(language=asking.language)


async def obey(asking: Asking, text: str) -> Message:
    """Do what these words ask for. Raises MemberMistake."""
    typed = parse(text)
    if isinstance(typed, NotUnderstood):
        return await conversation.said(asking, text, typed)
    if (refusal := not_theirs(asking, typed)) is not None:
        return refusal
    return await VERBS[typed.command.path](asking, typed)
