"""What a session comes to in figures: who took part from where, in how many languages, and what was answered.

Groups of fewer than five people are never shown, nor what they would be found out from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cop_bot.domain.contribution import Kind

SMALLEST_GROUP = 5


class Region(StrEnum):
    """Where a zone lies, by the first part of its name (IANA)."""

    AFRICA = "Africa"
    AMERICAS = "America"
    ASIA = "Asia"
    EUROPE = "Europe"
    OCEANIA = "Oceania"


_REGIONS = {one.value: one for one in Region} | {
    "Australia": Region.OCEANIA,
    "Pacific": Region.OCEANIA,
    "Antarctica": Region.OCEANIA,
}
_ISLANDS = {
    "Atlantic/Azores": Region.EUROPE,
    "Atlantic/Madeira": Region.EUROPE,
    "Atlantic/Canary": Region.EUROPE,
    "Atlantic/Faroe": Region.EUROPE,
    "Atlantic/Reykjavik": Region.EUROPE,
    "Atlantic/Cape_Verde": Region.AFRICA,
    "Atlantic/St_Helena": Region.AFRICA,
    "Atlantic/Bermuda": Region.AMERICAS,
    "Atlantic/Stanley": Region.AMERICAS,
    "Indian/Antananarivo": Region.AFRICA,
    "Indian/Comoro": Region.AFRICA,
    "Indian/Mayotte": Region.AFRICA,
    "Indian/Reunion": Region.AFRICA,
    "Indian/Mauritius": Region.AFRICA,
    "Indian/Mahe": Region.AFRICA,
    "Indian/Maldives": Region.ASIA,
    "Indian/Chagos": Region.ASIA,
    "Indian/Christmas": Region.OCEANIA,
    "Indian/Cocos": Region.OCEANIA,
}


@dataclass(frozen=True, slots=True)
class Statistics:
    """`zones` and `languages` are 0 and `regions` empty where too few people took part to be counted apart.

    `regions`: where people are -> how many per cent of those of whom it is known. `questions`: how many were asked;
    `answered`: to how many of them somebody else replied.
    """

    zones: int = 0
    languages: int = 0
    regions: Mapping[Region, int] = field(default_factory=dict)
    replies: int = 0
    questions: int = 0
    answered: int = 0
    talk: int = 0


def region_of(zone: str) -> Region | None:
    """Where a zone lies; None for one that says nothing of it (UTC) or that is not known."""
    return _ISLANDS.get(zone) or _REGIONS.get(zone.partition("/")[0] if "/" in zone else "")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of a contribution: nothing of its words."""

    number: int | None
    kind: Kind
    member_id: int | None
    parent: int | None = None


def statistics(rows: Iterable[Counted], zones: Mapping[int, str], languages: Iterable[str]) -> Statistics:
    """The figures of these contributions, none of them withdrawn.

    `zones`: id of a member -> their zone, where it is known; `languages`: those that were recognised.
    """
    there = [row for row in rows if row.number is not None]
    counted = [row for row in there if row.kind is not Kind.TALK]
    author = {row.number: row.member_id for row in counted}
    answered = {row.parent for row in counted if row.parent in author and row.member_id != author[row.parent]}
    people = {row.member_id for row in counted if row.member_id is not None}
    known = {member: zone for member, zone in zones.items() if member in people and zone}
    enough = len(people) >= SMALLEST_GROUP
    return Statistics(
        zones=len(set(known.values())) if enough and len(known) >= SMALLEST_GROUP else 0,
        languages=len(set(languages) - {""}) if enough else 0,
        regions=_shares(Counter(filter(None, map(region_of, known.values())))),
        replies=sum(row.parent is not None for row in counted),
        questions=sum(row.kind is Kind.QUESTION for row in counted),
        answered=sum(row.kind is Kind.QUESTION and row.number in answered for row in counted),
        talk=len(there) - len(counted),
    )


def _shares(people: Counter[Region]) -> dict[Region, int]:
    """Per cent of each region; none at all where one of them is a group too small: the others would give it away."""
    if not people or min(people.values()) < SMALLEST_GROUP:
        return {}
    return {region: round(100 * count / people.total()) for region, count in people.most_common()}
