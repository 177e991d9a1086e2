"""What stands in a stored summary: which contributions it rests on, what is left without some, and its languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cop_bot.domain import brief as briefs
from cop_bot.domain import findings as all_findings
from cop_bot.domain.summary import Summary


def numbers_of(summary: Summary) -> set[int]:
    """The contributions that are in it in any way."""
    if summary.session_id is None:
        return set(all_findings.from_json(summary.content).numbers())
    return set(briefs.from_json(summary.content).receipt.numbers())


def content_without(summary: Summary, gone: Collection[int], authors: Mapping[int, int]) -> dict[str, Any]:
    """Its content without these contributions: lines that rest on nothing else disappear, and no more people are
    counted than there are. `authors`: number of a contribution that is left -> who wrote it.
    """
    numbers = set(gone)
    if summary.session_id is None:
        return all_findings.to_json(all_findings.from_json(summary.content).without(numbers))
    return briefs.to_json(briefs.from_json(summary.content).without(numbers).recounted(authors))


def further_languages(
    summary: Summary, languages: Sequence[str], named: Collection[str], spoken: Collection[str]
) -> list[str]:
    """The further languages in which it is read: of these (the first is its own) and those in which what it is about is
    `named`, each that is `spoken` by the bot or that a model has translated it into.
    """
    translated = {language for texts in _translations(summary) for language, words in texts.items() if words}
    own = languages[0].partition("-")[0]
    wanted = dict.fromkeys((*languages[1:], *named))
    can = (one for one in wanted if one in translated or one.partition("-")[0] in spoken)
    return [one for one in can if one.partition("-")[0] != own]


def _translations(summary: Summary) -> list[dict[str, str]]:
    if summary.session_id is not None:
        return [point.translations for point in briefs.from_json(summary.content).points]
    found = all_findings.from_json(summary.content)
    points = [point for theme in found.themes for point in (*theme.points, *theme.open_questions)]
    said = [point.translations for point in (*points, *found.next_steps)]
    return [*said, *(thread.translations for thread in found.threads)]
