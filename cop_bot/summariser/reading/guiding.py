"""Which guiding question a contribution answers, by the words it shares with one question and not with the others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from cop_bot.domain.assignment import Question, Voice
from cop_bot.summariser.words.everyday import is_everyday
from cop_bot.summariser.words.languages import LANGUAGES, language_of, spelled

_CLOSE = 0.25
"""The share of a question's weight that a contribution has to take up; less is chance."""
_CLEARLY = 1.2
"""How much closer the first question has to be than the second."""
_BY_REPLY = 0.5
"""What it replies to counts half: it says what the reply is about."""

Weights = dict[str, float]
_NO_WORDS: frozenset[str] = frozenset()


def answered_questions(
    questions: Sequence[Question], voices: Mapping[int, Voice], languages: Mapping[int, str]
) -> dict[int, int]:
    """number -> the guiding question it answers, counted from 1; those that are close to none or to several are not
    in it.
    """
    if not questions:
        return {}
    found: dict[int, int] = {}
    words = {number: _words([voice.text], languages[number]) for number, voice in voices.items()}
    for language in dict.fromkeys(languages.values()):
        own = [voice for number, voice in voices.items() if languages[number] == language]
        asked = [_words(_wordings(question, language), language) for question in questions]
        weighed = _weighed(asked, Counter(word for voice in own for word in words[voice.number]), len(own))
        for voice in own:
            replied_to = words.get(voice.said_to, _NO_WORDS) if voice.said_to is not None else _NO_WORDS
            if answer := _answer(words[voice.number], replied_to, weighed):
                found[voice.number] = answer
    return found


def _answer(own: frozenset[str], replied_to: frozenset[str], asked: Sequence[Weights]) -> int | None:
    scores = [
        sum(weight * (1.0 if word in own else _BY_REPLY if word in replied_to else 0.0) for word, weight in one.items())
        for one in asked
    ]
    first, second = sorted((*scores, 0.0), reverse=True)[:2]
    return scores.index(first) + 1 if first >= _CLOSE and first >= _CLEARLY * second else None


def _wordings(question: Question, language: str) -> list[str]:
    """The question as it was asked in this language; where the language is not known or none of ours, in all."""
    wordings = list(dict.fromkeys((*question.wordings, question.text)))
    return [wording for wording in wordings if language not in LANGUAGES or language_of(wording) in {language, ""}]


def _words(texts: Sequence[str], language: str) -> frozenset[str]:
    pairs = (pair for text in texts for pair in spelled(text))
    return frozenset(stem for stem, word in pairs if not is_everyday(word.casefold(), language))


def _weighed(questions: Sequence[frozenset[str]], used: Counter[str], voices: int) -> list[Weights]:
    """The words of each question with how much they set it apart, from the others and from what everybody says; 1 in
    all.
    """
    spread = Counter(word for words in questions for word in words)
    weighed = []
    for words in questions:
        worth = {
            word: math.log((1 + len(questions)) / spread[word]) * math.log(2 + voices / (1 + used[word]))
            for word in sorted(words)
        }
        total = sum(worth.values()) or 1.0
        weighed.append({word: weight / total for word, weight in worth.items()})
    return weighed
