"""Contributions that say the same in nearly the same words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from cop_bot.domain.assignment import Voice
from cop_bot.summariser.words.languages import content_words, negations, plain, words

_ALIKE = 0.8
"""The share of common three-word runs from which two texts are near duplicates."""
_ECHO = 0.6
"""The share of common words above which two lines say the same twice."""


def same_as(voices: Sequence[Voice]) -> dict[int, int]:
    """number -> number of the earlier contribution that says the same; only the later ones are in it.

    Only one kind is compared with itself, and a "not" or another number makes two statements different however
    alike they are.
    """
    first: dict[tuple[str, str], int] = {}
    repeats: dict[int, int] = {}
    unlike: list[Voice] = []
    for voice in voices:
        key = (voice.kind, " ".join(words(voice.text)) + " ".join(voice.links) or plain(voice.text))
        if key in first:
            repeats[voice.number] = first[key]
        else:
            first[key] = voice.number
            unlike.append(voice)
    near = _near(unlike)
    return near | {later: near.get(earlier, earlier) for later, earlier in repeats.items()}


def echoes(text: str, other: str) -> bool:
    """Whether two lines would say the same in mostly the same words. A "not" makes no echo."""
    own, theirs = set(content_words(text)), set(content_words(other))
    return len(own & theirs) > _ECHO * len(own | theirs) and negations(text) == negations(other)


def _near(voices: Sequence[Voice]) -> dict[int, int]:
    """Two sets that are alike to this degree share one of their rarest runs: only those are looked up."""
    runs = [_runs(voice.text) for voice in voices]
    spread = Counter(run for own in runs for run in own)
    found_in: defaultdict[str, list[int]] = defaultdict(list)
    near: dict[int, int] = {}
    for index, own in enumerate(runs):
        rarest = sorted(own, key=lambda run: (spread[run], run))[: len(own) - math.ceil(_ALIKE * len(own)) + 1]
        candidates = sorted({earlier for run in rarest for earlier in found_in[run]})
        match = _match(index, candidates, voices, runs)
        if match is not None:
            near[voices[index].number] = voices[match].number
            continue
        for run in rarest:
            found_in[run].append(index)
    return near


def _match(index: int, candidates: Iterable[int], voices: Sequence[Voice], runs: list[frozenset[str]]) -> int | None:
    for other in candidates:
        shared = len(runs[index] & runs[other])
        if shared < _ALIKE * (len(runs[index]) + len(runs[other]) - shared):
            continue
        if _says_the_same(voices[index], voices[other]):
            return other
    return None


def _says_the_same(one: Voice, other: Voice) -> bool:
    return (
        one.kind == other.kind
        and one.links == other.links
        and negations(one.text) == negations(other.text)
        and _numbers(one.text) == _numbers(other.text)
    )


def _numbers(text: str) -> list[str]:
    return [word for word in words(text) if any(sign.isdigit() for sign in word)]


def _runs(text: str) -> frozenset[str]:
    found = words(text)
    return frozenset(" ".join(found[start : start + 3]) for start in range(len(found) - 2))
