"""A member points at a message that is to be kept, on platforms where one can."""

from __future__ import annotations

from cop_bot.domain.columns import known
from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import MemberMistake, NoOpenSession, NoProgramme, NotYourMessage
from cop_bot.domain.post import Post
from cop_bot.ports import Ports
from cop_bot.texts import answers, mistakes
from cop_bot.usecases.people.identify_member import identify_member
from cop_bot.usecases.record.keep_message import keep_message
from handlers.commands.context import Asking
from handlers.gesture import Gesture


async def keep(ports: Ports, gesture: Gesture, post: Post) -> Message:
    """Keep the message and say what came of it. A member's mistake is an answer too."""
    asking = Asking(ports, gesture, await identify_member(ports, gesture.platform, gesture.person, gesture.place))
    try:
        return await _keep(asking, post)
    except MemberMistake as mistake:
        return mistakes.told(mistake, language=asking.language)


async def _keep(asking: Asking, post: Post) -> Message:
    programme, language = asking.timetable.programme, asking.language
    if asking.place.platform_id != post.place:
        raise NoProgramme
    if post.author != asking.gesture.person and not asking.meeting.facilitates:
        raise NotYourMessage
    try:
        kept, before = await keep_message(asking.ports, asking.place, post, asking.meeting.member)
    except NoOpenSession:
        coming = asking.timetable.next_session()
        return answers.members.no_open_session(coming, zone=asking.meeting.zone, language=language)
    if before:
        return answers.members.already(known(kept.number), language=language)
    return answers.members.recorded(known(kept.number), kept.kind, programme, language=language)
