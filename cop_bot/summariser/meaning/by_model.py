"""What belongs together, by a model of meaning: across words, and for the same wish across languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from cop_bot.domain.assignment import Question, Voice
from cop_bot.summariser.meaning.clustering import Matrix, clustered, normed
from cop_bot.summariser.reading.guiding import answered_questions
from cop_bot.summariser.reading.phrases import Phrase, candidates, distinct
from cop_bot.summariser.reading.topics import Cluster
from cop_bot.summariser.words.languages import LANGUAGES
from cop_bot.summariser.words.literals import hard
from cop_bot.summariser.words.negation import denies_something

_SAME_OF_FEW, _SAME = 0.5, 0.68
_FEW, _MANY = 2, 12
"""How near two wishes in two languages are, once what is common to each language is taken off; the more texts of a
language there are, the nearer come those that only share a subject. Measured on twelve wishes in seven languages: of
two, four, eight and twelve of them no two different ones are nearer than .18, .45, .62 and .64."""
_LARGE = 4
"""Texts of a topic that may have its name from one of them alone."""
_SHRINKING = 5
"""So many texts of a language weigh as much as what is known of it: a few don't show what is common to them."""
_ANSWERS = 0.03
"""How near a contribution is to a question at the least, and"""
_CLEARLY = 0.01
"""how much nearer than to the next."""
_BY_WORDS = 0.3
"""What words in common count beside that."""


class Embedder(Protocol):
    """Gives texts as directions."""

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def centres(self) -> Mapping[str, Matrix]:
        """Language -> in which direction all its texts tend; empty where nobody has measured it."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""


class ByModel:
    """By what an embedding model makes of the texts. Each text is looked at once."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._known: dict[str, Matrix] = {}

    def topics(self, texts: Sequence[str], stems: Sequence[Sequence[str]], count: int) -> list[Cluster]:
        """By neighbours in meaning."""
        del stems
        return clustered(_centred(self._rows(texts)), count) if texts else []

    def phrases(self, topics: Sequence[Sequence[str]], language: str, known: frozenset[str]) -> list[Phrase]:
        """Of the phrases that set a topic apart by their words, those nearest to the whole of it."""
        found = candidates(topics, language, known)
        self._rows([phrase.text for several in found for phrase, _ in several])
        everything = self._rows([text for texts in topics for text in texts]).mean(axis=0) if topics else None
        ranked = []
        for texts, several in zip(topics, found, strict=True):
            middle = self._rows(texts).mean(axis=0) - everything
            names = self._rows([phrase.text for phrase, _ in several])
            names = names - names.mean(axis=0) if len(names) else names
            near = [float(row @ middle) / (float(np.linalg.norm(row) * np.linalg.norm(middle)) + 1e-9) for row in names]
            worth = {at: (1 + near[at]) ** 2 * several[at][1] for at in range(len(several))}
            order = sorted(worth, key=lambda at: (-round(worth[at], 5), at))
            ranked.append([several[at][0] for at in order if len(texts) >= _LARGE or len(several[at][0].found_in) > 1])
        return distinct(ranked)

    def same_elsewhere(self, voices: Sequence[Voice], languages: Mapping[int, str]) -> dict[int, int]:
        """Each other's nearest in two languages of ours, near enough, both or neither of them denying something, and
        with the same figures.
        """
        known = [voice for voice in voices if languages[voice.number] in LANGUAGES and not voice.links]
        spoken = [languages[voice.number] for voice in known]
        if len(set(spoken)) < 2:
            return {}
        rows = _without_language(self._rows([voice.text for voice in known]), spoken, self._embedder.centres)
        alike = rows @ rows.T
        code = np.array([sorted(set(spoken)).index(one) for one in spoken])
        alike[code[:, None] == code[None, :]] = -1
        found: dict[int, int] = {}
        enough = _enough(spoken)
        for later in range(len(known)):
            for earlier in np.argsort(-alike[later, :later], kind="stable")[: len(LANGUAGES)].tolist():
                if alike[later, earlier] < enough:
                    break
                if _is_nearest(alike, code, later, earlier) and _agree(
                    known[later], known[earlier], spoken[later], spoken[earlier]
                ):
                    first = known[earlier].number
                    found[known[later].number] = found.get(first, first)
                    break
        return found

    def answered(
        self, questions: Sequence[Question], voices: Mapping[int, Voice], languages: Mapping[int, str]
    ) -> dict[int, int]:
        """The question that is clearly the nearest, words in common counting a little."""
        if not questions or not voices:
            return {}
        by_words = answered_questions(questions, voices, languages)
        order = list(voices)
        rows = self._rows([voices[number].text for number in order])
        asked = self._rows([question.text for question in questions])
        if len(questions) > 1:
            rows, asked = _centred(rows), normed(asked - asked.mean(axis=0))
            near = rows @ asked.T
        else:
            near = rows @ asked.T - 1
        found = {}
        for place, number in enumerate(order):
            scores = near[place].astype(np.float64)
            if number in by_words:
                scores[by_words[number] - 1] += _BY_WORDS
            best = np.argsort(-scores, kind="stable")
            second = scores[best[1]] if len(questions) > 1 else 0.0
            if scores[best[0]] >= _ANSWERS and scores[best[0]] >= second + _CLEARLY:
                found[number] = int(best[0]) + 1
        return found

    def _rows(self, texts: Sequence[str]) -> Matrix:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._embedder.embed(new), strict=True))
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])


def _enough(spoken: Sequence[str]) -> float:
    """How near the same is at least, where so many texts of each language are there."""
    each = len(spoken) / len(set(spoken))
    return _SAME_OF_FEW + (_SAME - _SAME_OF_FEW) * max(0.0, min(1.0, (each - _FEW) / (_MANY - _FEW)))


def _centred(rows: Matrix) -> Matrix:
    return normed(rows - rows.mean(axis=0)) if len(rows) > 1 else rows


def _without_language(rows: Matrix, spoken: Sequence[str], known: Mapping[str, Matrix]) -> Matrix:
    """The rows without what is common to all texts of their language; what is `known` of it counts as much as a few
    texts.
    """
    languages = list(dict.fromkeys(spoken))
    nothing = np.zeros(rows.shape[1], dtype=np.float32)
    usual = np.stack([known.get(code, nothing) for code in languages])
    usual = usual - usual.mean(axis=0)
    codes, taken = np.array(spoken), np.empty_like(rows)
    for code, tends in zip(languages, usual, strict=True):
        own = codes == code
        expected = rows.mean(axis=0) + tends
        taken[own] = (rows[own].sum(axis=0) + _SHRINKING * expected) / (own.sum() + _SHRINKING)
    return normed(rows - taken)


def _is_nearest(alike: Matrix, code: Matrix, later: int, earlier: int) -> bool:
    """Whether neither has anything nearer in the language of the other."""
    row = np.where(code == code[earlier], alike[later], -1)
    column = np.where(code == code[later], alike[earlier], -1)
    return int(row.argmax()) == earlier and int(column.argmax()) == later


def _agree(one: Voice, other: Voice, language: str, its_language: str) -> bool:
    return (
        one.kind == other.kind
        and hard(one.text, language) == hard(other.text, its_language)
        and denies_something(one.text, language) == denies_something(other.text, its_language)
    )
