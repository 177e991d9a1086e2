"""Servers that fail, dawdle, misunderstand or show off: what is asked again, and what is given up."""

import asyncio
import json
from typing import Any

import pytest
from asking_model import KeptAnswers, summariser, summed_up, written
from said import FUNDING, session
from scripted_model import Answer, Script, asked_for, completion, in_turn, points, prompt_of, reads, refused, scripted

from cop_bot.domain.errors import SummariserFailed

LINE = "Donors should give core funding."
GOOD = points(("main_points", LINE, ["c1"]))
CONTENT = json.loads(GOOD.body)["choices"][0]["message"]["content"]
HERE = session(*FUNDING[:9])


async def seconds(script: Script, **settings: Any) -> tuple[float, int]:
    """How long it took until it failed, and after how many requests."""
    began = asyncio.get_running_loop().time()
    async with scripted(script) as model:
        one = summariser(model, **settings)
        with pytest.raises(SummariserFailed):
            await one.summarise(HERE)
        await one.aclose()
    return asyncio.get_running_loop().time() - began, len(model.asked)


async def test_a_server_that_asks_for_more_time_than_there_is_is_given_up_at_once() -> None:
    took, asked = await seconds(in_turn(refused(429, "slow down", **{"Retry-After": "300"})))
    assert (took < 5, asked) == (True, 1)


async def test_a_server_that_names_a_date_is_given_up_at_once() -> None:
    took, asked = await seconds(in_turn(refused(503, "down", **{"Retry-After": "Mon, 23 Nov 2026 09:00:00 GMT"})))
    assert (took < 5, asked) == (True, 1)


async def test_a_server_that_stays_busy_is_asked_three_times() -> None:
    _, asked = await seconds(in_turn(refused(429, "slow down", **{"Retry-After": "0.01"})))
    assert asked == 3


async def test_a_server_that_hangs_is_asked_once() -> None:
    took, asked = await seconds(in_turn(Answer(hang=True)), call_seconds=0.2)
    assert (took < 5, asked) == (True, 1)


async def test_ten_megabytes_are_not_read_to_the_end() -> None:
    took, asked = await seconds(in_turn(Answer(body=b" " * 10_000_000)))
    assert (took < 5, asked) == (True, 1)


async def test_a_model_that_the_server_does_not_know_is_not_asked_in_other_ways() -> None:
    _, asked = await seconds(in_turn(refused(404, "The model `small-1` does not exist")))
    assert asked == 1


@pytest.mark.parametrize(
    "content",
    [
        f"<think>Let me see {{what}} they say.</think>\n{CONTENT}",
        f'Reasoning without a beginning: {{"points": []}}</think>{CONTENT}',
        f"```json\n{CONTENT}\n```",
        f"Here is the summary:\n{CONTENT}\nI hope this helps!",
    ],
    ids=["thoughts", "half a thought", "fence", "polite"],
)
async def test_what_stands_around_the_answer_is_passed_over(content: str) -> None:
    brief, model = await summed_up(in_turn(completion(content)), HERE)
    assert [point.text for point in written(brief)] == [LINE]
    assert len(asked_for(model, "brief")) == 1


def answer(request: dict[str, Any]) -> Answer:
    return reads(request) if prompt_of(request) == "verify" else GOOD


async def test_a_server_that_knows_schemas_only_is_asked_for_text_after_nonsense_and_for_a_schema_again() -> None:
    """LM Studio refuses `json_object`; one bad answer must not take its schemas away for good."""
    bad = [completion('{"points": [{"sec')]

    def script(request: dict[str, Any]) -> Answer:
        if request.get("response_format", {}).get("type") == "json_object":
            return refused(400, "'response_format.type' must be 'json_schema' or 'text'")
        return bad.pop() if bad else answer(request)

    async with scripted(script) as model:
        one = summariser(model)
        await one.summarise(HERE)
        await one.summarise(HERE)
        await one.aclose()
    kinds = [request.get("response_format", {"type": "text"})["type"] for request in asked_for(model, "brief")]
    assert kinds == ["json_schema", "json_object", "json_object", "text", "json_schema"]


async def test_a_server_that_ignores_schemas_is_soon_asked_in_words_at_once() -> None:
    def script(request: dict[str, Any]) -> Answer:
        if '"enum"' in request["messages"][1]["content"]:
            return answer(request)
        return completion("Gladly! Donors should give more.")

    async with scripted(script) as model:
        one = summariser(model)
        for _ in range(3):
            await one.summarise(HERE)
        await one.aclose()
    kinds = [request.get("response_format", {"type": "text"}) for request in model.asked]
    assert [kind["type"] for kind in kinds] == ["json_schema", "json_object"] * 2 + ["json_object"] * 4


async def test_what_no_way_of_asking_helps_is_not_held_against_the_ways() -> None:
    script = in_turn(*[refused(400, "bad request")] * 5, GOOD)
    async with scripted(script) as model:
        one = summariser(model)
        with pytest.raises(SummariserFailed):
            await one.summarise(HERE)
        await one.summarise(HERE)
        await one.aclose()
    assert model.asked[-1]["response_format"]["type"] == "json_schema"


async def test_a_verifier_that_is_out_of_order_stops_the_summary_and_nothing_is_paid_twice() -> None:
    foreign = points(("main_points", "Funding should reach local organisations first.", ["c10"]))
    down = [refused(503, "down", **{"x-should-retry": "false"})]
    kept = KeptAnswers()

    def verify(_: dict[str, Any]) -> Answer:
        return down.pop() if down else completion('{"verdicts": []}')

    async with scripted(in_turn(foreign, verify=verify)) as model:
        one = summariser(model, answers=kept)
        with pytest.raises(SummariserFailed, match="503"):
            await one.summarise(session(*FUNDING))
        await one.summarise(session(*FUNDING))
        await one.aclose()
    assert len(asked_for(model, "brief")) == 1


async def test_a_usage_beyond_all_numbers_is_not_believed() -> None:
    kept = KeptAnswers()
    body = json.loads(GOOD.body) | {"usage": {"prompt_tokens": 10**30, "completion_tokens": 2**63}}
    await summed_up(in_turn(Answer(body=json.dumps(body).encode())), HERE, answers=kept)
    assert all(tokens_in < 10_000 and tokens_out < 10_000 for _, tokens_in, tokens_out in kept.spendings)


async def test_a_usage_that_makes_no_sense_is_not_believed() -> None:
    kept = KeptAnswers()
    body = json.loads(GOOD.body) | {"usage": {"prompt_tokens": -5, "completion_tokens": "many"}}
    await summed_up(in_turn(Answer(body=json.dumps(body).encode())), HERE, answers=kept)
    (_, tokens_in, tokens_out), _ = kept.spendings
    assert min(tokens_in, tokens_out) > 50


async def test_a_filtered_answer_is_a_refusal() -> None:
    with pytest.raises(SummariserFailed, match="refused"):
        await summed_up(in_turn(completion("", "content_filter")), HERE)


async def test_a_model_that_writes_in_another_language_all_along_is_not_quoted_as_if_it_did_not() -> None:
    spanish = points(
        ("main_points", "Los donantes deben dar fondos durante al menos tres años.", ["c1"]),
        ("ideas", "Un formato común para todos los informes ahorraría semanas de trabajo.", ["c5"]),
    )
    brief, model = await summed_up(in_turn(spanish), HERE)
    assert written(brief) == []
    assert {point.language for point in brief.points if not point.url} == {"en"}
    assert len(asked_for(model, "repair")) == 1


async def test_a_model_that_says_nothing_is_a_failure() -> None:
    with pytest.raises(SummariserFailed, match="form"):
        await summed_up(in_turn(completion("")), HERE)
    with pytest.raises(SummariserFailed, match="traced"):
        await summed_up(in_turn(points()), HERE)
