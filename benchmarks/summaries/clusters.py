"""Q17: how well a brief keeps apart what is known to be about different things."""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

from benchmarks.summaries.datasets import Pile, Statement, Thread
from benchmarks.summaries.samples import Sitting, sitting
from cop_bot.domain.brief import Brief, Point, Section

DRAWS = 10
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def nmi(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Normalised mutual information of two ways to group the same things: 1 if they are the same, 0 if unrelated."""
    total = len(one)
    together, first, second = Counter(zip(one, other, strict=True)), Counter(one), Counter(other)
    shared = sum(count / total * math.log(total * count / (first[a] * second[b])) for (a, b), count in together.items())
    spread = _entropy(first, total) + _entropy(second, total)
    return 2 * shared / spread if spread else 1.0


def _entropy(counts: Counter[Hashable], total: int) -> float:
    return -sum(count / total * math.log(count / total) for count in counts.values())


def topics_hit(brief: Brief, gold: Mapping[int, str]) -> float:
    """The share of the K true topics that the first K lines touch, "also heard" last: what a reader would meet."""
    wanted = set(gold.values())
    cited = [number for point in _in_order(brief) for number in point.cites[:1]]
    return len({gold[number] for number in cited[: len(wanted)] if number in gold}) / len(wanted)


def _in_order(brief: Brief) -> list[Point]:
    sections = (Section.MAIN_POINTS, Section.IDEAS, Section.DISAGREEMENTS, Section.NEXT_STEPS, Section.OPEN_QUESTIONS)
    return [point for section in (*sections, Section.ALSO_HEARD) for point in brief.of(section)]


def topic_agreement(brief: Brief, gold: Mapping[int, str]) -> float:
    """NMI of the brief's topics with the true ones; what is in no topic is one of its own."""
    found = {number: at for at, topic in enumerate(brief.topics) for number in topic.numbers}
    numbers = sorted(gold)
    return nmi([found.get(number, -number) for number in numbers], [gold[number] for number in numbers])


def mixed_threads(threads: Sequence[Thread], topics: int = 6, each: int = 20) -> list[Sitting]:
    """Sentences of several e-mail discussions as one session; ten draws."""
    piles = [
        [Statement(s, "", "en", f"thread {at}") for m in thread.messages for s in _sentences(m)]
        for at, thread in enumerate(threads)
    ]
    return _mixed("e-mail", [pile for pile in piles if len(pile) >= each], topics, each, "en")


def mixed_proposals(pile: Pile, each: int = 40) -> list[Sitting]:
    """Comments on different proposals as one session; ten draws."""
    by_topic: defaultdict[str, list[Statement]] = defaultdict(list)
    for one in pile.statements:
        by_topic[one.topic or ""].append(one)
    return _mixed(pile.name, list(by_topic.values()), len(by_topic), each, pile.language)


def _sentences(message: str) -> list[str]:
    return [sentence for sentence in SENTENCE_END.split(message) if 6 <= len(sentence.split()) <= 60]


def _mixed(name: str, piles: Sequence[Sequence[Statement]], topics: int, each: int, language: str) -> list[Sitting]:
    found = []
    for draw in range(DRAWS):
        chance = random.Random(draw)
        chosen = [one for pile in chance.sample(piles, topics) for one in chance.sample(pile, each)]
        chance.shuffle(chosen)
        found.append(sitting(f"{name}, {topics} topics (draw {draw})", chosen, language=language))
    return found
