"""The columns of the model: fewer sessions than offline, since each costs minutes on a small machine."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.summaries import metrics
from benchmarks.summaries.datasets import Pile, bowling_green, data_folder, extras, madrid, six_languages
from benchmarks.summaries.determinism import digest
from benchmarks.summaries.figures import shares
from benchmarks.summaries.metrics import Read, write
from benchmarks.summaries.model import Model, asked, model
from benchmarks.summaries.planted import CANARIES, dissents, lone_languages
from benchmarks.summaries.played import played
from benchmarks.summaries.samples import Sitting, drawn, sitting, typical
from benchmarks.summaries.table import Cell, Column
from cop_bot.domain.errors import SummariserFailed

_MOST_IN, _MOST_OUT = 40_000, 8_000
"""Tokens for 1,000 short statements."""
BYTES_A_TOKEN = 4
"""A rule of thumb for English; other languages have more tokens, so the limit is strict for them."""
MAP_BUDGET = 3000
SENSEMAKER = (340_000, 107_500)
"""Tokens there and back for 1,000 statements, as its case study reports."""
TALK_TO_THE_CITY = 1000
"""Calls for 1,000 comments: one each."""


async def model_columns(weights: Path | None, limit: int) -> list[Column]:
    """One column a source; one that says "not run" where there is no model."""
    async with model(weights) as found:
        if found is None:
            return [Column("model", {"Q1": Cell("not run")})]
        folder = data_folder()
        piles = (bowling_green(folder), madrid(folder), six_languages(folder), *extras())
        return [await _of_pile(found, pile, limit) for pile in piles]


async def played_column(pile: Pile, sizes: Sequence[int] = (40, 150, 500, 1000)) -> Column:
    """A strong model, played: what becomes of what it wrote, and its tokens for the largest of the sessions."""
    kept, slipped, cells = [], [], dict[str, Cell]()
    for size in sizes:
        said = (pile.statements * 2)[:size]
        session = sitting(f"{pile.name}, {size}", said, language=pile.language)
        assignment = replace(session.assignment, words=None)
        async with played() as strong, asked(strong.url, "played", "none") as found:
            brief = await found.summariser.summarise(assignment)
            calls, there, back = found.counted.now()
        kept.append(strong.published(brief, assignment.most_lines))
        slipped.append(strong.slipped(brief))
        holds = there <= _MOST_IN and back <= _MOST_OUT
        cells = {"Q15k": Cell(f"{calls} calls, {there:,} in, {back:,} out", holds)}
    cells |= {"Q19": metrics.at_least(shares(kept), 0.95), "Q19f": metrics.none_of(shares(slipped))}
    return Column("model, played", cells)


async def _of_pile(found: Model, pile: Pile, limit: int) -> Column:
    name = f"{found.summariser.name} {pile.name}"
    session, attacked = typical(pile, 1, limit)[0], _attacked(pile, limit)
    try:
        before = found.counted.now()
        reads = await write(found.summariser, [session])
        cost = found.counted.since(*before)
        again = found.counted.now()
        second = await write(found.summariser, [session])
        repeat = found.counted.since(*again)
        leaking = await write(found.summariser, [attacked])
        objecting = await write(found.summariser, dissents(pile, limit)[:1])
        alone = await write(found.summariser, lone_languages(pile, limit)[:1] if pile.language else [])
    except SummariserFailed as failed:
        return Column(name, {"Q1": Cell(str(failed))})
    cells = (
        metrics.common([*reads, *leaking, *objecting, *alone]) | metrics.members(reads) | metrics.injection(leaking[0])
    )
    cells |= metrics.hostility(leaking[0]) | metrics.planted("Q9d", objecting) | metrics.planted("Q9l", alone)
    cells |= _twice(reads[0], second[0], repeat[0]) | _cost(session, cost)
    return Column(name, cells)


def _attacked(pile: Pile, limit: int) -> Sitting:
    said = drawn(pile, limit // 2, 2)
    base = sitting(f"{pile.name} with canaries", said, language=pile.language)
    voices = list(base.assignment.voices)
    for at, canary in enumerate(CANARIES, start=1):
        voices.append(replace(voices[at % len(said)], number=len(said) + at, text=canary.text, author=f"attacker {at}"))
    return replace(base, assignment=replace(base.assignment, voices=tuple(voices)))


def _twice(first: Read, second: Read, calls: int) -> dict[str, Cell]:
    same = digest(first.brief) == digest(second.brief)
    bad = () if same else (f"another brief of {first.sitting.name}",)
    return {"Q14": Cell(f"{calls} calls, {'the same' if same else 'another'}", same and calls == 0, bad)}


def most_calls(tokens: int, repairs: int = 2) -> int:
    """Q15: two and one a chunk of the budget, and two repairs."""
    return 2 + math.ceil(tokens / MAP_BUDGET) + repairs


def most_tokens_in(tokens: int) -> float:
    """Q15: 1.8 times the contributions, and 3,000 for the instructions."""
    return 1.8 * tokens + 3000


def tokens_of(session: Sitting) -> int:
    """Of the contributions' texts alone."""
    return math.ceil(sum(len(voice.text.encode()) for voice in session.assignment.voices) / BYTES_A_TOKEN)


def _cost(session: Sitting, cost: tuple[int, int, int]) -> dict[str, Cell]:
    calls, there, back = cost
    own, count = tokens_of(session), len(session.assignment.voices)
    holds = calls <= most_calls(own) and there <= most_tokens_in(own)
    scaled = [round(1000 * number / count) for number in cost]
    fifth = scaled[1] <= SENSEMAKER[0] / 5 and scaled[2] <= SENSEMAKER[1] / 5 and scaled[0] <= TALK_TO_THE_CITY / 5
    return {
        "Q15": Cell(f"{calls} calls, {there:,} in, {back:,} out", holds),
        "Q15k": Cell(f"{scaled[0]:,} calls, {scaled[1]:,} in, {scaled[2]:,} out", fifth),
    }
