"""What a measure comes to: a share that can be added up over several sessions, or a number with its limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Share:
    """`good` of `all`; nothing out of nothing is a share of 1. `misses` say what was not good, to be looked up."""

    good: float
    all: float
    misses: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.good / self.all if self.all else 1.0

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.good:g}/{self.all:g})"


@dataclass(frozen=True, slots=True)
class Worst:
    """The largest of some numbers that each have a limit; over several sessions the one nearest to its limit."""

    values: tuple[tuple[float, float], ...]
    """Pairs of a number and what it may be at most."""
    misses: tuple[str, ...] = field(default=())

    @property
    def value(self) -> float:
        """How much of its limit the worst takes: more than 1 is too much."""
        return max((number / limit for number, limit in self.values), default=0.0)

    def __str__(self) -> str:
        if not self.values:
            return "–"
        number, limit = max(self.values, key=lambda pair: pair[0] / pair[1])
        return f"{number:.4g} of {limit:g}"


Figure = Share | Worst


def shares(found: Iterable[Share]) -> Share:
    """All of them as one."""
    each = list(found)
    return Share(
        sum(share.good for share in each),
        sum(share.all for share in each),
        tuple(miss for share in each for miss in share.misses),
    )


def worst(found: Iterable[Worst]) -> Worst:
    """All of them as one."""
    each = list(found)
    return Worst(tuple(pair for one in each for pair in one.values), tuple(miss for one in each for miss in one.misses))


def mean(values: Iterable[float]) -> float:
    """The mean, 0 of nothing."""
    each = list(values)
    return sum(each) / len(each) if each else 0.0
