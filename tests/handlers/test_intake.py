"""Posts that arrive together are committed together, and each is told what became of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from cop_bot.domain.post import Post
from handlers.intake import MOST_AT_ONCE, Intake


def post(name: str) -> Post:
    return Post("console", "C1", name, "U1", datetime(2026, 3, 2, 8, tzinfo=UTC), name)


class Record:
    """Remembers what was committed together; fails for posts called poison."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.gate, self.reached = asyncio.Event(), asyncio.Event()
        self.gate.set()

    async def __call__(self, posts: Sequence[Post]) -> None:
        self.reached.set()
        await self.gate.wait()
        if any(one.text == "poison" for one in posts):
            raise ValueError("poison")
        self.batches.append([one.text for one in posts])

    @property
    def kept(self) -> list[str]:
        return [text for batch in self.batches for text in batch]


async def test_nobody_is_told_before_the_commit() -> None:
    record = Record()
    record.gate.clear()
    waiting = asyncio.create_task(Intake(record).record(post("a")))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not waiting.done()
    record.gate.set()
    await waiting
    assert record.kept == ["a"]


async def test_what_arrives_during_a_commit_is_committed_together() -> None:
    record = Record()
    record.gate.clear()
    intake = Intake(record)
    tasks = [asyncio.create_task(intake.record(post("first")))]
    await record.reached.wait()
    tasks += [asyncio.create_task(intake.record(post(str(number)))) for number in range(100)]
    await asyncio.sleep(0)
    record.gate.set()
    await asyncio.gather(*tasks)
    assert len(record.kept) == 101
    assert len(record.batches) <= 3
    assert record.kept == ["first", *map(str, range(100))]


async def test_a_poisonous_post_fails_alone() -> None:
    record = Record()
    intake = Intake(record)
    posts = [post(name) for name in ("a", "poison", "b")]
    outcomes = await asyncio.gather(*(intake.record(one) for one in posts), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), ValueError, type(None)]
    assert sorted(record.kept) == ["a", "b"]


async def test_after_a_failure_the_next_post_is_recorded() -> None:
    record = Record()
    intake = Intake(record)
    with pytest.raises(ValueError, match="poison"):
        await intake.record(post("poison"))
    await intake.record(post("a"))
    assert record.kept == ["a"]


async def test_a_crowd_is_committed_in_portions() -> None:
    record = Record()
    intake = Intake(record)
    await asyncio.gather(*(intake.record(post(str(number))) for number in range(2 * MOST_AT_ONCE + 1)))
    assert len(record.kept) == 2 * MOST_AT_ONCE + 1
    assert max(len(batch) for batch in record.batches) <= MOST_AT_ONCE


async def test_who_stops_waiting_does_not_stop_the_others() -> None:
    record = Record()
    record.gate.clear()
    intake = Intake(record)
    gone, stays = (asyncio.create_task(intake.record(post(name))) for name in ("gone", "stays"))
    await asyncio.sleep(0)
    gone.cancel()
    record.gate.set()
    await stays
    assert "stays" in record.kept
    await intake.drain()


async def test_draining_waits_for_what_is_being_written() -> None:
    record = Record()
    record.gate.clear()
    intake = Intake(record)
    task = asyncio.create_task(intake.record(post("a")))
    await asyncio.sleep(0)
    draining = asyncio.create_task(intake.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    record.gate.set()
    await draining
    await task
    assert record.kept == ["a"]
