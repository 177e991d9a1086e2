"""A model is paid once for the same question, whoever dies or is too late; over its cap it is not asked at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, SECOND, Community, ports_on
from support.databases import sqlite_copy
from support.fake_chat import FakeChat
from support.fake_model import COST, FakeModel
from support.hand_clock import HandClock
from support.killing import Commits, KilledError

from cop_bot.domain.model_answer import ModelAnswer, TokenUse
from cop_bot.domain.summary import LEASE, SETTLES, Summary
from cop_bot.ports import PlaceFound
from cop_bot.store.answers import StoredAnswers
from cop_bot.store.engine import Database, connect
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.summaries.write_summary import summarise_next

BUDGET = "Let partners in the South chair the meeting that decides on the budget"
RISK = "Donors should carry the currency risk because partners have no reserves"


def with_answers(cop: Community, most_tokens: int = 100 * COST) -> FakeModel:
    """A model that keeps what it answers in the record."""
    answers = StoredAnswers(cop.ports.unit, cop.ports.reading, cop.clock)
    model = FakeModel(answers=answers, most_tokens=most_tokens)
    cop.with_model(model)
    return model


async def until_the_close(cop: Community) -> None:
    await cop.open(2)
    await cop.contributes("U1", BUDGET)
    await cop.contributes("U3", RISK)
    cop.clock.move_to(CLOSES)
    await run_due(cop.ports)


async def _life(database: Database, kill_at: int | None = None, *, before: bool = False) -> tuple[int, int, str, int]:
    """A session is summarised, if need be by a second process: times paid, commits, what stands, and how many posts."""
    clock = HandClock()
    chat = FakeChat(clock)
    cop = Community(ports_on(database, clock, chat), clock, chat)
    await until_the_close(cop)
    commits = Commits(cop.ports, kill_at, before)
    dying = commits.process()
    first = FakeModel(answers=StoredAnswers(dying.unit, dying.reading, clock))
    second = FakeModel(answers=StoredAnswers(cop.ports.unit, cop.ports.reading, clock))
    try:
        await summarise_next(replace(dying, model=first))
    except KilledError:
        cop.ports = replace(cop.ports, owner="second", model=second)
        clock.move_wall(LEASE + SECOND)
    await cop.settle()
    said = [post.text for post in chat.keyed("session/1/summary")]
    await database.close()
    return len(first.asked) + len(second.asked), commits.count, said[0], len(said)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_whichever_commit_it_dies_at_there_is_one_summary_and_what_is_kept_is_not_paid_again(
    migrated_sqlite: object, tmp_path: object, before: bool
) -> None:
    def fresh() -> Database:
        return connect(sqlite_copy(migrated_sqlite, tmp_path))  # type: ignore[arg-type]

    _, commits, expected, _ = await _life(fresh())
    assert commits == 5, "taken, caught up, spent, kept, handed over"
    for kill_at in range(1, commits + 1):
        paid, _, text, posts = await _life(fresh(), kill_at, before=before)
        assert (text, posts) == (expected, 1)
        lost_an_answer = kill_at == 3 or (kill_at == 4 and before)
        assert paid == (2 if lost_an_answer else 1), f"killed at commit {kill_at}"


async def test_replicas_and_several_sessions_at_once_pay_once_each(community: Community) -> None:
    model = with_answers(community)
    for number in range(1, 5):
        channel = f"#cop-{number}"
        community.chat.places[channel] = PlaceFound(f"C{number}", channel[1:], bot_is_in=True)
        await community.begin(1, slug=f"power-{number}", channel=channel)
    await community.until(OPENS)
    for number in range(1, 5):
        await community.contributes("U1", f"{BUDGET} of group {number}", place=f"C{number}")
    community.clock.move_to(CLOSES)
    await run_due(community.ports)
    second = replace(community.ports, owner="second")
    while await summarise_next(community.ports) or await summarise_next(second):
        pass
    await community.settle()
    assert sorted(asked.subject for asked in model.asked) == [f"session/{number}" for number in range(1, 5)]
    assert sum(use.tokens_in + use.tokens_out for use in await community.rows(TokenUse)) == 4 * COST
    assert len(await community.rows(ModelAnswer)) == 4


async def test_a_session_over_its_cap_is_summarised_offline_and_costs_nothing_more(community: Community) -> None:
    model = with_answers(community, most_tokens=COST)
    await until_the_close(community)
    await community.settle()
    await community.edits(await community.kept(1), f"{BUDGET} and on the audit")
    await community.settle()
    for _ in range(30):
        await community.go(15 * MINUTE)
    assert len(model.asked) == 1
    (said,) = community.chat.keyed("session/1/summary")
    assert "and on the audit" in said.text
    assert "no AI" in said.text
    for _ in range(4):
        await community.go(6 * HOUR)
    assert len(model.asked) == 1


@EMBEDDED
async def test_when_the_cap_is_raised_the_model_writes_after_all(community: Community) -> None:
    model = with_answers(community, most_tokens=0)
    await until_the_close(community)
    for _ in range(26):
        await community.go(15 * MINUTE)
    assert "no AI" in community.chat.keyed("session/1/summary")[0].text
    model.most_tokens = COST
    await community.go(HOUR)
    assert model.name in community.chat.keyed("session/1/summary")[0].text


@EMBEDDED
async def test_a_version_that_changes_nothing_costs_nothing_and_is_not_posted(community: Community) -> None:
    model = with_answers(community)
    await until_the_close(community)
    await community.settle()
    await community.types("U2", "summary publish yes")
    await community.settle()
    assert len(model.asked) == 1
    assert [row.version for row in await community.rows(Summary)] == [1]
    assert community.chat.keyed("session/1/summary")[0].edits == 0


async def test_what_a_contribution_said_before_its_edit_is_not_kept_as_an_answer(community: Community) -> None:
    with_answers(community)
    await until_the_close(community)
    await community.settle()
    await community.edits(await community.kept(1), "Something else altogether about the meetings of the board")
    assert await community.rows(ModelAnswer) == []
    await community.go(SETTLES)
    (answer,) = await community.rows(ModelAnswer)
    assert BUDGET not in answer.answer


@EMBEDDED
async def test_what_is_said_after_the_close_of_another_session_does_not_touch_its_answers(community: Community) -> None:
    with_answers(community)
    await until_the_close(community)
    await community.until(OPENS + 7 * DAY)
    kept = await community.contributes("U4", "An idea in the second session")
    await community.edits(kept, "Another idea in the second session")
    await community.settle()
    assert [answer.subject for answer in await community.rows(ModelAnswer)] == ["session/1"]
