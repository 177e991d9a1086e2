"""Texts as vectors: how much of what they speak of, so that closeness in meaning is an angle.

Everything is summed in the order of the texts, never of a set: the same contributions give the same summary
everywhere.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest

Vector = dict[str, float]
"""word -> weight, of length 1 (or empty)."""


def normed(weights: Vector, keep: int | None = None) -> Vector:
    """The vector at length 1, cut to its `keep` heaviest words first."""
    if keep is not None and len(weights) > keep:
        weights = dict(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:keep])
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def closeness(one: Vector, other: Vector) -> float:
    """The cosine of the angle: 1 for the same direction, 0 for nothing in common."""
    if len(one) > len(other):
        one, other = other, one
    total, get = 0.0, other.get
    for word, weight in one.items():  # a sum over a generator takes twice as long, and this is asked for most
        if its_weight := get(word):
            total += weight * its_weight
    return total


def middle(vectors: Iterable[Vector], keep: int = 200) -> Vector:
    """The direction in which these vectors point together."""
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for word, weight in vector.items():
            total[word] += weight
    return normed(total, keep)


def weigh(texts: Sequence[Sequence[str]]) -> list[Vector]:
    """Each text's words weighed by how often they stand in it and how rare they are elsewhere (tf-idf)."""
    spread = Counter(word for text in texts for word in dict.fromkeys(text))
    rarity = {word: math.log((1 + len(texts)) / (1 + count)) + 1 for word, count in spread.items()}
    return [
        normed({word: (1 + math.log(count)) * rarity[word] for word, count in Counter(text).items()}) for text in texts
    ]


def blend(vectors: Sequence[Vector], neighbours: int = 10) -> list[Vector]:
    """Each vector together with its nearest neighbours'.

    Short contributions on the same thing often share no word; through their neighbours they do.
    """
    found_in: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, vector in enumerate(vectors):
        for word, weight in vector.items():
            found_in[word].append((index, weight))
    common = min(150, len(vectors) // 4 + 5)  # a word in more texts than this tells nothing and costs the most
    rare = {word: places for word, places in found_in.items() if len(places) <= common}
    return [_with_neighbours(index, vectors, rare, neighbours) for index in range(len(vectors))]


def _with_neighbours(
    index: int, vectors: Sequence[Vector], rare: dict[str, list[tuple[int, float]]], neighbours: int
) -> Vector:
    near: defaultdict[int, float] = defaultdict(float)
    for word, weight in vectors[index].items():
        for other, its_weight in rare.get(word, ()):
            near[-other] += weight * its_weight
    near.pop(-index, None)
    blended = defaultdict(float, vectors[index])
    # The positions are negative so that of equally near ones the first wins without a slow key function.
    for similarity, other in nlargest(neighbours, zip(near.values(), near, strict=True)):
        for word, weight in vectors[-other].items():
            blended[word] += similarity * weight
    return normed(blended, keep=40)
