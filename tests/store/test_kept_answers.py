"""What a model answered is kept for all replicas, and what it has cost adds up, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from support.community import DAY, Community

from cop_bot.domain.model_answer import KEPT, ModelAnswer
from cop_bot.ports import AnswerCache, Spent
from cop_bot.store import erasure, queries
from cop_bot.store.answers import StoredAnswers
from cop_bot.store.engine import Database, connect

KEY = "a" * 64
SUBJECT = "session/1"


@pytest.fixture
async def cop(community: Community) -> Community:
    """A session with three contributions."""
    await community.open()
    for number in range(1, 4):
        await community.contributes("U1", f"Idea {number}")
    return community


@pytest.fixture
def answers(cop: Community) -> AnswerCache:
    return StoredAnswers(cop.ports.unit, cop.ports.reading, cop.clock)


async def test_an_answer_is_recalled_by_every_replica(cop: Community, answers: AnswerCache) -> None:
    assert await answers.recall(KEY) is None
    await answers.keep(KEY, "Sí, señor — 12 €", subject=SUBJECT, numbers=[1, 2])
    second = StoredAnswers(cop.ports.unit, cop.ports.reading, cop.clock)
    assert await second.recall(KEY) == "Sí, señor — 12 €"
    assert await second.recall("b" * 64) is None


async def test_keeping_twice_changes_nothing(cop: Community, answers: AnswerCache) -> None:
    await asyncio.gather(*(answers.keep(KEY, "first", subject=SUBJECT, numbers=[1]) for _ in range(5)))
    await answers.keep(KEY, "second", subject=SUBJECT, numbers=[2])
    (row,) = await cop.rows(ModelAnswer)
    assert (row.answer, row.numbers, row.programme_id) == ("first", [1], await cop.programme_id())


async def test_nothing_is_kept_that_could_not_be_erased_later(cop: Community, answers: AnswerCache) -> None:
    await cop.types("U1", "withdraw #2 yes")
    await answers.keep(KEY, "made from what is gone", subject=SUBJECT, numbers=[1, 2])
    for subject in ("", "a file", "session/99", "session/x", "programme/99"):
        await answers.keep(KEY, "of nothing that is known", subject=subject, numbers=[])
    assert await cop.rows(ModelAnswer) == []


async def test_an_answer_about_the_whole_programme_is_kept_with_it(cop: Community, answers: AnswerCache) -> None:
    subject = f"programme/{await cop.programme_id()}"
    await answers.keep(KEY, "findings", subject=subject, numbers=[1, 3])
    assert await answers.recall(KEY) == "findings"


async def test_what_several_spend_at_once_adds_up(cop: Community, database: Database) -> None:
    replicas = [StoredAnswers(cop.ports.unit, cop.ports.reading, cop.clock) for _ in range(4)]
    await asyncio.gather(*(one.spend(SUBJECT, 100, 20) for one in replicas for _ in range(5)))
    await replicas[0].spend("session/2", 1000, 0)
    await replicas[0].spend("", 7, 0)
    assert await replicas[1].spent(SUBJECT) == Spent(subject=2400, today=3407)
    assert await replicas[1].spent("session/3") == Spent(subject=0, today=3407)


async def test_two_processes_that_spend_at_once_lose_nothing(cop: Community, database_url: str) -> None:
    other = connect(database_url)
    try:
        here = StoredAnswers(cop.ports.unit, cop.ports.reading, cop.clock)
        there = StoredAnswers(other.unit, other.reading, cop.clock)
        await asyncio.gather(*(one.spend(SUBJECT, 10, 1) for one in (here, there) for _ in range(10)))
        assert (await here.spent(SUBJECT)).subject == 220
    finally:
        await other.close()


async def test_a_day_begins_at_midnight_of_the_wall_in_utc(cop: Community, answers: AnswerCache) -> None:
    await answers.spend(SUBJECT, 10, 0)
    cop.clock.move_programme(30 * DAY)
    assert await answers.spent(SUBJECT) == Spent(subject=10, today=10)
    cop.clock.move_wall(DAY)
    assert await answers.spent(SUBJECT) == Spent(subject=10, today=0)
    await answers.spend(SUBJECT, 5, 0)
    assert await answers.spent(SUBJECT) == Spent(subject=15, today=5)


async def test_old_answers_go(cop: Community, answers: AnswerCache) -> None:
    await answers.keep(KEY, "old", subject=SUBJECT, numbers=[1])
    cop.clock.move_wall(KEPT)
    await answers.keep("b" * 64, "new", subject=SUBJECT, numbers=[1])
    cop.clock.move_wall(timedelta(seconds=1))
    async with cop.ports.unit() as unit:
        await erasure.purge_old_rows(unit, cop.clock.wall())
    assert (await answers.recall(KEY), await answers.recall("b" * 64)) == (None, "new")


async def test_an_answer_goes_with_any_contribution_it_was_made_from(cop: Community, answers: AnswerCache) -> None:
    for key, numbers in (("a", [1, 2]), ("b", [2]), ("c", [3]), ("d", [])):
        await answers.keep(key * 64, key, subject=SUBJECT, numbers=numbers)
    async with cop.ports.unit() as unit:
        await queries.answers.drop(unit, await cop.programme_id(), {2, 9})
    assert [row.answer for row in await cop.rows(ModelAnswer)] == ["c", "d"]


async def test_an_answer_and_a_withdrawal_at_the_same_moment_leave_nothing_behind(
    cop: Community, answers: AnswerCache
) -> None:
    for number in range(1, 4):
        keeping = (answers.keep(f"{number}{k}".ljust(64, "0"), "", subject=SUBJECT, numbers=[number]) for k in range(5))
        await asyncio.gather(*keeping, cop.types("U1", f"withdraw #{number} yes"))
        assert await cop.rows(ModelAnswer) == []


async def test_what_was_paid_is_written_down_even_if_whoever_asked_is_gone(
    cop: Community, answers: AnswerCache
) -> None:
    calls = [answers.spend(SUBJECT, 100, 20), answers.keep(KEY, "paid", subject=SUBJECT, numbers=[1])]
    asking = [asyncio.ensure_future(call) for call in calls]
    await asyncio.sleep(0)
    for one in asking:
        one.cancel()
    assert await asyncio.gather(*asking, return_exceptions=True) != [None, None]
    assert await answers.recall(KEY) == "paid"
    assert await answers.spent(SUBJECT) == Spent(subject=120, today=120)
