"""Words of a contribution that stand in a brief beside its citations go with it all the same."""

from __future__ import annotations

from cop_bot.domain.brief import Brief, Point, Receipt, Section, Topic
from cop_bot.domain.findings import CommonThread, Findings, ThemeFindings

REPLY = Point(
    Section.MAIN_POINTS,
    "We tried this",
    (2,),
    quote=True,
    language="en",
    people=1,
    replies_to=1,
    replied="Pool the audits",
)
THEME = Topic(("audit",), "en", (1, 2, 3), "pooled audits", (1,), people=3)
BRIEF = Brief((REPLY,), Receipt((2,), not_shown=(1, 3)), "offline", people=3, topics=(THEME,))


def test_what_a_line_answers_goes_with_what_was_answered() -> None:
    (left,) = BRIEF.without({1}).points
    assert (left.text, left.replies_to, left.replied) == ("We tried this", None, "")


def test_a_theme_loses_its_name_with_the_contribution_it_came_from() -> None:
    (left,) = BRIEF.without({1}).topics
    assert (left.label, left.numbers) == ("", (2, 3))
    assert BRIEF.without({3}).topics[0].label == "pooled audits"


def test_an_edit_of_any_of_them_wants_a_new_version() -> None:
    assert BRIEF.worded_numbers() == {1, 2}


def test_of_the_findings_it_is_the_same() -> None:
    theme = ThemeFindings("Money", (REPLY,), (), 3, 3, "offline", (THEME,))
    thread = CommonThread("", (1, 2), (2, 9), (REPLY, Point(Section.IDEAS, "So did we", (9,), quote=True)))
    found = Findings("All", (theme,), "offline", threads=(thread,), next_steps=(REPLY,))
    assert found.numbers() == {1, 2, 9}
    left = found.without({1})
    assert "Pool the audits" not in repr(left)
    assert "pooled audits" not in repr(left)
    assert len(left.threads) == 1
