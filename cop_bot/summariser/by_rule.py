"""The sections that need no judgement, with or without a model: open questions, resources, what else was heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import MOST_ALSO_HEARD, MOST_QUESTIONS, MOST_RESOURCES, Point, Section
from cop_bot.summariser.quotes import question, quote, title
from cop_bot.summariser.reading import Reading
from cop_bot.summariser.stance import PLAINLY, objection

_LINE = 25
"""Words in such a line."""
_A_REMARK = 30
"""Signs; what is shorter ("No comment.") is far from everything because it says little."""


_HEARD = 0.3
"""How much less it counts to object for somebody who has a line."""


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
    """Up to three voices that the points would leave out: of topics without a line first, then those who object, then
    those most apart.

    At least one place is kept for an objection. Members without a line of their own come before those who have one.
    """
    cited = {number for point in points for number in point.cites}
    speakers = {reading.authors[number] for number in cited if number in reading.authors}
    against = _objecting(reading, cited, speakers)
    silent = list(_of_silent_topics(reading, cited, against))
    if against and against[0] not in silent[:MOST_ALSO_HEARD]:
        silent[MOST_ALSO_HEARD - 1 :] = against[:1]
    chosen = list(dict.fromkeys(voice.number for voice in (*silent, *against, *_apart(reading, cited, speakers))))
    return [
        in_their_words(reading, Section.ALSO_HEARD, voice, quote(voice.text, _LINE))
        for voice in (reading.voices[number] for number in chosen[:MOST_ALSO_HEARD])
    ]


def in_their_words(reading: Reading, section: Section, voice: Voice, text: str) -> Point:
    """A point that is one contribution's own words."""
    return Point(section, text, (voice.number,), quote=True, language=reading.languages[voice.number])


def _of_silent_topics(reading: Reading, cited: Collection[int], against: Sequence[Voice]) -> Iterable[Voice]:
    """One voice of each: who objects there, else the most central.

    Those in a language that has no line come first, then the largest.
    """
    topics = reading.topics
    with_line = {topic.language for topic in topics if any(voice.number in cited for voice in topic.voices)}
    silent = [topic for topic in topics if not any(voice.number in cited for voice in topic.voices)]
    for topic in sorted(silent, key=lambda topic: (topic.language in with_line, -len(topic.voices))):
        own = set(topic.voices)
        yield from ([voice for voice in against if voice in own] + _quotable(topic.voices))[:1]


def _objecting(reading: Reading, cited: Collection[int], speakers: Collection[str]) -> list[Voice]:
    """Voices without a line that object in so many words, the plainest and most apart first.

    Where nobody does, the one that says no the most plainly.
    """
    worth: dict[int, float] = {}
    for topic in reading.topics:
        for voice, centrality in zip(topic.voices, topic.centrality, strict=True):
            plainly = objection(voice.text, reading.languages[voice.number])
            if plainly and voice.number not in cited and len(voice.text) >= _A_REMARK and voice.kind != "resource":
                worth[voice.number] = plainly - centrality - (_HEARD if voice.author in speakers else 0.0)
    ranked = sorted(worth, key=lambda number: (-worth[number], number))
    plain = [number for number in ranked if worth[number] >= PLAINLY - 1]
    return [reading.voices[number] for number in plain or ranked[:1]]


def _apart(reading: Reading, cited: Collection[int], speakers: Collection[str]) -> list[Voice]:
    def how_close(pair: tuple[Voice, float]) -> tuple[bool, bool, float, int]:
        voice, centrality = pair
        return len(voice.text) < _A_REMARK, voice.author in speakers, centrality, voice.number

    pairs = [pair for topic in reading.topics for pair in zip(topic.voices, topic.centrality, strict=True)]
    left = [pair for pair in pairs if pair[0].number not in cited and pair[0] in _quotable([pair[0]])]
    return [voice for voice, _ in sorted(left, key=how_close)]


def _quotable(voices: Sequence[Voice]) -> list[Voice]:
    return [voice for voice in voices if voice.kind != "resource" and voice.text.strip()]
