"""The summariser that needs nothing: no model, no network, no key. It writes nothing of its own, it chooses quotes."""

from __future__ import annotations

import asyncio

from cop_bot.domain.assignment import Assignment, Voice
from cop_bot.domain.brief import Brief, Point, Section
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.ports import Estimate, Progress
from cop_bot.summariser.assembly import assemble
from cop_bot.summariser.by_rule import in_their_words
from cop_bot.summariser.findings import collect
from cop_bot.summariser.grouping import TopicRead
from cop_bot.summariser.languages import content_words, negations
from cop_bot.summariser.quotes import quote
from cop_bot.summariser.reading import Reading, read
from cop_bot.summariser.vectors import weigh

MOST_POINTS = 6
_LINE = 40
"""Words of a quote at most, before it is known how many lines there are."""
_WEIGHT = {"lesson": 1.15, "idea": 1.0, "feedback": 0.9}
"""How much a kind speaks for a topic: a lesson sums up, feedback leans on what it replies to.

Other kinds have sections of their own."""
_ECHO = 0.6
"""The share of common words above which two contributions would make the same line twice."""
_NEARLY_AS_GOOD = 0.7
"""A member who has no line yet is preferred to one who has, down to this share of the best one's worth."""


class OfflineSummariser:
    """Chooses the most central quote of each topic; the same contributions always give the same brief."""

    name = "offline"

    async def estimate(self, assignment: Assignment) -> Estimate:
        """Nothing: no model is asked."""
        del assignment
        return Estimate()

    async def summarise(self, assignment: Assignment, progress: Progress | None = None) -> Brief:
        """The brief, in the members' own words. Who contradicts whom is left to the reader rather than guessed."""
        brief = await asyncio.to_thread(write, assignment)
        if progress:
            progress(1, 1)
        return brief

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        """The first lines of each brief, as they stand there."""
        return collect(assignment)


def write(assignment: Assignment) -> Brief:
    """What `OfflineSummariser` does, without waiting for a thread."""
    reading = read(assignment)
    return assemble(assignment, reading, candidates(reading), OfflineSummariser.name)


def candidates(reading: Reading) -> list[Point]:
    """One main point a topic, then one idea a topic and so on."""
    used: list[Voice] = []
    for topic in reading.topics:
        if voice := _speaker(topic, used, tuple(_WEIGHT)):
            used.append(voice)
    main = len(used)
    for topic in (*reading.topics, *reading.topics):
        if voice := _speaker(_without_echoes(topic, used), used, ("idea",)):
            used.append(voice)
    return [
        in_their_words(
            reading, Section.MAIN_POINTS if at < main else Section.IDEAS, voice, _quoted(voice, _LINE, reading)
        )
        for at, voice in enumerate(used)
    ]


def _without_echoes(topic: TopicRead, used: list[Voice]) -> TopicRead:
    """The topic without those who say, in other words, what is already a line. A "not" makes no echo."""
    pairs = zip(topic.voices, topic.centrality, strict=True)
    fresh = [pair for pair in pairs if not any(_echoes(pair[0], other) for other in used)]
    return TopicRead(tuple(voice for voice, _ in fresh), tuple(centrality for _, centrality in fresh))


def _echoes(voice: Voice, other: Voice) -> bool:
    own, theirs = set(content_words(voice.text)), set(content_words(other.text))
    return len(own & theirs) > _ECHO * len(own | theirs) and negations(voice.text) == negations(other.text)


def _speaker(topic: TopicRead, used: list[Voice], kinds: tuple[str, ...]) -> Voice | None:
    """Whose words stand for the topic, of those not used yet; None if there is nobody of these kinds."""
    worth = {
        voice.number: (centrality + 0.01) * _WEIGHT[voice.kind] * _length_worth(voice)
        for voice, centrality in zip(topic.voices, topic.centrality, strict=True)
        if voice.kind in kinds and voice not in used and voice.text.strip()
    }
    if not worth:
        return None
    heard = {voice.author for voice in used}
    good = [voice for voice in topic.voices if worth.get(voice.number, 0) >= _NEARLY_AS_GOOD * max(worth.values())]
    return min(good, key=lambda voice: (voice.author in heard, -worth[voice.number], voice.number))


def _length_worth(voice: Voice) -> float:
    words = len(voice.text.split())
    return 0.7 if words < 6 else 1.0 if words <= 40 else 0.85


def _quoted(voice: Voice, words: int, reading: Reading) -> str:
    """From a long contribution the sentence nearest to what the topic has in common."""
    topic = next(topic for topic in reading.topics if voice in topic.voices)
    common = weigh([[word for other in topic.voices[:20] for word in content_words(other.text)]])[0]
    return quote(voice.text, words, common)
