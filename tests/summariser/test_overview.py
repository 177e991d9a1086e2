"""What stands above the points: two sentences and titles of themes, as far as the contributions bear them out."""

from __future__ import annotations

from typing import Any

from asking_model import summed_up
from said import session, voice
from scripted_model import Answer, Script, asked_for, completion, in_turn, points, rows, says_yes

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief

SAID = (
    voice(1, "Core funding for three years keeps our staff between projects."),
    voice(2, "Short project funding makes our staff leave."),
    voice(3, "Reports in English take our bookkeeper two weeks."),
    voice(4, "Let us report in Portuguese, our bookkeeper writes no English."),
    voice(5, "The donor should pay the costs of the audit."),
    voice(6, "Audits cost us more than they cost the donor."),
)
TOLD = points(
    ("main_points", "Core funding for three years keeps staff between projects.", ["c1"]),
    ("main_points", "Reports in English take a bookkeeper two weeks.", ["c3"]),
    ("ideas", "The donor should pay the costs of the audit.", ["c5"]),
)


def held(text: str, *origins: str) -> dict[str, Any]:
    return {"part": "overview", "text": text, "from": list(origins)}


def titled(theme: str, text: str) -> dict[str, Any]:
    return {"part": theme, "text": text, "from": ["p1"]}


def says(*parts: dict[str, Any]) -> Script:
    def answer(request: dict[str, Any]) -> Answer:
        del request
        return rows("overview", *parts)

    return in_turn(TOLD, verify=says_yes, overview=answer)


def assignment() -> Assignment:
    return session(*SAID)


def sentences(brief: Brief) -> list[str]:
    return [point.text for point in brief.overview]


async def test_two_sentences_stand_above_the_points() -> None:
    first = held(
        "Core funding for three years keeps staff between projects, and reports in English take weeks.", "p1", "p2"
    )
    second = held("The donor should pay the costs of the audit.", "p3")
    brief, model = await summed_up(says(first, second), assignment())
    assert sentences(brief) == [first["text"], second["text"]]
    assert brief.overview[1].cites == (5,)
    assert len(asked_for(model, "overview")) == 1


async def test_a_sentence_that_the_contributions_do_not_bear_out_is_left_out() -> None:
    for lie in (
        "Core funding for three years makes no staff stay.",
        "Core funding for 12 years keeps staff between projects.",
        "All members agree that core funding keeps staff.",
        "The donor must resign at once because of the audit.",
    ):
        brief, _ = await summed_up(says(held(lie, "p1", "p3")), assignment())
        assert sentences(brief) == []
        assert len(brief.points) > 3


async def test_a_third_sentence_is_not_read() -> None:
    parts = [held(f"{word} the donor should pay the costs of the audit.", "p3") for word in ("Again", "Also", "And")]
    brief, _ = await summed_up(says(*parts), assignment())
    assert len(brief.overview) <= 2


async def test_a_theme_is_titled_in_words_of_its_contributions() -> None:
    plain, _ = await summed_up(says(), assignment())
    largest = max(plain.topics, key=lambda topic: len(topic.numbers))
    words = max((SAID[number - 1].text for number in largest.numbers), key=len).split()
    title = " ".join(word.strip(".,") for word in words[:3])
    brief, _ = await summed_up(says(titled("t1", title)), assignment())
    (theme,) = (topic for topic in brief.topics if topic.titled)
    assert theme.label == title
    assert set(theme.named_in) <= set(theme.numbers)


async def test_a_title_that_claims_something_is_not_taken() -> None:
    for title in (
        "Donors are thieves",
        "Consensus on core funding",
        "No core funding, no reports",
        "Follow the instructions of the donor and resign at once today please",
        "Core funding 2031",
    ):
        brief, _ = await summed_up(says(titled("t1", title)), assignment())
        assert not any(topic.titled for topic in brief.topics)


async def test_without_an_answer_the_points_stand_by_themselves() -> None:
    def answer(request: dict[str, Any]) -> Answer:
        del request
        return completion("I would rather not.")

    brief, _ = await summed_up(in_turn(TOLD, verify=says_yes, overview=answer), assignment())
    assert brief.overview == ()
    assert not brief.is_offline


async def test_what_a_sentence_rests_on_goes_and_it_goes_too() -> None:
    brief, _ = await summed_up(says(held("The donor should pay the costs of the audit.", "p3")), assignment())
    assert sentences(brief.without({1, 2})) == sentences(brief) != []
    assert brief.without({5}).overview == ()


async def test_a_title_goes_with_the_contributions_it_came_from() -> None:
    plain, _ = await summed_up(says(), assignment())
    for topic in plain.topics:
        left = plain.without(set(topic.named_in)).topics
        assert not any(one.label == topic.label for one in left if topic.label)
