"""One command being obeyed: who asks, where, and with what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.mistakes import FindingsRepeat, MemberMistake, NoProgramme, NoSuchSession
from cop_bot.domain.place import Place
from cop_bot.domain.timetable import Timetable
from cop_bot.ports import Ports
from cop_bot.texts.words import corrections, findings_words, places
from cop_bot.usecases.people.identify_member import Meeting
from cop_bot.usecases.record.find_contributions import find_contribution
from cop_bot.usecases.summaries.correct_draft import Wish
from cop_bot.usecases.summaries.find_summary import Wanted
from handlers.gesture import Gesture

_PERSON = re.compile(r"<@([^>|]+)(?:\|([^>]*))?>")
_PLACE = re.compile(r"<#([^>|]+)(?:\|([^>]*))?>")
_ADDRESS = re.compile(r"https?://[^\s<>|)]+")


@dataclass(frozen=True, slots=True)
class Asking:
    """What a verb needs to know."""

    ports: Ports
    gesture: Gesture
    meeting: Meeting
    locale: str = ""
    """The language that the platform named with the gesture, if it did."""

    @property
    def language(self) -> str:
        """The language to answer in."""
        return self.locale or self.meeting.language

    @property
    def timetable(self) -> Timetable:
        """The programme that is meant. Raises NoProgramme, WhichProgramme."""
        return self.meeting.must_have_programme()

    @property
    def place(self) -> Place:
        """The place of the programme. Raises NoProgramme, WhichProgramme."""
        place = self.meeting.place
        if self.meeting.timetable is None or place is None:
            raise NoProgramme
        return place

    async def contribution(self, number: int | None) -> Contribution:
        """The contribution of this number, or without one the root of the thread. Raises NoSuchContribution."""
        place = self.meeting.place if self.gesture.place else None
        return await find_contribution(self.ports, self.meeting.programme_id, place, number, self.gesture.thread)

    def summary(self, theme: str = "") -> Wanted:
        """The summary that is meant: of this theme, else the one in whose thread it was typed, else the latest."""
        return Wanted(theme, self.meeting.place if self.gesture.place else None, self.gesture.thread)

    def summary_and_place(self, text: str, mistake: type[MemberMistake]) -> tuple[Wanted, int, str]:
        """What `risk 3 Words` means: a summary, a place in it or in a list about it, and what follows.

        Raises the mistake where there is no number, NoSuchSession, FindingsRepeat.
        """
        readings = places(text)
        if not readings:
            raise mistake
        for theme, place, words in readings:
            if not theme or self.is_theme(theme):
                return self.summary(theme), place, words
        if readings[0][0].casefold() in findings_words():
            raise FindingsRepeat
        raise NoSuchSession

    def correction(self, text: str) -> tuple[str, Wish] | None:
        """What `risk 3 say Words` corrects: a theme ("" for the latest) and the wish; None if it corrects nothing."""
        for one in corrections(text):
            if not one.theme or self.is_theme(one.theme):
                return one.theme, Wish(one.change, one.line, said(one.words), one.cites)
        return None

    def is_theme(self, name: str) -> bool:
        """Whether a session of the programme is called so. Raises NoProgramme, WhichProgramme."""
        try:
            self.timetable.session(name)
        except NoSuchSession:
            return False
        return True


def people_in(text: str) -> list[str]:
    """The platform ids of the people whom a command names."""
    return [found.group(1) for found in _PERSON.finditer(text)]


def said(text: str) -> str:
    """The text of a command as others may read it: people and places by name, never as something that calls them."""
    text = _PERSON.sub(lambda found: f"@{found.group(2) or 'member'}", text)
    return _PLACE.sub(lambda found: f"#{found.group(2) or 'channel'}", text)


def links_in(text: str) -> tuple[str, ...]:
    """The web addresses in a command, each once."""
    return tuple(dict.fromkeys(address.rstrip(".,;:!?)'\"") for address in _ADDRESS.findall(text)))
