"""The last step of every summariser: what fits into a brief, chosen fairly, with everything accounted for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import FUNDING, accounted, session, voice

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import IN_BRIEF, Brief, Point, Section
from cop_bot.summariser.choosing.assembly import assemble
from cop_bot.summariser.reading.reading import read


def assembled(assignment: Assignment, *points: Point) -> Brief:
    return assemble(assignment, read(assignment), points, "a model")


def point(number: int, text: str = "", section: Section = Section.MAIN_POINTS, *more: int) -> Point:
    return Point(section, text or f"Something about number {number} that nobody else says", (number, *more))


def in_brief(brief: Brief) -> list[Point]:
    return [one for one in brief.points if one.section in IN_BRIEF]


def words_of(points: list[Point]) -> int:
    return sum(len(one.text.split()) for one in points)


FEW = session(*(voice(at, f"Village {at} has its own way to deal with matter {at * 13}.") for at in range(1, 13)))


def test_six_points_at_most_are_kept_the_strongest_first() -> None:
    brief = assembled(FEW, *(point(at, f"{word} matters to village {at}") for at, word in enumerate(WORDS, 1)))
    assert len(in_brief(brief)) == FEW.most_lines
    assert in_brief(brief)[0].cites == (1,)


WORDS = ("water", "money", "roads", "schools", "harvest", "radio", "health", "markets", "boats")


def test_words_are_kept_to_by_shortening_and_not_by_dropping() -> None:
    quotes = [
        replace(point(at, " ".join(f"{word}{n}." if n % 6 == 0 else f"{word}{n}" for n in range(60))), quote=True)
        for at, word in enumerate(WORDS[:6], 1)
    ]
    brief = assembled(FEW, *quotes)
    assert len(in_brief(brief)) == FEW.most_lines
    assert words_of(in_brief(brief)) <= 150
    assert all(one.text.endswith("…") for one in in_brief(brief))


@settings(deadline=None)
@given(st.lists(st.integers(1, 80), min_size=1, max_size=12), st.integers(30, 400))
def test_the_words_hold_whatever_the_points_are(lengths: list[int], words: int) -> None:
    points = [point(at % 12 + 1, " ".join([f"w{at}x{n}" for n in range(size)])) for at, size in enumerate(lengths)]
    assignment = replace(FEW, words=words)
    brief = assembled(assignment, *points)
    assert 1 <= len(in_brief(brief)) <= assignment.most_lines
    assert words_of(in_brief(brief)) <= words


def test_a_disagreement_is_not_pushed_out_by_a_sixth_main_point() -> None:
    points = [point(at, f"{word} matters to village {at}") for at, word in enumerate(WORDS[:7], 1)]
    disagreement = point(8, "Some want boats and others want bridges", Section.DISAGREEMENTS, 9)
    assert disagreement.text in [one.text for one in assembled(FEW, *points, disagreement).points]


def test_what_was_written_and_held_comes_before_any_quote() -> None:
    written = [point(at, f"{word} matters to village {at}") for at, word in enumerate(WORDS[:6], 1)]
    quotes = [replace(point(at, f"Our {word} came first"), quote=True) for at, word in enumerate(WORDS[6:], 7)]
    assert set(in_brief(assembled(FEW, *quotes, *written))) >= {replace(one, people=1) for one in written}
    assert len([one for one in in_brief(assembled(FEW, *quotes, *written[:4])) if one.quote]) == 2


def test_what_was_written_stands_whole_or_not_at_all() -> None:
    written = [point(at, " ".join([word] * 24 + ["indeed."])) for at, word in enumerate(WORDS[:4], 1)]
    shown = in_brief(assembled(replace(FEW, words=90), *written))
    assert [one.text for one in shown] == [one.text for one in written[:3]]


@pytest.mark.parametrize(
    ("contributions", "lines"), [(1, 6), (40, 6), (95, 8), (150, 10), (325, 12), (500, 15), (9000, 15)]
)
def test_lines_grow_with_the_pile(contributions: int, lines: int) -> None:
    assignment = session(*(voice(at, "A word") for at in range(contributions)))
    assert (assignment.most_lines, assignment.most_words) == (lines, 25 * lines)


def test_with_a_number_of_words_the_lines_follow_from_it() -> None:
    few = replace(FEW, words=80)
    assert (few.most_lines, few.most_words) == (3, 80)


def test_every_language_keeps_a_line() -> None:
    lone = "As reuniões são sempre à noite, e quem tem crianças não consegue ir."
    assignment = session(*FEW.voices, voice(20, lone))
    points = [point(at, f"{word} matters to village {at}") for at, word in enumerate(WORDS, 1)]
    quotes = [replace(one, quote=True) for one in points]
    brief = assembled(assignment, *quotes, replace(point(20, lone), quote=True, language="pt"))
    assert any(20 in one.cites for one in in_brief(brief))
    beside_a_model = assembled(assignment, *points, replace(point(20, lone), quote=True, language="pt"))
    assert beside_a_model.of(Section.ALSO_HEARD)[0].cites == (20,)


def test_a_language_without_a_point_is_also_heard_first() -> None:
    lone = "As reuniões são sempre à noite, e quem tem crianças não consegue ir."
    brief = assembled(session(*FEW.voices, voice(20, lone)), point(1))
    assert brief.of(Section.ALSO_HEARD)[0].cites == (20,)
    assert brief.unheard_languages() == {}


def test_another_member_comes_before_a_second_point_of_the_same() -> None:
    one_topic = [voice(at, f"Matter {at} of the well", author="loud" if at < 8 else f"m{at}") for at in range(1, 10)]
    points = [point(at, f"{word} for the well") for at, word in enumerate(WORDS, 1)]
    brief = assembled(session(*one_topic), *points)
    assert {8, 9} <= {number for one in in_brief(brief) for number in one.cites}


def test_a_third_next_step_is_an_idea() -> None:
    steps = [point(at, f"{word} could be shared", Section.NEXT_STEPS) for at, word in enumerate(WORDS[:4], 1)]
    brief = assembled(FEW, *steps)
    assert [len(brief.of(section)) for section in (Section.NEXT_STEPS, Section.IDEAS)] == [2, 2]


def test_members_behind_a_point_are_counted_once_and_with_those_who_said_the_same() -> None:
    brief = assembled(session(*FUNDING), point(1, "Core funding for three years", Section.MAIN_POINTS, 2))
    assert brief.points[0].people == 3
    assert brief.receipt.merged == {14: 1}


def test_open_questions_that_were_passed_over_are_added() -> None:
    assignment = session(*FUNDING, voice(21, "Who keeps the minutes in a consortium?", "question"))
    brief = assembled(assignment, point(6, "Who sets the exchange rate?", Section.OPEN_QUESTIONS))
    assert [one.cites for one in brief.of(Section.OPEN_QUESTIONS)] == [(6,), (21,)]


def test_two_points_in_mostly_the_same_words_are_one() -> None:
    brief = assembled(FEW, point(1, "Water matters to this village"), point(2, "Water matters to the village"))
    assert len(in_brief(brief)) == 1


@pytest.mark.parametrize("points", [(), (point(1),), (point(1), point(4, "x" * 5, Section.OPEN_QUESTIONS))])
def test_every_voice_is_accounted_for_once(points: tuple[Point, ...]) -> None:
    assert accounted(assembled(session(*FUNDING), *points)) == [one.number for one in FUNDING]


def test_topics_and_guiding_questions_are_told() -> None:
    brief = assembled(session(*FUNDING), point(1))
    assert brief.questions == ("Who sets the conditions?",)
    told = sorted(number for topic in brief.topics for number in topic.numbers)
    assert told == [one.number for one in FUNDING if one.number not in brief.receipt.set_aside]
    assert brief.maker == "a model"
