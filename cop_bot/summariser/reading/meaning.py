"""What belongs together: the port, and the twin that goes by words alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from cop_bot.domain.assignment import Question, Voice
from cop_bot.summariser.reading.guiding import answered_questions
from cop_bot.summariser.reading.phrases import Phrase, phrases
from cop_bot.summariser.reading.topics import Cluster, find_topics


class Meaning(Protocol):
    """Tells what belongs together. The same texts always give the same answer."""

    @property
    def name(self) -> str:
        """What readers are told of it; "" where there is nothing to tell."""

    def topics(self, texts: Sequence[str], stems: Sequence[Sequence[str]], count: int) -> list[Cluster]:
        """The topics of texts in one language, also given as their content words: at most `count`, every text in
        exactly one of them, the largest first, then those that are large and far from all before.
        """

    def phrases(self, topics: Sequence[Sequence[str]], language: str, known: frozenset[str]) -> list[Phrase]:
        """What each topic of one language is called, given as its texts, the most central first. `known` are words
        that stand everywhere.
        """

    def same_elsewhere(self, voices: Sequence[Voice], languages: Mapping[int, str]) -> dict[int, int]:
        """number -> number of the earlier contribution that says the same in another language."""

    def answered(
        self, questions: Sequence[Question], voices: Mapping[int, Voice], languages: Mapping[int, str]
    ) -> dict[int, int]:
        """number -> the guiding question it answers, counted from 1; what is close to none or to several is not in
        it.
        """


class ByWords:
    """By the words that texts share: needs nothing, and knows no word of another language."""

    name = ""

    def topics(self, texts: Sequence[str], stems: Sequence[Sequence[str]], count: int) -> list[Cluster]:
        """By neighbours and words that set apart."""
        del texts
        return find_topics(stems, count)

    def phrases(self, topics: Sequence[Sequence[str]], language: str, known: frozenset[str]) -> list[Phrase]:
        """By how often members used them, and nobody else."""
        return phrases(topics, language, known)

    def same_elsewhere(self, voices: Sequence[Voice], languages: Mapping[int, str]) -> dict[int, int]:
        """Words tell nothing of that."""
        del voices, languages
        return {}

    def answered(
        self, questions: Sequence[Question], voices: Mapping[int, Voice], languages: Mapping[int, str]
    ) -> dict[int, int]:
        """By the words of one question that the others don't have."""
        return answered_questions(questions, voices, languages)
