"""What the contributions are about: topics, found without a model.

Spherical k-means over tf-idf vectors that were blended twice with their neighbours; the best of three fixed starts.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import ne

from cop_bot.summariser.words.vectors import Vector, blend, closeness, middle, weigh

_STARTS = 3
_STARTS_OF_MANY = 2
"""The more texts, the less the start matters and the more it costs."""
_ROUNDS = 12
_FEW = 8
"""Up to so many texts, neighbours say nothing."""
_MANY = 3000
"""From so many on, blending would take too long, and words meet often enough without."""
_SEEDED_FROM = 2000
_TOO_LARGE = 0.4
"""Of all texts: a topic of more is no topic while others are of one text."""
_FAR = 2
"""How much distance counts against size."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One topic: the positions of its texts, the most central first, and how central each is (0 to 1)."""

    members: tuple[int, ...]
    centrality: tuple[float, ...]
    centre: Vector = field(default_factory=dict)
    """Where they point together, by words; empty where something else told."""


def find_topics(texts: Sequence[Sequence[str]], count: int) -> list[Cluster]:
    """The topics of texts in one language (each given as its content words), at most `count`.

    Every text is in exactly one topic. The largest comes first, then those that are large and far from all before.
    """
    if not texts:
        return []
    vectors = weigh(texts)
    if _FEW < len(vectors) <= _MANY:
        vectors = blend(blend(vectors))
    nearest, centres = _cluster(vectors, min(count, len(vectors)))
    members: defaultdict[int, list[int]] = defaultdict(list)
    for index, centre in enumerate(nearest):
        members[centre].append(index)
    clusters = [_ranked(indices, vectors, centres[centre]) for centre, indices in members.items()]
    return _spread(_balanced(clusters, vectors))


def _balanced(clusters: list[Cluster], vectors: list[Vector]) -> list[Cluster]:
    """No topic of one text beside one that holds most of them: the one joins the nearest, the other is parted."""
    for _ in range(len(clusters)):
        largest = max(clusters, key=lambda cluster: len(cluster.members))
        alone = [cluster for cluster in clusters if len(cluster.members) == 1]
        if not alone or len(largest.members) <= max(_FEW, _TOO_LARGE * len(vectors)):
            break
        parts = _parted(largest, vectors)
        if min(len(part.members) for part in parts) < 2 or len(parts) < 2:
            break
        others = [cluster for cluster in clusters if cluster not in (largest, alone[0])] + parts
        near = max(others, key=lambda cluster: closeness(cluster.centre, alone[0].centre))
        joined = _ranked([*near.members, *alone[0].members], vectors, near.centre)
        clusters = [joined if cluster is near else cluster for cluster in others]
    return clusters


def _parted(cluster: Cluster, vectors: list[Vector]) -> list[Cluster]:
    own = sorted(cluster.members)
    nearest, centres = _cluster([vectors[at] for at in own], 2)
    halves = ([at for at, centre in zip(own, nearest, strict=True) if centre == half] for half in (0, 1))
    return [_ranked(half, vectors, centres[number]) for number, half in enumerate(halves) if half]


def _spread(clusters: list[Cluster]) -> list[Cluster]:
    left = sorted(clusters, key=lambda cluster: (-len(cluster.members), min(cluster.members)))
    ordered = [left.pop(0)]
    while left:
        far = [1 - max(closeness(one.centre, other.centre) for other in ordered) for one in left]
        worth = [len(one.members) * max(0.0, distance) ** _FAR for one, distance in zip(left, far, strict=True)]
        ordered.append(left.pop(worth.index(max(worth))))
    return ordered


def _ranked(indices: list[int], vectors: list[Vector], centre: Vector) -> Cluster:
    how_central = {index: closeness(vectors[index], centre) for index in indices}
    order = sorted(indices, key=lambda index: (-how_central[index], index))
    return Cluster(tuple(order), tuple(how_central[index] for index in order), centre)


def _cluster(vectors: list[Vector], count: int) -> tuple[list[int], list[Vector]]:
    best: tuple[float, list[int], list[Vector]] | None = None
    starts = 1 if count == 1 else _STARTS if len(vectors) <= _MANY else _STARTS_OF_MANY
    for start in range(starts):
        tightness, nearest, centres = _settle(vectors, _seeds(vectors, count, start))
        if best is None or tightness > best[0]:
            best = tightness, nearest, centres
    assert best is not None  # noqa: S101 - there is at least one start
    return best[1], best[2]


def _settle(vectors: list[Vector], centres: list[Vector]) -> tuple[float, list[int], list[Vector]]:
    tightness, nearest = _assign(vectors, centres)
    for _ in range(_ROUNDS):
        members: defaultdict[int, list[Vector]] = defaultdict(list)
        for index, centre in enumerate(nearest):
            members[centre].append(vectors[index])
        centres = [middle(members[at]) if members[at] else centre for at, centre in enumerate(centres)]
        before = nearest
        tightness, nearest = _assign(vectors, centres)
        if sum(map(ne, nearest, before)) <= len(vectors) // 100:
            break
    return tightness, nearest, centres


def _assign(vectors: list[Vector], centres: list[Vector]) -> tuple[float, list[int]]:
    at_word: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, centre in enumerate(centres):
        for word, weight in centre.items():
            at_word[word].append((index, weight))
    tightness, nearest = 0.0, []
    get = at_word.get
    for vector in vectors:
        scores = [0.0] * len(centres)
        for word, weight in vector.items():
            for index, its_weight in get(word, ()):
                scores[index] += weight * its_weight
        top = max(scores)
        nearest.append(scores.index(top))
        tightness += top
    return tightness, nearest


def _seeds(vectors: list[Vector], count: int, start: int) -> list[Vector]:
    """Starting points far from each other (k-means++), the same in every run."""
    chance = random.Random(start)  # noqa: S311 - spreads the starting points, guards nothing
    positions = range(len(vectors))
    pool = list(positions) if len(vectors) <= _SEEDED_FROM else sorted(chance.sample(positions, _SEEDED_FROM))
    seeds = [pool[chance.randrange(len(pool))]]
    distance = dict.fromkeys(pool, 1.0)
    while True:
        for index in pool:
            distance[index] = min(distance[index], max(0.0, 1 - closeness(vectors[index], vectors[seeds[-1]])))
        if len(seeds) == count:
            return [vectors[index] for index in seeds]
        seeds.append(chance.choices(pool, [far * far + 1e-9 for far in distance.values()])[0])
