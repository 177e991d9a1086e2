"""Change what a session that has not opened is called, and what it asks."""

from __future__ import annotations

from collections.abc import Sequence

from cop_bot.domain.member import Member
from cop_bot.domain.mistakes import TitleIsMissing, TooManyLines
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.domain.session import Session
from cop_bot.domain.visible import one_line
from cop_bot.ports import Ports
from cop_bot.programme_file.values import TITLE
from cop_bot.store import queries
from cop_bot.usecases.programme.steering import Step, steering

LONGEST_QUESTION = 1_000
MOST_QUESTIONS = 20


async def edit(
    ports: Ports, programme_id: int, slug: str, title: str, questions: Sequence[str] | None, language: str, by: Member
) -> Session:
    """In one language; the other ones that its file has stay. `questions` None: they stay.

    Raises SessionIsNotPlanned, TitleIsMissing, TooManyLines.
    """
    title = one_line(title, TITLE)
    if not title:
        raise TitleIsMissing
    asked = [line for one in questions or () if (line := one_line(one, LONGEST_QUESTION))]
    if len(asked) > MOST_QUESTIONS:
        raise TooManyLines(most=MOST_QUESTIONS)
    async with steering(ports, programme_id, Step("session edit", by), slug) as (unit, timetable):
        session = timetable.session(slug)
        session.must_be_planned()
        spoken = spoken_in(session.title, language)
        session.title = {**session.title, spoken: title}
        if questions is not None:
            session.questions = [
                {**(session.questions[at] if at < len(session.questions) else {}), spoken: text}
                for at, text in enumerate(asked)
            ]
        before = [f"session/{one.id}" for one in timetable.sessions if not one.is_planned]
        # The summary before it says what comes next.
        await queries.publications.mark_stale(unit, before, ports.clock.wall(), [NoticeKind.SUMMARY])
    return session


def spoken_in(texts: dict[str, str], language: str) -> str:
    """In which of the languages that there are somebody with this language edits."""
    for wanted in (language, language.partition("-")[0]):
        if wanted in texts:
            return wanted
    return next(iter(texts), language.partition("-")[0])
