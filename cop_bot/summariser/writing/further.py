"""Briefs and findings with their lines in further languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cop_bot.domain.brief import Brief, Point
from cop_bot.domain.findings import Findings
from cop_bot.summariser.server.model_client import Conversation
from cop_bot.summariser.writing.translating import Line, translated


async def brief_in(conversation: Conversation, brief: Brief, further: Sequence[str]) -> Brief:
    """The brief with translations of its lines, and of members' own words into its own language."""
    lines = [*brief.points, *brief.overview]
    texts = await translated(conversation, [Line.of(point) for point in lines], brief.language, further)
    points = [replace(point, translations=own) for point, own in zip(lines, texts, strict=True)]
    return replace(brief, points=tuple(points[: len(brief.points)]), overview=tuple(points[len(brief.points) :]))


async def findings_in(conversation: Conversation, findings: Findings, further: Sequence[str]) -> Findings:
    """The same for findings; what the briefs had in these languages already is not asked again."""
    points = [point for theme in findings.themes for point in (*theme.points, *theme.open_questions)]
    told = [thread for thread in findings.threads if not thread.quotes]
    lines = [Line.of(point) for point in (*points, *findings.next_steps)]
    lines += [Line(thread.words, findings.language, thread.cites, False, thread.translations) for thread in told]
    texts = iter(await translated(conversation, lines, findings.language, further))

    def filled(own: Sequence[Point]) -> tuple[Point, ...]:
        return tuple(replace(point, translations=next(texts)) for point in own)

    themes = tuple(
        replace(theme, points=filled(theme.points), open_questions=filled(theme.open_questions))
        for theme in findings.themes
    )
    next_steps = filled(findings.next_steps)
    threads = tuple(
        thread if thread.quotes else replace(thread, translations=next(texts)) for thread in findings.threads
    )
    return replace(findings, themes=themes, next_steps=next_steps, threads=threads)
