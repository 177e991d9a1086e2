"""What a topic is called: a phrase of two to four words that its members used."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from cop_bot.languages import every
from cop_bot.summariser.words.everyday import is_everyday
from cop_bot.summariser.words.languages import URL, WORD, content_words, is_function_word, negations, plain

_SHORTEST, _LONGEST = 2, 4
_READ = 80
"""Contributions of a topic, the most central ones, that are looked at."""
_NAMES_A_THING = 1.6
"""After "the" or "of" stands what is spoken of; after "to" or "should" what is done."""
_DOES_SOMETHING = 0.3
_LESS_CENTRAL = 0.02
"""How much a phrase loses for each text that is more central than the first that has it."""
_CANDIDATES, _LOOKED_AT = 30, 300
_SPEAKING = 1 / 3
"""The share of a topic's texts that have a word of its name at least."""
_OF_EACH = 1 / 5
"""The share that have the rarest word of it."""
_APART = re.compile(r"[.,;:!?()\[\]{}«»“”\"…–—/|]+|\s-\s")
_KNOWN = every()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Its words, the first spelling of most, and the places of the texts that have it; "" where there is none."""

    text: str
    found_in: tuple[int, ...] = ()


@dataclass(slots=True)
class _Candidate:
    found_in: list[int] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)
    standing: list[float] = field(default_factory=list)

    def worth(self, telling: float) -> float:
        """How well it names the topic: `telling` is how much its words set it apart."""
        names = sum(self.standing) / len(self.standing)
        return telling * names * math.sqrt(len(self.found_in)) / (1 + _LESS_CENTRAL * self.found_in[0])

    def phrase(self) -> Phrase:
        return Phrase(self.spellings.most_common(1)[0][0], tuple(self.found_in))


def phrases(topics: Sequence[Sequence[str]], language: str, known: frozenset[str]) -> list[Phrase]:
    """One for each topic of one language, given as its texts, the most central first; no two are the same.

    The best is the one most of whose words set the topic apart, which several texts have, and which reads like the name
    of a thing. What consists of the stems that are `known` names nothing; what one text alone has may be anything.
    """
    shared = [
        [phrase for phrase, _ in ranked if len(phrase.found_in) > 1] for ranked in candidates(topics, language, known)
    ]
    return distinct(shared)


def distinct(ranked: Sequence[Sequence[Phrase]]) -> list[Phrase]:
    """The first of each that no other has taken."""
    found: list[Phrase] = []
    taken: set[str] = set()
    for several in ranked:
        best = next((phrase for phrase in several if phrase.text.casefold() not in taken), Phrase(""))
        taken.add(best.text.casefold())
        found.append(best)
    return found


def candidates(
    topics: Sequence[Sequence[str]], language: str, known: frozenset[str]
) -> list[list[tuple[Phrase, float]]]:
    """The phrases that may name each topic and how well they do, the best first."""
    own = [Counter(stem for text in texts for stem in dict.fromkeys(_stems(text, language))) for texts in topics]
    over_all = Counter[str]()
    for counted in own:
        over_all.update(counted)
    usual = over_all.total() / max(1, len(own))
    weights = [{stem: times * math.log(1 + usual / over_all[stem]) for stem, times in each.items()} for each in own]
    return [_ranked(texts[:_READ], each, language, known) for texts, each in zip(topics, weights, strict=True)]


def _ranked(
    texts: Sequence[str], weights: Mapping[str, float], language: str, known: frozenset[str]
) -> list[tuple[Phrase, float]]:
    found: defaultdict[tuple[str, ...], _Candidate] = defaultdict(_Candidate)
    for place, text in enumerate(texts):
        for stems, words, standing in _phrases(text, language):
            if known.issuperset(stems):
                continue
            one = found[stems]
            one.spellings[words] += 1
            one.standing.append(standing)
            if place not in one.found_in[-1:]:
                one.found_in.append(place)
    worth = {
        stems: one.worth(sum(weights.get(stem, 0.0) for stem in stems) / len(stems)) for stems, one in found.items()
    }
    speaking = [frozenset(_stems(text, language)) for text in texts]
    ranked = sorted(worth, key=lambda stems: (-worth[stems], stems))[:_LOOKED_AT]
    best = [stems for stems in ranked if _stands_for(stems, speaking)][:_CANDIDATES]
    return [(found[stems].phrase(), worth[stems]) for stems in best]


def _stands_for(stems: Sequence[str], speaking: Sequence[frozenset[str]]) -> bool:
    """Whether enough of the texts speak of it, and several of each part of it: a theme named after one opinion, or
    after one of the places that were named, would be counted as held by all.
    """
    spoken = sum([not own.isdisjoint(stems) for own in speaking])
    rarest = min(sum([stem in own for own in speaking]) for stem in stems)
    return spoken >= _SPEAKING * len(speaking) and rarest >= max(min(2, len(speaking)), _OF_EACH * len(speaking))


def _stems(text: str, language: str) -> list[str]:
    return [stem for word in WORD.findall(URL.sub(" ", plain(text))) if (stem := _stem(word, language))]


def _phrases(text: str, language: str) -> Iterator[tuple[tuple[str, ...], str, float]]:
    """The phrases of a text, each by its stems, as it is written there, and how much it looks like a thing's name."""
    linking, verbs, capital_nouns, infinitives = _of(language)
    for part in _APART.split(URL.sub(" . ", plain(text))):
        words = WORD.findall(part)
        content = [_stem(word, language) for word in words]
        for start in range(len(words)):
            for end in range(start + _SHORTEST, min(start + _LONGEST, len(words)) + 1):
                inside = zip(words[start + 1 : end - 1], content[start + 1 : end - 1], strict=True)
                if not (content[start] and content[end - 1]) or verbs & {content[start], content[end - 1]}:
                    continue
                if capital_nouns and not words[end - 1][0].isupper():
                    continue
                if not all(stem or word.casefold() in linking for word, stem in inside):
                    continue
                stems = tuple(stem for stem in content[start:end] if stem)
                before = words[start - 1].casefold() if start else ""
                standing = _standing(before, linking)
                if words[end - 1].casefold().endswith(infinitives) and content[end - 2]:
                    standing *= _DOES_SOMETHING  # "the villages choose", where "the right to choose" names a thing
                yield stems, " ".join(_uncapped(words[start:end], start)), standing


@cache
def _of(language: str) -> tuple[frozenset[str], frozenset[str], bool, tuple[str, ...]]:
    """The linking words of a language, the stems of its common verbs, whether its nouns have capitals, and how verbs
    end.
    """
    known = _KNOWN.get(language)
    if known is None:
        return frozenset(), frozenset(), False, ()
    verbs = frozenset(stem for verb in known.verbs for stem in content_words(verb))
    return known.linking, verbs, known.capital_nouns, known.infinitives


def _standing(before: str, linking: frozenset[str]) -> float:
    if before in linking:
        return _NAMES_A_THING
    return _DOES_SOMETHING if before and is_function_word(before) else 1.0


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    """Of a word that names something; "" for any other."""
    known = _KNOWN.get(language)
    folded = word.casefold()
    if is_everyday(folded, language) or negations(word) or (known is not None and folded in known.numerals):
        return ""
    return next(iter(content_words(word)), "")


def _uncapped(words: Sequence[str], start: int) -> list[str]:
    """At the beginning of a sentence a capital says nothing, unless the next word has one; an abbreviation stays."""
    first, second, *_ = words
    return [first.lower() if start == 0 and first[1:].islower() and second[0].islower() else first, *words[1:]]
