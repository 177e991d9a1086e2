"""What the points of a brief would leave out: topics without a line, those who object, those most apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import MOST_ALSO_HEARD, Point, Section
from cop_bot.summariser.choosing.by_rule import LINE, in_their_words
from cop_bot.summariser.reading.duplicates import echoes
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.words.languages import content_words
from cop_bot.summariser.words.openings import opening
from cop_bot.summariser.words.quotes import NO_QUOTE, quote
from cop_bot.summariser.words.stance import PLAINLY, objection

_A_REMARK = 30
"""Signs; what is shorter ("No comment.") is far from everything because it says little."""
_HAS_A_LINE = 0.8
"""How much less it counts to object for somebody who has a line."""
_THINNED = 1.5
"""In a long text even a plain objection counts for less, down to this part."""
_LOOKED_AT = 20
"""The voices of a topic that may stand for it, the most central ones."""


def also_heard(reading: Reading, points: Sequence[Point]) -> list[Point]:
    """Up to three voices: of topics without a line first, then those who object, then those most apart.

    At least one place is kept for an objection. Members without a line of their own come before those who have one.
    """
    cited = {number for point in points for number in point.cites}
    speakers = {reading.authors[number] for number in cited if number in reading.authors}
    against = _objecting(reading, cited, speakers)
    silent = list(_of_silent_topics(reading, cited, speakers, against))
    if against and against[0] not in silent[:MOST_ALSO_HEARD]:
        silent[MOST_ALSO_HEARD - 1 :] = against[:1]
    chosen = silent[:MOST_ALSO_HEARD]
    for voice in (*against, *_apart(reading, cited, speakers), *_brief(reading, cited)):
        if len(chosen) < MOST_ALSO_HEARD and _is_news(reading, voice, chosen, points):
            chosen.append(voice)
    return [_line(reading, voice) for voice in chosen]


def _is_news(reading: Reading, voice: Voice, chosen: Sequence[Voice], points: Sequence[Point]) -> bool:
    """Whether it is from somebody else than those chosen, and says something else."""
    said = (*(point.text for point in points), *(other.text for other in chosen))
    text = _line(reading, voice).text
    return voice.author not in {other.author for other in chosen} and not any(echoes(text, other) for other in said)


def _line(reading: Reading, voice: Voice) -> Point:
    about = partial(objection, language=reading.languages[voice.number])
    return in_their_words(reading, Section.ALSO_HEARD, voice, quote(voice.text, LINE, about=about))


def _of_silent_topics(
    reading: Reading, cited: Collection[int], speakers: Collection[str], against: Sequence[Voice]
) -> Iterator[Voice]:
    """One voice of each: who objects there, else the most central of those who say something.

    Those in a language that has no line come first, then the largest.
    """
    topics = reading.topics
    with_line = {topic.language for topic in topics if any(voice.number in cited for voice in topic.voices)}
    silent = [topic for topic in topics if not any(voice.number in cited for voice in topic.voices)]
    for topic in sorted(silent, key=lambda topic: (topic.language in with_line, -len(topic.voices))):
        own = set(topic.voices)
        central = [voice for voice in topic.voices if voice.kind != "resource" and reading.worth[voice.number]]
        central = central[:_LOOKED_AT]
        if topic.language in with_line:
            central = [voice for voice in central if _is_quotable(reading, voice)]
        central.sort(key=lambda voice: (reading.worth[voice.number] < 0.5, voice.author in speakers))
        yield from ([voice for voice in against if voice in own] + central)[:1]


def _objecting(reading: Reading, cited: Collection[int], speakers: Collection[str]) -> list[Voice]:
    """Voices without a line that object in so many words, the plainest and most apart first.

    Where nobody does, the one that says no the most plainly.
    """
    plainly: dict[int, float] = {}
    apart: dict[int, float] = {}
    for voice, centrality in _without_line(reading, cited):
        if len(voice.text) >= _A_REMARK:
            plainly[voice.number] = objection(voice.text, reading.languages[voice.number])
            apart[voice.number] = -centrality - (_HAS_A_LINE if voice.author in speakers else 0.0)
    ranked = sorted(plainly, key=lambda number: (-plainly[number] - apart[number], number))
    plain = [number for number in ranked if plainly[number] >= PLAINLY / _THINNED]
    new = [number for number in ranked if plainly[number] and reading.authors[number] not in speakers]
    return [reading.voices[number] for number in plain or new[:1]]


def _apart(reading: Reading, cited: Collection[int], speakers: Collection[str]) -> list[Voice]:
    def how_close(pair: tuple[Voice, float]) -> tuple[bool, bool, float, int]:
        voice, centrality = pair
        says_little = len(voice.text) < _A_REMARK or reading.worth[voice.number] < 0.5
        return says_little, voice.author in speakers, centrality, voice.number

    return [voice for voice, _ in sorted(_without_line(reading, cited), key=how_close)]


def _brief(reading: Reading, cited: Collection[int]) -> list[Voice]:
    """Those without a line whose few words are hardly a quote ("Longer grants, please"): where there is room, they are
    heard too. Nods and numbers are not.
    """
    return [
        voice
        for voice in reading.voices.values()
        if voice.number not in cited
        and voice.kind != "resource"
        and 0 < reading.worth[voice.number] <= NO_QUOTE
        and len(content_words(voice.text[opening(f"{voice.text} ") :])) > 1
    ]


def _without_line(reading: Reading, cited: Collection[int]) -> list[tuple[Voice, float]]:
    """Voices that no line rests on, with how central each is."""
    pairs = [pair for topic in reading.topics for pair in zip(topic.voices, topic.centrality, strict=True)]
    return [pair for pair in pairs if pair[0].number not in cited and _is_quotable(reading, pair[0])]


def _is_quotable(reading: Reading, voice: Voice) -> bool:
    return voice.kind != "resource" and reading.worth[voice.number] > NO_QUOTE
