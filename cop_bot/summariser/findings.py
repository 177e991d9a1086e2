"""What the whole programme comes to: chosen from the briefs, which were checked when made; nothing is rewritten."""

from __future__ import annotations

from cop_bot.domain.brief import Brief, Point, Section
from cop_bot.domain.findings import Findings, FindingsAssignment, ThemeFindings

POINTS_A_THEME = 3
QUESTIONS_A_THEME = 3


def collect(assignment: FindingsAssignment) -> Findings:
    """For each theme the points that most contributions stand behind (of equals the first), and its open questions."""
    makers = [brief.maker for _, brief in assignment.briefs if not brief.is_offline]
    return Findings(
        title=assignment.title,
        themes=tuple(_of_theme(theme, brief) for theme, brief in assignment.briefs),
        maker=makers[0] if makers else "offline",
        language=assignment.language,
    )


def _of_theme(theme: str, brief: Brief) -> ThemeFindings:
    return ThemeFindings(
        theme=theme,
        points=_strongest(brief)[:POINTS_A_THEME],
        open_questions=brief.of(Section.OPEN_QUESTIONS)[:QUESTIONS_A_THEME],
        contributions=brief.receipt.read,
        people=brief.people,
        maker=brief.maker,
    )


def _strongest(brief: Brief) -> tuple[Point, ...]:
    """Main points first; ideas only where those are too few."""
    main = sorted(brief.of(Section.MAIN_POINTS), key=lambda point: -len(point.cites))
    ideas = sorted(brief.of(Section.IDEAS), key=lambda point: -len(point.cites))
    return (*main, *ideas)
