"""The figures at the end of a summary."""

from __future__ import annotations

from collections.abc import Iterator

from cop_bot.domain.message import Note, Words
from cop_bot.domain.session_statistics import Region, Statistics
from cop_bot.texts.languages import Speech, later

_REGIONS = {
    Region.AFRICA: later("Africa"),
    Region.AMERICAS: later("the Americas"),
    Region.ASIA: later("Asia"),
    Region.EUROPE: later("Europe"),
    Region.OCEANIA: later("Oceania"),
}


def figures(_: Speech, found: Statistics) -> Iterator[Note]:
    """One line; what there is none of is left out."""
    parts = [
        _.plural("{count} time zone", "{count} time zones", found.zones) if found.zones > 1 else "",
        _.plural("{count} language", "{count} languages", found.languages) if found.languages > 1 else "",
        ", ".join(f"{_(_REGIONS[region])} {share} %" for region, share in found.regions.items()),
        _.plural("{count} reply", "{count} replies", found.replies) if found.replies else "",
        _("{answered} of {questions} questions answered", answered=found.answered, questions=found.questions)
        if found.questions
        else "",
    ]
    said = " · ".join(part for part in parts if part)
    if said:
        yield Note((Words(said),))
