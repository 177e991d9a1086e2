"""Write a brief: ask a summariser, and keep of its answer only what the contributions bear out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cop_bot.domain.assignment import Assignment, Question, Voice
from cop_bot.domain.brief import Brief
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.programme import in_language
from cop_bot.domain.session import Session
from cop_bot.domain.summary import subject_of
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports, Summariser
from cop_bot.store import queries


async def brief_of(
    ports: Ports,
    timetable: Timetable,
    session: Session,
    contributions: Sequence[Contribution],
    summariser: Summariser,
) -> Brief:
    """Ask a summariser, and keep of its answer only what the contributions bear out. Raises SummariserFailed."""
    summary = timetable.programme.decided().summary
    language, *translations = summary.languages
    subject = subject_of(known(timetable.programme.id), known(session.id))
    async with ports.reading() as unit:
        objections = await queries.objections.standing(unit, subject)
    assignment = Assignment(
        theme=in_language(session.title, language),
        voices=tuple(voices(contributions)),
        questions=tuple(Question(in_language(asked, language), tuple(asked.values())) for asked in session.questions),
        language=language,
        translations=tuple(translations),
        words=summary.brief_words,
        objections=tuple(objection.objected for objection in objections),
        subject=subject,
        most_tokens=summary.most_tokens,
    )
    return (await summariser.summarise(assignment)).checked(assignment)


def voices(contributions: Iterable[Contribution]) -> list[Voice]:
    """Contributions as a summariser sees them: without names."""
    return [
        Voice(
            number=known(c.number),
            kind=c.kind.value,
            text=c.own_words or " ".join(c.files),
            author=f"m{c.member_id}",
            at=c.posted_at,
            links=tuple(c.links),
            said_to=c.parent,
            answers=c.answers,
        )
        for c in contributions
    ]


def model_for(ports: Ports, timetable: Timetable) -> Summariser | None:
    """The model, if there is one and the programme allows it."""
    settings = timetable.programme.decided()
    return ports.model if settings.ai and settings.summary.mode != "offline" else None
