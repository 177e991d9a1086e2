"""A brief without a model: nothing of it is written, quotes are chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from cop_bot.domain.assignment import Assignment, Voice
from cop_bot.domain.brief import Brief, Point, Section
from cop_bot.summariser.choosing.assembly import MOST_NEXT_STEPS, assemble
from cop_bot.summariser.choosing.by_rule import in_their_words
from cop_bot.summariser.reading.grouping import TopicRead
from cop_bot.summariser.reading.meaning import ByWords, Meaning
from cop_bot.summariser.reading.reading import Reading, read
from cop_bot.summariser.words.languages import content_words
from cop_bot.summariser.words.proposals import proposal, proposes
from cop_bot.summariser.words.quotes import NO_QUOTE, quote
from cop_bot.summariser.words.vectors import Vector, weigh

OFFLINE = "offline"
"""Who has written a brief that no model did."""
_LINE = 40
"""Words of a quote at most, before it is known how many lines there are."""
_WEIGHT = {"lesson": 1.15, "idea": 1.0, "feedback": 0.9}
"""How much a kind speaks for a topic: a lesson sums up, feedback leans on what it replies to.

Other kinds have sections of their own."""
_AN_ANSWER = 1.2
_NAMED = 0.5
"""How much having the words that the topic is called by speaks for a contribution: its line stands beneath them."""
_NEARLY_AS_GOOD = 0.6
"""A member who has no line yet is preferred to one who has, down to this share of the best one's worth."""
_LOOKED_AT = 60
"""The voices of a topic that may get a line: those that stand for it the best."""
_ANSWERING = (Section.MAIN_POINTS, Section.IDEAS)
_ROUNDS = 2
"""Ideas that a topic may offer beyond its first line."""


def write(assignment: Assignment, meaning: Meaning | None = None) -> Brief:
    """The brief, in the members' own words. Who contradicts whom is left to the reader rather than guessed."""
    reading = read(assignment, meaning or ByWords())
    return assemble(assignment, reading, candidates(reading), OFFLINE)


def candidates(reading: Reading) -> list[Point]:
    """One main point a guiding question that is answered and one a topic, then what members propose to do, then further
    ideas of the topics in turn.
    """
    said_by = reading.said_by()
    asked = {voice.number for voice in reading.voices.values() if voice.kind == "question"}
    ranked = [_ranked(topic, said_by, reading.worth, asked) for topic in reading.topics]
    topics_in = Counter(topic.language for topic in reading.topics)
    chosen = _Chosen(reading)
    for question in sorted(set(reading.answers.values())):
        own = [pair for pairs in ranked for pair in pairs if reading.answers.get(pair[0].number) == question]
        filed = [pair for pair in own if pair[0].answers]
        chosen.add(Section.MAIN_POINTS, sorted(filed or own, key=lambda pair: -pair[1]), tuple(_WEIGHT))
    for topic, pairs in zip(reading.topics, ranked, strict=True):
        is_all_of_its_language = topics_in[topic.language] == 1
        chosen.add(
            Section.MAIN_POINTS, pairs if is_all_of_its_language else _readable(pairs, reading.worth), tuple(_WEIGHT)
        )
    proposing = [[(voice, worth) for voice, worth in pairs if proposes(voice.text)] for pairs in ranked]
    for pairs in sorted(proposing, key=lambda pairs: -max((worth for _, worth in pairs), default=0.0)):
        chosen.add(Section.NEXT_STEPS, pairs, ("idea", "lesson", "feedback"))
    for pairs in ranked * _ROUNDS:
        chosen.add(Section.IDEAS, _readable(pairs, reading.worth), ("idea",))
    return chosen.points()


def _ranked(
    topic: TopicRead, said_by: Mapping[int, int], worth: Mapping[int, float], asked: Collection[int]
) -> list[tuple[Voice, float]]:
    """Who may stand for a topic, and how well: what several members say counts for all of them."""
    named = frozenset(content_words(topic.label))
    pairs = [
        (
            voice,
            (centrality + 0.01)
            * _weight(voice, asked)
            * worth[voice.number]
            * said_by.get(voice.number, 1)
            * _names(voice, named),
        )
        for voice, centrality in zip(topic.voices, topic.centrality, strict=True)
        if voice.kind in _WEIGHT and worth[voice.number]
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0].number))[:_LOOKED_AT]


def _names(voice: Voice, named: frozenset[str]) -> float:
    return 1 + _NAMED * len(named & set(content_words(voice.text))) / len(named) if named else 1.0


def _weight(voice: Voice, asked: Collection[int]) -> float:
    """What answers a question says most in a discussion: it is shown with the question."""
    return _AN_ANSWER if voice.said_to in asked else _WEIGHT[voice.kind]


def _readable(pairs: Sequence[tuple[Voice, float]], worth: Mapping[int, float]) -> list[tuple[Voice, float]]:
    return [pair for pair in pairs if worth[pair[0].number] > NO_QUOTE]


class _Chosen:
    """Those who get a line, in the order in which they were chosen."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._topic_of = reading.topic_of()
        self._voices: list[tuple[Section, Voice]] = []
        self._common: dict[int, Vector] = {}

    def add(self, section: Section, pairs: Sequence[tuple[Voice, float]], kinds: tuple[str, ...]) -> None:
        """The best of these, somebody new where they are nearly as good; nobody if all of them have a line."""
        there = {voice for _, voice in self._voices}
        left = [(voice, worth) for voice, worth in pairs if voice.kind in kinds and voice not in there]
        if not left:
            return
        heard = {voice.author for voice in there}
        least = _NEARLY_AS_GOOD * max(worth for _, worth in left)
        good = [(voice, worth) for voice, worth in left if worth >= least]
        best = min(good, key=lambda pair: (pair[0].author in heard, -pair[1], pair[0].number))[0]
        self._voices.append((section, best))

    def points(self) -> list[Point]:
        """What they say, as candidates for a brief. Who proposes to do something has a next step, two at most."""
        points = [self._point(section, voice) for section, voice in self._voices]
        steps = [at for at, (_, voice) in enumerate(self._voices) if proposes(voice.text)][:MOST_NEXT_STEPS]
        return [
            self._point(Section.NEXT_STEPS, self._voices[at][1])
            if at in steps
            else self._point(Section.IDEAS, self._voices[at][1])
            if point.section == Section.NEXT_STEPS
            else point
            for at, point in enumerate(points)
        ]

    def _point(self, section: Section, voice: Voice) -> Point:
        about = proposal if section == Section.NEXT_STEPS else None
        text = quote(voice.text, _LINE, self._towards(voice), about)
        point = in_their_words(self._reading, section, voice, text)
        answers = self._reading.answers.get(voice.number) if section in _ANSWERING else None
        return replace(point, answers=answers)

    def _towards(self, voice: Voice) -> Vector:
        """What the topic has in common: from a long contribution the sentence nearest to it is quoted."""
        at = self._topic_of[voice.number]
        if at not in self._common:
            self._common[at] = _common(self._reading.topics[at].voices[:20])
        return self._common[at]


def _common(voices: Iterable[Voice]) -> Vector:
    return weigh([[word for voice in voices for word in content_words(voice.text)]])[0]
