"""What is read from the record to say a summary: this version, and not all that ever came before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from support.community import CLOSES, EMBEDDED, Community

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.summary import Summary

pytestmark = EMBEDDED
BUDGET = "Let partners in the South chair the meeting that decides on the budget"
VERSIONS = 6


@pytest.fixture
async def cop(community: Community) -> Community:
    await community.open()
    await community.contributes("U1", BUDGET)
    await community.until(CLOSES)
    for number in range(1, VERSIONS):
        await community.types("U3", f"summary object 1 Something else is missing, number {number}")
        await community.settle()
    assert [summary.version for summary in await community.rows(Summary)] == list(range(1, VERSIONS + 1))
    return community


@pytest.fixture
def read() -> Iterator[Counter[str]]:
    """How many rows of each table were read."""
    counted = Counter[str]()

    def count(row: object, _: object) -> None:
        counted[type(row).__name__] += 1

    for table in (Summary, Contribution):
        event.listen(table, "load", count)
    yield counted
    for table in (Summary, Contribution):
        event.remove(table, "load", count)


async def test_whoever_asks_for_the_summary_costs_as_much_at_the_sixth_version_as_at_the_second(
    cop: Community, read: Counter[str]
) -> None:
    said = await cop.types("U1", "summary")
    assert "version 6" in said
    assert read["Summary"] <= 3  # the newest, the first, the one before


async def test_objecting_reads_no_version_that_was_replaced_but_those_it_compares(
    cop: Community, read: Counter[str]
) -> None:
    await cop.types("U4", "summary objections")
    assert read["Summary"] <= 2


async def test_to_count_what_came_late_nothing_of_it_is_read(cop: Community, read: Counter[str]) -> None:
    await cop.contributes("U4", "Donors should carry the currency risk")
    read.clear()
    await cop.types("U1", "summary")
    assert read["Contribution"] <= 1  # the one that is cited
