"""Reading a session before anything is written: what is set aside, what says the same, which language, which topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cop_bot.domain.assignment import Assignment, Voice
from cop_bot.domain.brief import Point, Receipt, Section, Topic
from cop_bot.summariser.reading.duplicates import same_as
from cop_bot.summariser.reading.grouping import TopicRead, languages_of, topics_of
from cop_bot.summariser.reading.meaning import ByWords, Meaning
from cop_bot.summariser.words.languages import content_words, words
from cop_bot.summariser.words.prompt_injection import looks_like_an_instruction
from cop_bot.summariser.words.quotes import worth_quoting
from cop_bot.summariser.words.standing import stands_alone

EMPTY = "empty"
INSTRUCTION = "looks like an instruction"

_SOON = timedelta(minutes=2)
_SEAM = 60
"""Signs on each side of where an order may have been divided."""

_NODDING = """1 ok okay this same thx thanks thank you agree agreed yes merci oui bedankt dank je eens tak ja enig
    obrigado obrigada concordo sim gracias sí si danke"""
_NODS = frozenset(_NODDING.split())
"""A contribution of nothing but these (or of signs) says nothing that could be quoted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A session as it was read. `voices` are those to write from, by number, in the order of the assignment."""

    voices: Mapping[int, Voice]
    languages: Mapping[int, str]
    """number -> the language it was recognised to be in; "" if there was no sign."""
    same_as: Mapping[int, int]
    """number -> the earlier contribution that says the same."""
    set_aside: Mapping[int, str]
    answered: frozenset[int]
    """Those to which somebody else gave feedback."""
    topics: tuple[TopicRead, ...]
    """Every one of `voices` is in exactly one; each language's largest topic comes before any second one."""
    authors: Mapping[int, str]
    """number -> who contributed it, merged ones and those set aside too."""
    worth: Mapping[int, float]
    """number -> how well its words would read in a brief (`worth_quoting`), looked at once."""
    answers: Mapping[int, int]
    """number -> the guiding question it answers, counted from 1; those that answer none in particular are not in it."""
    meaning: str = ""
    """What told which belong together: a model's name; "": their words."""

    @property
    def people(self) -> int:
        """How many members contributed."""
        return len(set(self.authors.values()))

    def topic_of(self) -> dict[int, int]:
        """number -> the position of its topic."""
        return {voice.number: at for at, topic in enumerate(self.topics) for voice in topic.voices}

    def as_shown(self) -> tuple[Topic, ...]:
        """The topics as a brief names them, with those contributions that were merged."""
        repeats: defaultdict[int, list[int]] = defaultdict(list)
        for number, first in self.same_as.items():
            repeats[first].append(number)
        shown = []
        for topic in self.topics:
            numbers = tuple(n for v in topic.voices for n in (v.number, *repeats[v.number]))
            people = len({self.authors[number] for number in numbers})
            shown.append(Topic(topic.words, topic.language, numbers, topic.label, topic.named_in, people=people))
        return tuple(shown)

    def said_by(self) -> dict[int, int]:
        """number -> how many members say it, for those that others said too."""
        authors: defaultdict[int, set[str]] = defaultdict(set)
        for number, first in self.same_as.items():
            authors[first] |= {self.authors[first], self.authors[number]}
        return {number: len(own) for number, own in authors.items()}

    def behind(self, numbers: Collection[int]) -> frozenset[int]:
        """These contributions, and those that say the same as one of them."""
        return frozenset(numbers) | {number for number, first in self.same_as.items() if first in numbers}

    def receipt(self, points: Sequence[Point]) -> Receipt:
        """Where each contribution went, if these are the points of the brief."""
        cited = {number for point in points if point.section != Section.ALSO_HEARD for number in point.cites}
        shown = {number for point in points for number in point.cites}
        merged = {n: first for n, first in self.same_as.items() if first in shown and n not in shown}
        rest = {*self.voices, *self.same_as} - shown - merged.keys()
        return Receipt(
            cited=tuple(sorted(cited)),
            merged=merged,
            also_heard=tuple(sorted(shown - cited)),
            set_aside=dict(self.set_aside),
            not_shown=tuple(sorted(rest)),
        )


def read(assignment: Assignment, meaning: Meaning | None = None) -> Reading:
    """Everything that can be known of the contributions without a model that writes."""
    meaning = meaning or ByWords()
    set_aside = {voice.number: why for voice in assignment.voices if (why := _set_aside(voice))}
    set_aside |= dict.fromkeys(_second_halves(assignment.voices, set_aside), INSTRUCTION)
    heard = [voice for voice in assignment.voices if voice.number not in set_aside]
    repeats = same_as(heard)
    voices = {voice.number: voice for voice in heard if voice.number not in repeats}
    languages = languages_of(tuple(voices.values()), assignment.language)
    if elsewhere := meaning.same_elsewhere(tuple(voices.values()), languages):
        repeats = {number: elsewhere.get(first, first) for number, first in repeats.items()} | elsewhere
        voices = {number: voice for number, voice in voices.items() if number not in elsewhere}
    known = frozenset(content_words(assignment.theme))
    return Reading(
        voices=voices,
        languages=languages,
        same_as=repeats,
        set_aside=set_aside,
        answered=_answered(heard, repeats),
        topics=topics_of(voices, languages, known, assignment.most_lines, meaning),
        authors={voice.number: voice.author for voice in assignment.voices},
        worth={number: _worth(voice) for number, voice in voices.items()},
        answers=_answers(assignment, voices, languages, meaning),
        meaning=meaning.name,
    )


def _answers(
    assignment: Assignment, voices: Mapping[int, Voice], languages: Mapping[int, str], meaning: Meaning
) -> dict[int, int]:
    """What their authors filed, and where they did not, what it seems."""
    filed = {number: voice.answers for number, voice in voices.items() if voice.answers}
    seems = meaning.answered(assignment.questions, voices, languages)
    return seems | {number: at for number, at in filed.items() if at <= len(assignment.questions)}


def _worth(voice: Voice) -> float:
    return worth_quoting(voice.text) if voice.links or stands_alone(voice.text) else 0.0


def _set_aside(voice: Voice) -> str | None:
    if looks_like_an_instruction(voice.text):
        return INSTRUCTION
    if not voice.links and _NODS.issuperset(words(voice.text)):
        return EMPTY
    return None


def _second_halves(voices: Sequence[Voice], set_aside: Collection[int]) -> Iterator[int]:
    """Those that complete an order: with what their author said just before, or with what they reply to. What they
    complete stays: it is harmless without them, and may be somebody else's.
    """
    known = {voice.number: voice for voice in voices}
    before: dict[str, Voice] = {}
    for voice in voices:
        first = {before.get(voice.author), known.get(voice.said_to) if voice.said_to is not None else None} - {None}
        before[voice.author] = voice
        for one in first:
            if one is None or voice.number in set_aside or one.number in set_aside:
                continue
            is_soon = one.number == voice.said_to or voice.at - one.at <= _SOON
            if is_soon and looks_like_an_instruction(f"{one.text[-_SEAM:]} {voice.text[:_SEAM]}"):
                yield voice.number
                break


def _answered(voices: Sequence[Voice], repeats: Mapping[int, int]) -> frozenset[int]:
    author_of = {voice.number: voice.author for voice in voices}
    feedback = [(voice.said_to, voice.author) for voice in voices if voice.kind == "feedback"]
    answered = [to for to, author in feedback if to in author_of and author_of[to] != author]
    return frozenset(repeats.get(number, number) for number in answered)
