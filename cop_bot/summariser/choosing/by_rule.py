"""The sections that need no judgement, with or without a model: open questions and resources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import MOST_QUESTIONS, MOST_RESOURCES, Point, Section
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.words.quotes import question, quote, title

LINE = 30
"""Words in such a line."""
_REPLIED = 12
"""Words of what a line answers."""


def open_questions(reading: Reading, heard: Collection[str] = ()) -> list[Point]:
    """Questions to which nobody else gave feedback: the most often asked first, each member's first before any second
    one, those of members who are not `heard` yet first, then the earliest.
    """
    times = dict.fromkeys(reading.voices, 1)
    for first in reading.same_as.values():
        times[first] += 1
    asked = [
        voice
        for voice in reading.voices.values()
        if voice.kind == "question" and voice.number not in reading.answered and reading.worth[voice.number]
    ]
    asked.sort(key=lambda voice: (voice.at, voice.number))
    order = _in_turn(asked)
    asked.sort(key=lambda voice: (-times[voice.number], order[voice.number], voice.author in heard))
    return [
        in_their_words(reading, Section.OPEN_QUESTIONS, voice, question(voice.text, LINE))
        for voice in asked[:MOST_QUESTIONS]
    ]


def resources(reading: Reading) -> list[Point]:
    """Resources with the address their contribution gives, each address once, in the order in which they came.

    Every member's first address comes before any second one.
    """
    named = [voice for voice in reading.voices.values() if voice.kind == "resource"]
    rank_of: Counter[str] = Counter()
    pairs: list[tuple[int, Voice, str | None]] = []
    for voice in named:
        for url in voice.links or (None,):
            pairs.append((rank_of[voice.author], voice, url))
            rank_of[voice.author] += 1
    points: dict[str, Point] = {}
    for _, voice, url in sorted(pairs, key=lambda pair: pair[0]):
        text, verbatim = title(voice)
        key = (url or text).rstrip("/")
        first = points.get(key, Point(Section.RESOURCES, text, (), verbatim, reading.languages[voice.number], url))
        points[key] = replace(first, cites=tuple(dict.fromkeys((*first.cites, voice.number))))
    return list(points.values())[:MOST_RESOURCES]


def _in_turn(voices: Sequence[Voice]) -> dict[int, int]:
    """number -> how many of these its author contributed before."""
    count: Counter[str] = Counter()
    order: dict[int, int] = {}
    for voice in voices:
        order[voice.number] = count[voice.author]
        count[voice.author] += 1
    return order


def in_their_words(reading: Reading, section: Section, voice: Voice, text: str) -> Point:
    """A point that is one contribution's own words, with what it answers."""
    first = reading.same_as.get(voice.said_to, voice.said_to) if voice.said_to is not None else None
    answered = reading.voices.get(first) if first is not None else None
    return Point(
        section,
        text,
        (voice.number,),
        quote=True,
        language=reading.languages[voice.number],
        replies_to=answered.number if answered else None,
        replied=quote(answered.text, _REPLIED) if answered else "",
    )
