"""What people say to the bot in words of their own: an answer to its reminder, a greeting, a question."""

from __future__ import annotations

from cop_bot.domain.columns import known
from cop_bot.domain.message import Message
from cop_bot.domain.mistakes import NoOpenSession
from cop_bot.domain.wording import beginning, filing, kind_of, reference, split_prefix
from cop_bot.languages.talk import is_talk
from cop_bot.texts import answers
from cop_bot.texts.words import NotUnderstood, manner
from cop_bot.usecases.record.contribute import contribute
from handlers.commands.context import Asking, links_in
from handlers.commands.context import said as own_words
from handlers.commands.filing import file_under

_FEW = 3
"""Words below which something typed to the bot is rather a command gone wrong than a contribution."""


async def said(asking: Asking, text: str, typed: NotUnderstood) -> Message:
    """The answer to words that are no command: in the direct conversation they count as much as in the channel."""
    words = own_words(text)
    if (filed := filing(words)) and asking.meeting.timetable is not None:
        return await file_under(asking, *filed)
    if is_talk(words) or (words.rstrip().endswith("?") and _is_to_us(words)):
        return _kindly(asking)
    if asking.gesture.place is None and _says_something(words, typed) and asking.meeting.timetable is not None:
        return await _contributed(asking, text)
    unknown = answers.personal.unknown(typed.word, typed.nearest, language=asking.language)
    if asking.gesture.place is not None and len(words.split()) > _FEW:
        return answers.personal.not_kept(unknown, language=asking.language)
    return unknown


def _is_to_us(words: str) -> bool:
    """Whether a question is short enough to be about the bot, the session or the time."""
    return is_talk(f"{words.rstrip('? ')} bot?")


def _says_something(words: str, typed: NotUnderstood) -> bool:
    if reference(words, manner()) is not None or split_prefix(words, manner().prefixes)[0]:
        return True
    count = len(words.split())
    return count > _FEW if typed.nearest is None else count > _FEW + 2


def _kindly(asking: Asking) -> Message:
    timetable, meeting = asking.meeting.timetable, asking.meeting
    if timetable is None:
        return answers.personal.hello(language=asking.language)
    return answers.personal.hello(
        timetable.programme,
        timetable.open_session(),
        timetable.next_session(),
        zone=meeting.zone,
        language=asking.language,
    )


def _filed(question: int | None, rest: str) -> str:
    return f"q{question}: {rest}" if question else rest


async def _contributed(asking: Asking, text: str) -> Message:
    """As if it had been said in the channel, where the bot says it for them; a button takes it back."""
    words, links = own_words(text), links_in(text)
    session = asking.timetable.open_session()
    prefix, question, rest = beginning(words, manner().prefixes, len(session.questions) if session else 0)
    is_reply = reference(rest, manner()) is not None
    kind = prefix or kind_of(rest, links, (), is_reply=is_reply, manner=manner())
    try:
        kept, before = await contribute(
            asking.ports, asking.place, asking.meeting.member, kind, _filed(question, rest), links
        )
    except NoOpenSession:
        coming, zone = asking.timetable.next_session(), asking.meeting.zone
        return answers.members.no_open_session(coming, zone=zone, language=asking.language)
    if before:
        return answers.members.already(known(kept.number), language=asking.language)
    programme = asking.timetable.programme
    return answers.members.recorded(known(kept.number), kept.kind, programme, posted=True, language=asking.language)
