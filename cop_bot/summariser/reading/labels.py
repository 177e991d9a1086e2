"""What sets a topic apart from the others, in the members' own words (c-TF-IDF)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

from cop_bot.summariser.words.everyday import is_everyday
from cop_bot.summariser.words.languages import spelled
from cop_bot.summariser.words.quotes import sentences

_WORDS = 3
_CANDIDATES = 12
_READ = 200
"""Contributions of a topic, the most central ones, whose spelling is looked at."""


def labels(
    topics: Sequence[Sequence[Sequence[str]]], spelling: Sequence[Sequence[str]], language: str
) -> list[tuple[str, ...]]:
    """Up to three words for each topic of one language, the strongest first.

    A topic is given as its contributions, each as its content words, and `spelling` as their texts in the same order,
    the most central first. In a topic of four contributions or more a word that only one of them has says nothing.
    """
    own = [Counter(word for text in topic for word in dict.fromkeys(text)) for topic in topics]
    over_all = Counter[str]()
    for counted in own:
        over_all.update(counted)
    usual = over_all.total() / max(1, len(own))
    found = []
    for topic, counted, texts in zip(topics, own, spelling, strict=True):
        least = 2 if len(topic) >= 4 else 1
        worth = {w: times * math.log(1 + usual / over_all[w]) for w, times in counted.items() if times >= least}
        strongest = sorted(worth, key=lambda word: (-worth[word], word))[:_CANDIDATES]
        words = _as_written(strongest, texts[:_READ])
        found.append(tuple(word for word in words if not is_everyday(word.casefold(), language))[:_WORDS])
    return found


def _as_written(stems: Collection[str], texts: Sequence[str]) -> list[str]:
    """The commonest spelling of each stem. At the beginning of a sentence a capital says nothing."""
    spellings: dict[str, Counter[str]] = {stem: Counter() for stem in stems}
    for sentence in (sentence for text in texts for sentence in sentences(text)):
        for stem, word in spelled(sentence):
            if stem in spellings:
                spellings[stem][word.lower() if sentence.startswith(word) else word] += 1
    return [counted.most_common(1)[0][0] for counted in spellings.values() if counted]
