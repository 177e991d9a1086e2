"""The columns of the offline summariser."""

from __future__ import annotations

from benchmarks.summaries import determinism, metrics, speed
from benchmarks.summaries.clusters import mixed_proposals, mixed_threads
from benchmarks.summaries.datasets import Pile, bowling_green, data_folder, extras, madrid, six_languages, threads
from benchmarks.summaries.metrics import write
from benchmarks.summaries.planted import dissents, hostile, injected, lone_languages
from benchmarks.summaries.rouge import by_chance, of_threads
from benchmarks.summaries.samples import Sitting, large, typical
from benchmarks.summaries.table import Cell, Column
from cop_bot.summariser.offline import OfflineSummariser
from cop_bot.summariser.process.told import is_installed
from cop_bot.summariser.process.work import Work

ENGLISH = (0.81, 0.35)
SPANISH = (0.78, 0.32)


async def offline_columns() -> list[Column]:
    """English, Spanish, and six languages in one session."""
    folder = data_folder()
    summariser = OfflineSummariser()
    english, spanish, mixed = bowling_green(folder), madrid(folder), six_languages(folder)
    first, second, third = [await column_of(pile) for pile in (english, spanish, mixed)]
    first.cells |= metrics.topics(await write(summariser, mixed_threads(threads(folder))), *ENGLISH)
    second.cells |= metrics.topics(await write(summariser, mixed_proposals(spanish)), *SPANISH)
    if is_installed():
        by_meaning = OfflineSummariser(Work("model"))
        english_topics = await write(by_meaning, mixed_threads(threads(folder)))
        first.cells |= {"Q17m": metrics.topics(english_topics, 0.0, 0.50)["Q17"]}
        second.cells |= {"Q17m": metrics.topics(await write(by_meaning, mixed_proposals(spanish)), 0.0, 0.44)["Q17"]}
    mails = threads(folder)
    discussions = of_threads(mails)
    reads = await write(summariser, [sitting for sitting, _ in discussions])
    first.cells |= metrics.rouge(
        [(read, wanted) for read, (_, wanted) in zip(reads, discussions, strict=True)], by_chance(mails)
    )
    first.cells |= metrics.twice(determinism.in_other_processes())
    first.cells |= _speed("Q18", 1_000, (2.0, 60.0)) | _speed("Q18x", 10_000, (10.0, 1_000.0))
    first.cells["Q15"] = Cell("no calls", True)
    return [first, second, third]


async def extra_columns() -> list[Column]:
    """A column for each file that nobody has seen."""
    return [await column_of(pile) for pile in extras()]


async def column_of(pile: Pile) -> Column:
    """Everything that can be measured of one source."""
    summariser = OfflineSummariser()
    usual = await write(summariser, typical(pile))
    whole = await write(summariser, large(pile))
    attacked = await write(summariser, [injected(pile), hostile(pile)])
    cells = metrics.common([*usual, *whole, *attacked]) | metrics.members(usual)
    cells |= await metrics.findings(summariser, usual)
    cells |= metrics.planted("Q9d", await write(summariser, dissents(pile)))
    cells |= metrics.planted("Q9l", await write(summariser, _alone(pile)))
    cells |= metrics.injection(attacked[0]) | metrics.hostility(attacked[1])
    return Column(f"offline {pile.name}", cells)


def _alone(pile: Pile) -> list[Sitting]:
    return lone_languages(pile) if pile.language else []


def _speed(key: str, count: int, most: tuple[float, float]) -> dict[str, Cell]:
    return metrics.speed(key, speed.in_a_fresh_process(count), most)
