"""The sections that need no judgement, with or without a model: open questions, resources, what else was heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import MOST_ALSO_HEARD, MOST_QUESTIONS, MOST_RESOURCES, Point, Section
from cop_bot.summariser.languages import negations
from cop_bot.summariser.quotes import question, quote, title
from cop_bot.summariser.reading import Reading

_LINE = 25
"""Words in such a line."""
_A_REMARK = 30
"""Signs; what is shorter ("No comment.") is far from everything because it says little."""
_DISSENT = 0.6
"""A lone "no" may use the words of the topic it objects to; it counts as this much less central than it looks."""


def open_questions(reading: Reading) -> list[Point]:
    """Questions to which nobody else gave feedback, the most often asked first, then the earliest."""
    times = dict.fromkeys(reading.voices, 1)
    for first in reading.same_as.values():
        times[first] += 1
    asked = [
        voice for voice in reading.voices.values() if voice.kind == "question" and voice.number not in reading.answered
    ]
    asked.sort(key=lambda voice: (-times[voice.number], voice.at, voice.number))
    return [
        in_their_words(reading, Section.OPEN_QUESTIONS, voice, question(voice.text, _LINE))
        for voice in asked[:MOST_QUESTIONS]
    ]


def resources(reading: Reading) -> list[Point]:
    """Resources with the address their contribution gives, each address once, in the order in which they came.

    Every contribution's first address comes before any second one.
    """
    named = [voice for voice in reading.voices.values() if voice.kind == "resource"]
    pairs = [(rank, voice, url) for voice in named for rank, url in enumerate(voice.links or (None,))]
    points: dict[str, Point] = {}
    for _, voice, url in sorted(pairs, key=lambda pair: pair[0]):
        text, verbatim = title(voice)
        key = (url or text).rstrip("/")
        cites = points[key].cites if key in points else ()
        first = points.get(key, Point(Section.RESOURCES, text, (), verbatim, reading.languages[voice.number], url))
        points[key] = Point(
            Section.RESOURCES,
            first.text,
            tuple(dict.fromkeys((*cites, voice.number))),
            first.quote,
            first.language,
            url,
        )
    return list(points.values())[:MOST_RESOURCES]


def also_heard(reading: Reading, points: Sequence[Point]) -> list[Point]:
    """Up to three voices that the points would leave out: of topics without a line first, then those most apart.

    Members without a line of their own come before those who have one.
    """
    cited = {number for point in points for number in point.cites}
    speakers = {reading.voices[number].author for number in cited if number in reading.voices}
    chosen: list[Voice] = []
    for voice in (*_of_silent_topics(reading, cited), *_apart(reading, cited, speakers)):
        if voice.number not in {one.number for one in chosen}:
            chosen.append(voice)
    return [
        in_their_words(reading, Section.ALSO_HEARD, voice, quote(voice.text, _LINE))
        for voice in chosen[:MOST_ALSO_HEARD]
    ]


def in_their_words(reading: Reading, section: Section, voice: Voice, text: str) -> Point:
    """A point that is one contribution's own words."""
    return Point(section, text, (voice.number,), quote=True, language=reading.languages[voice.number])


def _of_silent_topics(reading: Reading, cited: Collection[int]) -> Iterable[Voice]:
    for topic in reading.topics:
        if not any(voice.number in cited for voice in topic.voices):
            yield from _quotable(topic.voices)[:1]


def _apart(reading: Reading, cited: Collection[int], speakers: Collection[str]) -> list[Voice]:
    def how_close(pair: tuple[Voice, float]) -> tuple[bool, bool, float, int]:
        voice, centrality = pair
        dissent = _DISSENT if negations(voice.text) else 1.0
        return len(voice.text) < _A_REMARK, voice.author in speakers, centrality * dissent, voice.number

    pairs = [pair for topic in reading.topics for pair in zip(topic.voices, topic.centrality, strict=True)]
    left = [pair for pair in pairs if pair[0].number not in cited and pair[0] in _quotable([pair[0]])]
    return [voice for voice, _ in sorted(left, key=how_close)]


def _quotable(voices: Sequence[Voice]) -> list[Voice]:
    return [voice for voice in voices if voice.kind != "resource" and voice.text.strip()]
