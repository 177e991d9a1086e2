"""What several parts of a large session say the same is one point; what contradicts it stays another."""

from __future__ import annotations

import pytest

from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.server.answer import MOST_CITES
from cop_bot.summariser.writing.checks import UNSUPPORTED, Checked
from cop_bot.summariser.writing.unite import unite

BUDGET = "Donors publish the budget of every programme."


def told(text: str, *cites: int, section: Section = Section.MAIN_POINTS) -> Checked:
    return Checked(Point(section, text, cites, language="en"))


def test_the_same_from_two_parts_is_one_point_with_the_citations_of_both() -> None:
    (one,) = unite([[told(BUDGET, 1, 2)], [told(BUDGET, 2, 30)]])
    assert one.point.cites == (1, 2, 30)


def test_no_more_citations_than_a_line_can_show() -> None:
    (one,) = unite([[told(BUDGET, *range(1, 5))], [told(BUDGET, *range(30, 35))]])
    assert len(one.point.cites) == MOST_CITES


@pytest.mark.parametrize(
    "other",
    [
        told("Donors never publish the budget of every programme.", 30),
        told("Donors publish the budget of every programme?", 30, section=Section.OPEN_QUESTIONS),
        told("Partners translate the rules into Portuguese.", 30),
    ],
    ids=["denied", "asked", "something else"],
)
def test_what_says_something_else_is_not_drawn_into_it(other: Checked) -> None:
    assert unite([[told(BUDGET, 1)], [other]]) == [told(BUDGET, 1), other]


def test_a_point_with_a_fault_lends_its_citations_to_nobody() -> None:
    wrong = Checked(Point(Section.MAIN_POINTS, BUDGET, (30,), language="en"), (UNSUPPORTED,))
    assert unite([[told(BUDGET, 1)], [wrong]]) == [told(BUDGET, 1)]


def test_each_part_has_its_first_word_before_any_has_its_second() -> None:
    first = [told("Water comes first.", 1), told("Roads come next.", 2)]
    second = [told("Schools matter most.", 30), told("Radio reaches everyone.", 31)]
    assert [one.point.cites[0] for one in unite([first, second])] == [1, 30, 2, 31]
