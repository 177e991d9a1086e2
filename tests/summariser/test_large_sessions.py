"""Large sessions: read whole, chunk by chunk; too many points are shortened by the model, their citations by code."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from asking_model import KeptAnswers, summariser, summed_up, written
from said import accounted, session, voice
from scripted_model import (
    Answer,
    Script,
    asked_for,
    completion,
    points,
    prompt_of,
    quoted,
    reads,
    refused,
    rows,
    scripted,
)

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import IN_BRIEF, Section
from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.server.fenced import tokens

SUBJECTS = (
    "The well of {at} has no pump since spring, a new pump is needed.",
    "The road to {at} breaks at every rain, gravel would keep it open.",
    "The school in {at} lacks a second teacher for the small children.",
    "The market of {at} needs a roof, traders lose goods in storms.",
    "Nobody in {at} can read the forms that the bank sends by letter.",
    "The ferry near {at} costs half of what a day in the fields brings.",
    "Young people leave {at} because there is no work after harvest.",
    "The radio that {at} listens to could announce prices every morning.",
    "Goats eat the seedlings around {at}, a fence would save the trees.",
    "The nurse visits {at} once a month, women walk to town instead.",
    "Mobile money reaches {at} faster than cash that somebody carries.",
    "The council meets far from {at} and its minutes are never shared.",
)
SAID = tuple(voice(at, SUBJECTS[at % 12].format(at=f"hamlet{at}"), author=f"m{at % 60}") for at in range(1, 241))

HERE = replace(session(*SAID), words=150)
"""With room for six points."""


def model_of(reduce: Callable[[dict[str, Any]], Answer]) -> Script:
    """Repeats three contributions of every chunk, and shortens as it is told."""

    def script(request: dict[str, Any]) -> Answer:
        if prompt_of(request) == "brief":
            return points(*(("main_points", one["text"], [one["id"]]) for one in quoted(request)[:3]))
        if prompt_of(request) == "verify":
            return reads(request)
        return reduce(request) if prompt_of(request) == "reduce" else rows(prompt_of(request))

    return script


def united(request: dict[str, Any]) -> Answer:
    """One point of all points about wells, one of all about roads."""
    texts = {one["id"]: one["text"] for one in quoted(request)}
    wells = [key for key, text in texts.items() if "pump" in text]
    roads = [key for key, text in texts.items() if "gravel" in text]
    return rows(
        "reduce",
        {"section": "main_points", "text": "The well has no pump since spring, a new pump is needed.", "from": wells},
        {"section": "ideas", "text": "The road breaks at every rain, gravel would keep it open.", "from": roads},
    )


async def test_points_that_do_not_fit_are_united_by_the_model_and_their_citations_by_code() -> None:
    brief, model = await summed_up(model_of(united), HERE, budget=1500)
    assert len(asked_for(model, "reduce")) == 1
    first = written(brief)[0]
    assert first.text == "The well has no pump since spring, a new pump is needed."
    assert len(first.cites) > 1
    assert all("pump" in SAID[number - 1].text for number in first.cites)
    assert len([point for point in brief.points if point.section in IN_BRIEF]) <= 6
    assert accounted(brief) == list(range(1, 241))


async def test_a_united_point_stays_in_a_section_of_the_points_it_comes_from() -> None:
    brief, _ = await summed_up(model_of(united), HERE, budget=1500)
    assert {point.section for point in written(brief)} <= {Section.MAIN_POINTS}


@pytest.mark.parametrize("answer", [completion("No."), rows("reduce")], ids=["prose", "nothing"])
async def test_a_model_that_can_not_shorten_leaves_the_choice_to_code(answer: Answer) -> None:
    brief, _ = await summed_up(model_of(lambda _: answer), HERE, budget=1500)
    assert 1 <= len([point for point in brief.points if point.section in IN_BRIEF]) <= 6
    assert written(brief)


async def test_every_contribution_is_sent_once_and_no_chunk_is_too_large() -> None:
    _, model = await summed_up(model_of(united), HERE, budget=1500)
    asked = asked_for(model, "brief")
    assert sorted(one["text"] for request in asked for one in quoted(request)) == sorted(one.text for one in SAID)
    lines = ["\n".join(map(str, quoted(request))) for request in asked]
    assert max(tokens(chunk) for chunk in lines) < 1.2 * 1500


async def test_ids_count_anew_in_every_chunk() -> None:
    _, model = await summed_up(model_of(united), HERE, budget=1500)
    assert all(quoted(request)[0]["id"] == "c1" for request in asked_for(model, "brief"))


async def test_the_calls_are_few() -> None:
    _, model = await summed_up(model_of(united), HERE)
    there = sum(tokens(one.text) for one in SAID)
    assert len(model.asked) <= 2 + -(-there // 3000) + 2


async def test_when_one_part_fails_no_other_is_asked_any_more() -> None:
    async with scripted(lambda _: refused(401, "no")) as model:
        one = summariser(model, budget=600)
        foreseen = await one.estimate(HERE)
        with pytest.raises(SummariserFailed, match="401"):
            await one.summarise(HERE)
        await one.aclose()
    assert len(model.asked) < foreseen.calls / 2


async def test_the_words_of_a_small_language_are_not_lost_beside_a_large_one() -> None:
    pt: tuple[Voice, ...] = (
        voice(301, "A clínica da nossa aldeia não tem luz durante a noite."),
        voice(302, "Precisamos de painéis solares na clínica da aldeia."),
    )
    brief, _ = await summed_up(model_of(united), session(*SAID, *pt), budget=1500)
    assert brief.unheard_languages() == {}


async def test_progress_ends_where_nothing_more_is_asked() -> None:
    told: list[tuple[int, int]] = []
    async with scripted(model_of(united)) as model:
        one = summariser(model, budget=1500)
        await one.summarise(HERE, lambda done, of: told.append((done, of)))
        await one.aclose()
    assert told[0][1] > 4
    assert told[-1] == (len(model.asked), len(model.asked))


async def test_a_part_that_is_beyond_the_model_is_told_in_members_words() -> None:
    def script(request: dict[str, Any]) -> Answer:
        if prompt_of(request) == "brief" and "hamlet240" in str(request):
            return completion("I can't.")
        return model_of(united)(request)

    brief, _ = await summed_up(script, HERE, budget=1500)
    assert written(brief)
    assert accounted(brief) == list(range(1, 241))


async def test_a_model_without_any_useful_answer_is_a_failure() -> None:
    with pytest.raises(SummariserFailed, match="traced"):
        await summed_up(lambda _: completion("I can't."), HERE, budget=1500)


async def test_when_one_part_fails_those_that_are_being_answered_are_kept() -> None:
    kept = KeptAnswers()
    left = [refused(401, "no")]

    def script(request: dict[str, Any]) -> Answer:
        return left.pop() if left else model_of(united)(request)

    async with scripted(script) as model:
        one = summariser(model, budget=1500, answers=kept)
        with pytest.raises(SummariserFailed, match="401"):
            await one.summarise(HERE)
        await one.summarise(HERE)
        await one.aclose()
    asked = [str(quoted(request)) for request in asked_for(model, "brief")]
    assert len(asked) == len(set(asked)) + 1
