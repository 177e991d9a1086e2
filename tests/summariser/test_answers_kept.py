"""Nothing is paid for twice: answers are kept, a late post or an edit asks anew only what it touches."""

import json
from dataclasses import replace

from asking_model import KeptAnswers, summariser
from said import FUNDING, session, voice
from scripted_model import Answer, asked_for, completion, in_turn, points, prompt_of, quoted, rows, scripted

from cop_bot.domain.assignment import Assignment, Voice

SUBJECTS = ("wells", "roads", "schools", "markets")


def village(at: int) -> Voice:
    theme = SUBJECTS[at % 4]
    return voice(at, f"The {theme} of village number {at} need {theme} repair before the rains, {theme} first.")


MANY = tuple(village(at) for at in range(1, 201))


def about(*voices: Voice) -> Assignment:
    return replace(session(*voices), subject="session/1")


def first_said(request: dict[str, object]) -> Answer:
    """Points that repeat the first two contributions of every request."""
    if prompt_of(request) != "brief":
        return rows(prompt_of(request))
    return points(*(("main_points", one["text"], [one["id"]]) for one in quoted(request)[:2]))


async def test_a_second_run_asks_nothing_and_says_the_same() -> None:
    kept = KeptAnswers()
    async with scripted(in_turn(points(("main_points", "Donors should give core funding.", ["c1"])))) as model:
        first = await summariser(model, answers=kept).summarise(about(*FUNDING))
        asked = len(model.asked)
        second = await summariser(model, answers=kept).summarise(about(*FUNDING))
    assert asked > 0
    assert len(model.asked) == asked
    assert second == first


async def test_another_language_or_another_model_is_another_question() -> None:
    kept = KeptAnswers()
    async with scripted(first_said) as model:
        one = summariser(model, answers=kept)
        await one.summarise(about(*FUNDING))
        await one.summarise(replace(about(*FUNDING), language="nl"))
        await one.aclose()
    assert len(asked_for(model, "brief")) == 2


async def test_what_is_kept_knows_the_contributions_it_was_made_from() -> None:
    kept = KeptAnswers()
    async with scripted(first_said) as model:
        await summariser(model, answers=kept).summarise(about(*FUNDING))
    sent = {one.number for one in FUNDING} - {12, 14, 15}
    assert sent in [set(numbers) for numbers in kept.numbers.values()]


async def test_what_was_kept_is_checked_again() -> None:
    kept = KeptAnswers()
    async with scripted(first_said) as model:
        one = summariser(model, answers=kept)
        await one.summarise(about(*FUNDING))
        invented = json_of(points(("main_points", "Donors should give core funding for 77 years.", ["c1"])))
        kept.kept = dict.fromkeys(kept.kept, invented)
        brief = await one.summarise(about(*FUNDING))
        await one.aclose()
    assert "77" not in str(brief)


async def test_a_kept_answer_that_can_not_be_read_any_more_is_asked_for_again() -> None:
    kept = KeptAnswers()
    async with scripted(first_said) as model:
        one = summariser(model, answers=kept)
        await one.summarise(about(*FUNDING))
        asked = len(model.asked)
        kept.kept = dict.fromkeys(kept.kept, "{}")
        await one.summarise(about(*FUNDING))
        await one.aclose()
    assert len(model.asked) == 2 * asked


async def test_an_answer_that_was_useless_is_not_kept() -> None:
    kept = KeptAnswers()
    async with scripted(in_turn(completion("A poem."), points(("ideas", FUNDING[4].text, ["c5"])))) as model:
        await summariser(model, answers=kept).summarise(about(*FUNDING))
    assert not any("poem" in answer for answer in kept.kept.values())


async def asked_after(*late: Voice, without: int | None = None) -> tuple[list[str], list[str]]:
    """The requests about MANY, and those that were new when these came (or stood in place of an old one) or went."""
    kept = KeptAnswers()
    now = {one.number: one for one in (*MANY, *late) if one.number != without}
    async with scripted(first_said) as model:
        one = summariser(model, answers=kept, budget=1500)
        await one.summarise(about(*MANY))
        before = len(asked_for(model, "brief"))
        await one.summarise(about(*now.values()))
        await one.aclose()
    asked = [str([line["text"] for line in quoted(request)]) for request in asked_for(model, "brief")]
    return asked[:before], asked[before:]


async def test_a_late_post_asks_anew_only_about_the_chunk_it_joins() -> None:
    before, after = await asked_after(village(201))
    assert len(before) > 4
    (again,) = after
    assert village(201).text in again


async def test_an_edit_asks_anew_only_about_the_chunk_it_is_in() -> None:
    edited = replace(MANY[100], text="The roads of our village need lamps, roads first.")
    _, after = await asked_after(edited)
    (again,) = after
    assert edited.text in again


async def test_a_withdrawal_asks_anew_only_about_the_chunk_it_was_in() -> None:
    before, after = await asked_after(without=101)
    (again,) = after
    assert MANY[100].text in str(before)
    assert MANY[100].text not in again


async def test_many_late_posts_change_few_chunks() -> None:
    late = [voice(201 + at, f"Roads: the roads of ward {at} need repair, roads first.") for at in range(20)]
    before, after = await asked_after(*late)
    assert all(one.text in str(after) for one in late)
    assert len(after) <= 4 < len(before)


def json_of(answer: Answer) -> str:
    return str(json.loads(answer.body)["choices"][0]["message"]["content"])
