"""Topics of texts that are given as directions: spherical k-means after each was blended with its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cop_bot.summariser.reading.topics import Cluster

Matrix = NDArray[np.float32]
"""One row a text, each of length 1."""

_NEIGHBOURS = 5
_BLENDED = 2
"""Times; measured on discussions and proposals whose topics are known, see docs/explanation/summaries.md."""
_FEW = 8
"""Up to so many texts, neighbours say nothing."""
_STARTS = 10
_ROUNDS = 30
_AT_ONCE = 512
_FAR = 6
"""How much distance counts against size: with it the first lines touch the most of what is known to be different."""


def normed(rows: Matrix) -> Matrix:
    """The rows at length 1."""
    whole: Matrix = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return whole


def clustered(rows: Matrix, count: int) -> list[Cluster]:
    """At most `count` topics, every row in exactly one, the largest first, then those that are large and far."""
    if len(rows) > _FEW:
        for _ in range(_BLENDED):
            rows = _blended(rows)
    nearest, centres = _settled(rows, min(count, len(rows)))
    found = []
    for at in range(len(centres)):
        members = np.flatnonzero(nearest == at)
        if len(members):
            found.append((_ranked(members, rows @ centres[at]), centres[at]))
    return _spread(found)


def _blended(rows: Matrix) -> Matrix:
    """Each with its nearest neighbours: short texts on one thing come together through those between them."""
    parts = [_with_neighbours(rows, start) for start in range(0, len(rows), _AT_ONCE)]
    return normed(np.concatenate(parts))


def _with_neighbours(rows: Matrix, start: int) -> Matrix:
    own = rows[start : start + _AT_ONCE]
    alike = own @ rows.T
    alike[np.arange(len(own)), np.arange(start, start + len(own))] = -1
    near = np.argsort(-alike, axis=1, kind="stable")[:, : min(_NEIGHBOURS, len(rows) - 1)]
    weights = np.take_along_axis(alike, near, axis=1).clip(0)
    blended: Matrix = own + np.einsum("ij,ijk->ik", weights, rows[near])
    return blended


def _settled(rows: Matrix, count: int) -> tuple[NDArray[np.intp], Matrix]:
    best: tuple[float, NDArray[np.intp], Matrix] | None = None
    for start in range(_STARTS if count > 1 else 1):
        centres = _seeds(rows, count, np.random.default_rng(start))
        for _ in range(_ROUNDS):
            nearest = (rows @ centres.T).argmax(axis=1)
            moved = np.stack([_middle(rows[nearest == at], centres[at]) for at in range(count)])
            if np.allclose(moved, centres, atol=1e-5):
                break
            centres = moved
        alike = rows @ centres.T
        tightness = float(alike.max(axis=1).sum())
        if best is None or tightness > best[0] + 1e-4:
            best = tightness, alike.argmax(axis=1), centres
    assert best is not None  # noqa: S101 - there is at least one start
    return best[1], best[2]


def _middle(rows: Matrix, otherwise: Matrix) -> Matrix:
    return normed(rows.sum(axis=0, keepdims=True))[0] if len(rows) else otherwise


def _seeds(rows: Matrix, count: int, chance: np.random.Generator) -> Matrix:
    """Starting points far from each other, the same in every run."""
    seeds = [int(chance.integers(len(rows)))]
    distance = 1 - rows @ rows[seeds[0]]
    while len(seeds) < count:
        far = distance.clip(0).astype(np.float64) + 1e-9
        seeds.append(int(chance.choice(len(rows), p=far / far.sum())))
        distance = np.minimum(distance, 1 - rows @ rows[seeds[-1]])
    chosen: Matrix = rows[seeds]
    return chosen


def _ranked(members: NDArray[np.intp], central: Matrix) -> Cluster:
    order = sorted(members.tolist(), key=lambda at: (-round(float(central[at]), 5), at))
    return Cluster(tuple(order), tuple(max(0.0, min(1.0, float(central[at]))) for at in order))


def _spread(found: Sequence[tuple[Cluster, Matrix]]) -> list[Cluster]:
    left = sorted(found, key=lambda pair: (-len(pair[0].members), min(pair[0].members)))
    ordered = [left.pop(0)]
    while left:
        far = [1 - max(float(centre @ other) for _, other in ordered) for _, centre in left]
        worth = [len(one.members) * max(0.0, away) ** _FAR for (one, _), away in zip(left, far, strict=True)]
        ordered.append(left.pop(worth.index(max(worth))))
    return [cluster for cluster, _ in ordered]
