"""What a model may cost, and that every token is written down, those of useless answers too."""

import json
from dataclasses import replace
from typing import Any

import pytest
from asking_model import KeptAnswers, summariser
from said import FUNDING, session
from scripted_model import Answer, Script, completion, in_turn, points, refused, scripted

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.errors import SummariserFailed

GOOD = points(("ideas", FUNDING[4].text, ["c5"]))
READINGS = 2
"""What is asked of a session without a fault: what was said, and whether it was."""
HERE = replace(session(*FUNDING[:9]), subject="session/1")


async def run(script: Script, kept: KeptAnswers, assignment: Assignment = HERE, **settings: Any) -> int:
    """How many requests were made."""
    async with scripted(script) as model:
        one = summariser(model, answers=kept, **settings)
        try:
            await one.summarise(assignment)
        finally:
            await one.aclose()
    return len(model.asked)


async def test_what_an_answer_cost_is_written_down() -> None:
    kept = KeptAnswers()
    await run(in_turn(GOOD), kept)
    assert kept.spendings == [("session/1", 700, 90)] * READINGS


async def test_a_server_that_counts_nothing_is_counted_for() -> None:
    kept = KeptAnswers()
    body = json.loads(GOOD.body) | {"usage": None}
    await run(in_turn(Answer(body=json.dumps(body).encode())), kept)
    (_, tokens_in, tokens_out), _ = kept.spendings
    assert tokens_in > 500
    assert tokens_out > 50


async def test_useless_answers_are_paid_for_too() -> None:
    kept = KeptAnswers()
    await run(in_turn(completion("A poem."), GOOD), kept)
    assert len(kept.spendings) == 1 + READINGS


async def test_a_refusal_of_the_server_costs_nothing() -> None:
    kept = KeptAnswers()
    await run(in_turn(refused(429, "slow down", **{"Retry-After": "0.01"}), GOOD), kept)
    assert len(kept.spendings) == READINGS


async def test_an_answer_that_never_came_is_counted_at_its_most() -> None:
    kept = KeptAnswers()
    with pytest.raises(SummariserFailed, match=r"within 0\.2 s"):
        await run(in_turn(Answer(hang=True)), kept, call_seconds=0.2)
    ((_, tokens_in, tokens_out),) = kept.spendings
    assert min(tokens_in, tokens_out) > 500


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"tokens_per_session": 1000}, r"this session \(1000\).*OPENAI_TOKENS_PER_SESSION"),
        ({"tokens_per_day": 1000}, r"today \(1000\).*OPENAI_TOKENS_PER_DAY"),
    ],
)
async def test_over_a_cap_nothing_is_asked_and_the_setting_is_named(settings: dict[str, Any], names: str) -> None:
    kept = KeptAnswers()
    with pytest.raises(SummariserFailed, match=names):
        await run(in_turn(GOOD), kept, **settings)
    assert kept.spendings == []


async def test_what_other_sessions_cost_today_counts_for_the_day_and_not_for_the_session() -> None:
    kept = KeptAnswers(before_today=1_999_000)
    with pytest.raises(SummariserFailed, match="today"):
        await run(in_turn(GOOD), kept)
    assert await run(in_turn(GOOD), KeptAnswers(spendings=[("session/2", 499_000, 0)])) > 0


async def test_a_programme_may_set_a_lower_cap_for_its_sessions() -> None:
    with pytest.raises(SummariserFailed, match=r"this session \(900\).*programme"):
        await run(in_turn(GOOD), KeptAnswers(), replace(HERE, most_tokens=900))


async def test_without_a_record_the_cap_of_a_session_holds_all_the_same() -> None:
    async with scripted(in_turn(GOOD)) as model:
        one = summariser(model, tokens_per_session=9000)
        await one.summarise(HERE)
        for _ in range(3):
            await one.summarise(HERE)
        with pytest.raises(SummariserFailed, match="used up"):
            await one.summarise(HERE)
        await one.aclose()


async def test_the_estimate_is_at_least_what_it_comes_to() -> None:
    kept = KeptAnswers()
    async with scripted(in_turn(GOOD)) as model:
        one = summariser(model, answers=kept)
        foreseen = await one.estimate(HERE)
        assert model.asked == []
        await one.summarise(HERE)
        await one.aclose()
    assert foreseen.calls >= len(model.asked)
    assert foreseen.tokens_in >= sum(there for _, there, _ in kept.spendings)
    assert foreseen.tokens_out >= sum(back for _, _, back in kept.spendings)
    assert model.asked[0]["max_tokens"] <= foreseen.tokens_out


async def test_progress_is_told_call_by_call() -> None:
    told: list[tuple[int, int]] = []
    async with scripted(in_turn(GOOD)) as model:
        one = summariser(model)
        await one.summarise(session(*FUNDING), lambda done, of: told.append((done, of)))
        await one.aclose()
    assert [done for done, _ in told] == list(range(1, len(model.asked) + 1))
    assert all(done <= of for done, of in told)
    assert told[-1][0] == told[-1][1]


async def test_a_session_that_is_far_too_large_costs_nothing_at_all() -> None:
    kept = KeptAnswers()
    long = [replace(voice, text=f"{voice.text} " + "and so we wrote on and on " * 400) for voice in FUNDING[:9]]
    huge = replace(session(*long), subject="session/1")
    with pytest.raises(SummariserFailed, match="To read this session costs more than"):
        await run(in_turn(GOOD), kept, huge, tokens_per_session=9_000)
    assert kept.spendings == []
