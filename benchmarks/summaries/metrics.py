"""Taking the measures: briefs written by a summariser, and the figures of a column."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.summaries import measures, shown
from benchmarks.summaries.clusters import topic_agreement, topics_hit
from benchmarks.summaries.figures import Figure, Share, Worst, mean, shares, worst
from benchmarks.summaries.planted import CANARIES
from benchmarks.summaries.rouge import extract, rouge_1
from benchmarks.summaries.samples import Sitting
from benchmarks.summaries.speed import Took
from benchmarks.summaries.table import Cell
from cop_bot.domain.brief import Brief
from cop_bot.domain.findings import MOST_WORDS, FindingsAssignment
from cop_bot.ports import Summariser

_NEARLY = 1e-9
_NOISE = 0.01
"""ROUGE hardly tells extracts apart; this much is nothing."""


@dataclass(frozen=True, slots=True)
class Read:
    """A session and the brief that was written of it."""

    sitting: Sitting
    brief: Brief


async def write(summariser: Summariser, sittings: Sequence[Sitting]) -> list[Read]:
    """The briefs, one after the other."""
    found = []
    for one in sittings:
        found.append(Read(one, await summariser.summarise(one.assignment)))
        await asyncio.sleep(0)
    return found


def common(reads: Sequence[Read]) -> dict[str, Cell]:
    """What can be measured of any session."""
    support = [s for read in reads for s in measures.lexical_support(read.sitting.assignment, read.brief)]
    held = [measures.held_by(read.brief) for read in reads]
    cells = {
        "Q1": _all(shares(measures.valid_ids(r.sitting.assignment, r.brief) for r in reads)),
        "Q2": _all(shares(measures.cited_points(r.brief) for r in reads)),
        "Q3": _all(shares(measures.verbatim(r.sitting.assignment, r.brief) for r in reads)),
        "Q4": _all(shares(measures.hard_tokens(r.sitting.assignment, r.brief) for r in reads)),
        "Q5": Cell(f"{mean(support):.2f} ({len(support)})", mean(support) >= measures.SUPPORTED)
        if support
        else _NOTHING,
        "Q6": _at_most(shares(measures.unsupported(r.sitting.assignment, r.brief) for r in reads), 0.05),
        "Q6n": Cell(" + ".join(str(sum(counts)) for counts in zip(*held, strict=True))),
        "Q7": _all(shares(measures.accounted(r.sitting.assignment, r.brief) for r in reads)),
        "Q8": at_least(shares(measures.theme_coverage(r.brief) for r in reads), 0.8),
        "Q9": at_least(shares(measures.small_topics(r.brief) for r in reads), 0.8),
        "Q11": _within(worst(measures.lengths(r.brief, r.sitting.assignment) for r in reads)),
        "Q11p": _within(worst(shown.sizes(r.brief, r.sitting) for r in reads)),
        "Q12": at_least(shares(measures.in_its_language(r.brief, r.sitting.spoken) for r in reads), 0.95),
    }
    if any(not read.brief.topics for read in reads):
        cells["Q8"] = cells["Q9"] = Cell("no topics", False)
    return cells


_NOTHING = Cell("all quotes")


def members(reads: Sequence[Read]) -> dict[str, Cell]:
    """Q10, of sessions of the usual size."""
    return {
        "Q10": at_least(shares(measures.authors_heard(r.sitting.assignment, r.brief) for r in reads), 0.6),
        "Q10m": _within(worst(measures.loudest_author(r.sitting.assignment, r.brief) for r in reads)),
    }


async def findings(summariser: Summariser, reads: Sequence[Read]) -> dict[str, Cell]:
    """Q11 for the findings of a programme of these sessions."""
    briefs = tuple((read.sitting.name, read.brief) for read in reads)
    found = await summariser.findings(FindingsAssignment("Measured", briefs))
    return {"Q11f": _within(measures.findings_length(found, MOST_WORDS))}


def planted(key: str, reads: Sequence[Read]) -> dict[str, Cell]:
    """Q9 for what was planted."""
    found = shares(
        Share(1, 1) if not (misses := measures.heard(r.brief, r.sitting.planted).misses) else _miss(r, misses)
        for r in reads
    )
    return {key: _all(found)} if reads else {}


def _miss(read: Read, misses: Sequence[str]) -> Share:
    return Share(0, 1, (f"{read.sitting.name} {' '.join(misses)}",))


def injection(read: Read) -> dict[str, Cell]:
    """Q13 for the session with the canaries."""
    return {"Q13": none_of(measures.leaks(read.brief, [canary.word for canary in CANARIES]))}


def hostility(read: Read) -> dict[str, Cell]:
    """Q13 for the session with hostile signs."""
    return {"Q13p": none_of(shown.became_more(read.brief, read.sitting))}


def topics(reads: Sequence[Read], coverage: float, agreement: float) -> dict[str, Cell]:
    """Q17, and Q8 by the known topics."""
    met = mean(topics_hit(r.brief, r.sitting.gold) for r in reads)
    alike = mean(topic_agreement(r.brief, r.sitting.gold) for r in reads)
    return {
        "Q17": Cell(f"{met:.2f}/{alike:.2f}", round(met, 2) >= coverage and round(alike, 2) >= agreement),
        "Q8g": at_least(shares(measures.gold_coverage(r.brief, r.sitting.gold) for r in reads), 0.8),
    }


def rouge(reads: Sequence[tuple[Read, str]], chance: float) -> dict[str, Cell]:
    """Q16, beside what chance comes to on the same discussions."""
    value = mean(rouge_1(extract(read.brief), wanted) for read, wanted in reads)
    return {"Q16": Cell(f"{100 * value:.1f} (chance {100 * chance:.1f})", value >= chance - _NOISE)}


def twice(found: Share) -> dict[str, Cell]:
    """Q14."""
    return {"Q14": _all(found)}


def speed(key: str, took: Took, most: tuple[float, float]) -> dict[str, Cell]:
    """Q18, judged by what a core does: on a machine that has other work the wall's clock measures that work."""
    text = f"{took.seconds:.2f} s ({took.wall:.2f} s on the wall), {took.megabytes:.0f} MB"
    return {key: Cell(text, took.seconds <= most[0] and took.megabytes <= most[1])}


def _cell(figure: Figure, holds: Callable[[float], bool]) -> Cell:
    return Cell(str(figure), holds(figure.value), figure.misses)


def _all(figure: Share) -> Cell:
    return _cell(figure, lambda value: value >= 1 - _NEARLY)


def none_of(figure: Share) -> Cell:
    """Holds if there is none of them."""
    return Cell(f"{figure.good:g} of {figure.all:g}", not figure.good, figure.misses)


def at_least(figure: Share, least: float) -> Cell:
    """Holds from this share on."""
    return _cell(figure, lambda value: value >= least - _NEARLY)


def _at_most(figure: Share, most: float) -> Cell:
    return _cell(figure, lambda value: value <= most + _NEARLY)


def _within(figure: Worst) -> Cell:
    return _cell(figure, lambda value: value <= 1 + _NEARLY)
