"""In which further languages a summary is read: those that the programme asks for, and those that its file has."""

from __future__ import annotations

from cop_bot.domain.summary import Summary
from cop_bot.domain.summary_content import further_languages
from cop_bot.domain.timetable import Timetable
from cop_bot.languages import spoken


def languages_of(timetable: Timetable, summary: Summary) -> list[str]:
    """The further ones, in the order in which they follow beneath the first. Where no model has translated the lines,
    headings and counts are in that language and the lines stand as they were written.
    """
    session = next((one for one in timetable.sessions if one.id == summary.session_id), None)
    named = session.named_in if session else tuple(timetable.programme.title)
    return further_languages(summary, timetable.programme.decided().summary.languages, named, spoken())
