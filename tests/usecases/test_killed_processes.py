"""A process is killed before or after any of its commits: the next one goes on, and nothing is lost or said twice."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from support.community import CLOSES, HOUR, OPENS, SECOND, Community, ports_on
from support.databases import PostgresShelf, sqlite_copy
from support.fake_chat import FakeChat
from support.hand_clock import HandClock
from support.killing import Commits, KilledError

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.notice import LEASE
from cop_bot.domain.post import Post
from cop_bot.domain.summary import LEASE as SUMMARY_LEASE
from cop_bot.store.engine import Database, connect

_EACH = os.environ.get("COP_TEST_CRASHES") == "1"
"""A kill at every commit; else at a sample of them, in which each kind of commit of a life occurs."""
_PARTS = 4
Outcome = tuple[list[str], list[str], list[tuple[int | None, str, str, str, int | None]]]


def _posts() -> list[Post]:
    texts = ("An idea", "A question?", "Another idea", "#1 is good")
    return [Post("console", "C1", f"p{n}", f"U{n}", OPENS + n * HOUR, text) for n, text in enumerate(texts, start=1)]


async def _live(community: Community) -> None:
    """One programme of one session, from its plan to its findings; posts that were not recorded are delivered again."""
    await community.begin(1, rhythm=", remind: [{before: P3DT12H, to: quiet}]")
    await community.until(OPENS)
    for post in _posts():
        community.clock.move_to(max(community.clock.now(), post.at))
        await community.says(post.author, post.text, message=post.message, at=post.at)
    for moment in (CLOSES - 84 * HOUR, CLOSES - 80 * HOUR, CLOSES, CLOSES + HOUR):
        if moment > community.clock.now():
            await community.until(moment)


async def _outcome(community: Community) -> Outcome:
    """What people can see, and what the record holds."""
    rows = await community.rows(Contribution)
    kept = [(row.number, row.message, row.text, row.kind.value, row.parent) for row in rows]
    return sorted(said.key for said in community.chat.said), await community.states(), kept


async def _play(database: Database, kill_at: int | None = None, *, before: bool = False) -> tuple[Outcome, int]:
    """One life of the bot, or two: what came of it, and how many commits the first one made."""
    clock = HandClock()
    chat = FakeChat(clock)
    commits = Commits(ports_on(database, clock, chat), kill_at, before)
    community = Community(commits.process(), clock, chat)
    try:
        await _live(community)
    except KilledError:
        community.ports = replace(commits.ports, owner="second")
        clock.move_wall(max(LEASE, SUMMARY_LEASE) + SECOND)
        await _live(community)
        clock.move_wall(max(LEASE, SUMMARY_LEASE) + SECOND)
        await community.settle()
    outcome = await _outcome(community)
    await database.close()
    return outcome, commits.count


@pytest.mark.parametrize("first", range(1, _PARTS + 1))
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_whichever_commit_it_dies_at_on_sqlite(
    migrated_sqlite: Path, tmp_path: Path, before: bool, first: int
) -> None:
    expected, commits = await _play(connect(sqlite_copy(migrated_sqlite, tmp_path)))
    assert set(Counter(expected[0]).values()) == {1}
    assert commits > 15
    for kill_at in range(first, commits + 1, _PARTS * (1 if _EACH else 4)):
        outcome, _ = await _play(connect(sqlite_copy(migrated_sqlite, tmp_path)), kill_at, before=before)
        assert outcome == expected, f"killed at commit {kill_at} of {commits}"


@pytest.mark.parametrize("first", range(3, 3 + (_PARTS if _EACH else 1)))
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_whichever_commit_it_dies_at_on_postgres(
    migrated_postgres: PostgresShelf, before: bool, first: int
) -> None:
    """Not before its first two: a plan that is made again gets other numbers there, which are in the keys."""
    with migrated_postgres.lent() as url:
        expected, commits = await _play(connect(url))
    for kill_at in range(first, commits + 1, _PARTS if _EACH else 15):
        with migrated_postgres.lent() as url:
            outcome, _ = await _play(connect(url), kill_at, before=before)
        assert outcome == expected, f"killed at commit {kill_at} of {commits}"
