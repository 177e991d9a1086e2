"""What the whole programme comes to, from the stored briefs alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cop_bot.domain.brief import Brief, Point, Receipt, Section
from cop_bot.domain.findings import Findings, FindingsAssignment, from_json, to_json
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
    findings = collect(replace(long_programme(), words=words))
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


def test_every_theme_proposes_a_first_step_before_any_proposes_a_second() -> None:
    steps = [point(number, f"Let us do matter {number} together.", Section.NEXT_STEPS) for number in range(1, 6)]
    briefs = (("Money", brief(3, *steps[:3])), ("Risk", brief(1, steps[3])), ("Tools", brief(1, steps[4])))
    findings = collect(FindingsAssignment("Programme", briefs))
    assert [step.cites for step in findings.next_steps] == [(1,), (4,), (5,), (2,), (3,)]


def test_what_was_said_alike_in_several_themes_stands_side_by_side() -> None:
    overheads = point(1, "Overheads are paid late.")
    money = brief(2, overheads, point(2, "Nobody pays for translation into local languages."))
    risk = brief(1, point(3, "Translation into local languages is the first thing that is cut."))
    tools = brief(1, point(4, "The tool is slow on a phone."))
    briefs = (("Money", money), ("Risk", risk), ("Tools", tools))
    findings = collect(FindingsAssignment("Shifting power with partners", briefs))
    assert findings.threads == ()  # one of them says nobody
    said_so = brief(2, overheads, point(2, "Pay for translation into local languages."))
    findings = collect(FindingsAssignment("Shifting power with partners", (("Money", said_so), *briefs[1:])))
    (thread,) = findings.threads
    assert [one.text for one in thread.quotes] == [said_so.points[1].text, risk.points[0].text]
    assert (thread.words, thread.themes, thread.cites) == ("", (1, 2), (2, 3))


def test_single_words_words_of_the_title_everyday_words_and_other_languages_make_no_thread() -> None:
    money = brief(1, point(1, "People think the power of money is always important for translation"))
    risk = brief(1, point(2, "People always think of power as important in translation"))
    findings = collect(FindingsAssignment("Shifting the power", (("Money", money), ("Risk", risk))))
    assert findings.threads == ()


def test_threads_that_were_single_words_once_are_left_out_of_what_was_stored() -> None:
    made = collect(FindingsAssignment("Programme", (("Money", brief(1, point(1, "Pay for translation."))),)))
    stored = to_json(made)
    stored["threads"] = [{"words": "translation", "themes": [1, 2], "cites": [1, 2], "by_word": True}]
    assert from_json(stored) == made


def test_a_programme_in_which_nobody_said_anything_has_empty_findings() -> None:
    findings = collect(FindingsAssignment("Programme", (("Money", brief(0)),)))
    assert said(findings) == []
    assert findings.is_offline
