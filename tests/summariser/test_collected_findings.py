"""What the whole programme comes to, from the stored briefs alone."""

from __future__ import annotations

import pytest

from cop_bot.domain.brief import Brief, Point, Receipt, Section
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.summariser.choosing.findings import collect

THEMES = ("Money", "Risk", "Agenda", "Tools", "Decisions")


def brief(first: int, *points: Point) -> Brief:
    cited = tuple(sorted({number for point in points for number in point.cites}))
    return Brief(points, Receipt(cited), "offline", people=first)


def point(number: int, text: str, section: Section = Section.MAIN_POINTS, people: int = 1) -> Point:
    return Point(section, text, (number,), quote=True, language="en", people=people)


def said(findings: Findings) -> list[str]:
    lines = [line for theme in findings.themes for line in (*theme.points, *theme.open_questions)]
    return [line.text for line in (*lines, *findings.next_steps)] + [thread.words for thread in findings.threads]


def long_programme() -> FindingsAssignment:
    briefs = []
    for at, theme in enumerate(THEMES):
        points = [point(at * 10 + n, f"{theme} matter {n} " + "so it goes on " * 10) for n in range(4)]
        points += [point(at * 10 + 5, f"{theme} asks " + "why and why " * 8 + "?", Section.OPEN_QUESTIONS)]
        points += [point(at * 10 + 6, f"Let us do {theme} " + "soon " * 20, Section.NEXT_STEPS)]
        briefs.append((theme, brief(3, *points)))
    return FindingsAssignment("Shifting the power", tuple(briefs))


@pytest.mark.parametrize("words", [20, 60, 100, 350])
def test_all_lines_together_keep_to_the_words_and_every_theme_keeps_one(words: int) -> None:
    findings = collect(long_programme(), words)
    assert sum(len(text.split()) for text in said(findings)) <= words
    assert all(theme.points or theme.open_questions for theme in findings.themes)


def test_the_limit_is_the_programmes_unless_another_is_given() -> None:
    assert sum(len(text.split()) for text in said(collect(long_programme()))) <= 350


def test_the_points_of_most_members_come_first_and_a_disagreement_is_not_lost() -> None:
    points = [point(n, f"Said by {n}", people=n) for n in range(1, 6)]
    divided = point(9, "Some want boats and others bridges", Section.DISAGREEMENTS)
    (theme,) = collect(FindingsAssignment("Programme", (("Money", brief(5, *points, divided)),))).themes
    assert [line.cites[0] for line in theme.points] == [5, 4, 9]


def test_next_steps_are_those_of_the_briefs_and_no_others() -> None:
    money = brief(
        2, point(1, "Let us share one form.", Section.NEXT_STEPS), point(2, "Forms take a third of our time.")
    )
    risk = brief(1, point(3, "Insurance covers the car and not the driver."))
    findings = collect(FindingsAssignment("Programme", (("Money", money), ("Risk", risk))))
    assert [step.cites for step in findings.next_steps] == [(1,)]


def test_a_word_that_carries_points_of_two_themes_is_a_thread() -> None:
    money = brief(2, point(1, "Overheads of local partners are paid late."), point(2, "Nobody pays for translation."))
    risk = brief(1, point(3, "Translation is the first thing that is cut, and partners pay for it."))
    tools = brief(1, point(4, "The tool needs a translation into Kiswahili."))
    briefs = (("Money", money), ("Risk", risk), ("Tools", tools))
    findings = collect(FindingsAssignment("Shifting power with partners", briefs))
    (thread,) = findings.threads
    assert (thread.words, thread.themes, thread.by_word) == ("translation", (1, 2, 3), True)
    assert set(thread.cites) == {2, 3, 4}


def test_words_of_the_title_everyday_words_and_other_languages_make_no_thread() -> None:
    money = brief(1, point(1, "People think the power of money is always important"))
    risk = brief(1, point(2, "People always think of power as important"))
    findings = collect(FindingsAssignment("Shifting the power", (("Money", money), ("Risk", risk))))
    assert findings.threads == ()


def test_a_programme_in_which_nobody_said_anything_has_empty_findings() -> None:
    findings = collect(FindingsAssignment("Programme", (("Money", brief(0)),)))
    assert said(findings) == []
    assert findings.is_offline
