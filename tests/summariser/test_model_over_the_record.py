"""The model's summariser, the record and the use cases together: what was answered once is not paid for again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asking_model import summariser
from scripted_model import ScriptedModel, points, prompt_of, quoted, rows, scripted
from support.community import CLOSES, EMBEDDED, HOUR, MINUTE, SECOND, Community, ports_on
from support.databases import sqlite_copy
from support.fake_chat import FakeChat
from support.hand_clock import HandClock
from support.killing import Commits, KilledError
from test_large_sessions import SAID, model_of, united

from cop_bot.domain.model_answer import TokenUse
from cop_bot.domain.summary import LEASE, Summary
from cop_bot.ports import Ports, Summariser
from cop_bot.store.answers import StoredAnswers
from cop_bot.store.engine import Database, connect
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.summaries.write_summary import summarise_next

MANY = 80
BUDGET = 900
"""Tokens of a chunk: so few that the session makes several."""
CAP = 4_000
"""Tokens for one or two of them."""


def model_for(server: ScriptedModel, ports: Ports, **settings: int) -> Summariser:
    answers = StoredAnswers(ports.unit, ports.reading, ports.clock)
    return summariser(server, answers=answers, budget=BUDGET, **settings)


async def discussed(cop: Community) -> None:
    """A session of many contributions has closed, and its summary is wanted."""
    await cop.open(2)
    for voice in SAID[:MANY]:
        await cop.contributes(f"A{voice.number % 20}", voice.text)
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)


async def _life(
    database: Database, server: ScriptedModel, kill_at: int | None = None, *, before: bool = False
) -> tuple[int, list[str]]:
    """How many commits the first process made, and what stands in the channel in the end."""
    clock = HandClock()
    chat = FakeChat(clock)
    cop = Community(ports_on(database, clock, chat), clock, chat)
    await discussed(cop)
    commits = Commits(cop.ports, kill_at, before)
    dying = commits.process()
    server.asked.clear()
    try:
        await summarise_next(replace(dying, model=model_for(server, dying)))
    except KilledError:
        cop.ports = replace(cop.ports, owner="second", model=model_for(server, cop.ports))
        clock.move_wall(LEASE + SECOND)
    await cop.settle()
    await database.close()
    return commits.count, [said.text for said in chat.keyed("session/1/summary")]


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_whichever_commit_it_dies_at_only_what_was_under_way_is_paid_twice(
    migrated_sqlite: Path, tmp_path: Path, before: bool
) -> None:
    async with scripted(model_of(united)) as server:
        commits, expected = await _life(connect(sqlite_copy(migrated_sqlite, tmp_path)), server)
        calls = len(server.asked)
        assert calls > 4
        for kill_at in range(1, commits + 1, 2):
            _, said = await _life(connect(sqlite_copy(migrated_sqlite, tmp_path)), server, kill_at, before=before)
            assert said == expected, f"killed at commit {kill_at} of {commits}"
            assert len(server.asked) <= calls + 4, "no more than what was asked side by side"


async def test_an_edit_asks_again_only_what_it_touches(community: Community) -> None:
    async with scripted(model_of(united)) as server:
        community.with_model(model_for(server, community.ports))
        await discussed(community)
        await community.settle()
        first = len(server.asked)
        (summary,) = await community.rows(Summary)
        cited = next(point for point in summary.content["points"] if point["cites"])["cites"][0]
        await community.edits(await community.kept(cited), SAID[cited - 1].text + " Please.")
        await community.settle()
    assert len(server.asked) - first <= 3, "its part, and what is made of all parts"


@EMBEDDED
async def test_a_cap_in_the_middle_stops_the_model_and_once_it_is_raised_only_the_rest_is_paid(
    community: Community,
) -> None:
    async with scripted(model_of(united)) as server:
        community.with_model(model_for(server, community.ports, tokens_per_session=CAP))
        await discussed(community)
        for _ in range(26):
            await community.go(15 * MINUTE)
        assert 0 < sum(use.tokens_in + use.tokens_out for use in await community.rows(TokenUse)) <= CAP
        assert "no AI" in community.chat.keyed("session/1/summary")[0].text
        community.with_model(model_for(server, community.ports))
        await community.go(HOUR)
    parts = [quoted(request)[0]["text"] for request in server.asked if prompt_of(request) == "brief"]
    assert len(parts) == len(set(parts)), "no part is asked for twice"
    assert "small-1" in community.chat.keyed("session/1/summary")[0].text


@EMBEDDED
async def test_what_useless_answers_cost_counts_too(community: Community) -> None:
    async with scripted(lambda request: points() if prompt_of(request) == "brief" else rows("verify")) as server:
        community.with_model(model_for(server, community.ports, tokens_per_session=20_000))
        await discussed(community)
        for _ in range(26):
            await community.go(15 * MINUTE)
    uses = await community.rows(TokenUse)
    assert sum(use.calls for use in uses) >= 1
    assert sum(use.tokens_in + use.tokens_out for use in uses) <= 20_000
