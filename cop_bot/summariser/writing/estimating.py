"""What a summary will ask of a model at most, before anything is asked."""

from __future__ import annotations

from collections.abc import Sequence

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import MOST_ALSO_HEARD, MOST_QUESTIONS, MOST_RESOURCES
from cop_bot.ports import Estimate
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import LONGEST_TEXT
from cop_bot.summariser.server.fenced import tokens
from cop_bot.summariser.server.model_client import ModelClient
from cop_bot.summariser.writing import claims
from cop_bot.summariser.writing.chunks import Chunk

_A_LINE = LONGEST_TEXT // 2
"""Tokens of a line with all around it, before it is short enough."""
_A_SHOWN_LINE = 130
"""The same of a line that is shown."""
_SHOWN_OF_THEMES, _ABOVE = 1200, 1600
"""Tokens of what is shown of the themes, and of what comes back."""
_BESIDES = MOST_QUESTIONS + MOST_RESOURCES + MOST_ALSO_HEARD
"""Lines that are shown beside the points."""


def estimate(
    client: ModelClient, assignment: Assignment, reading: Reading, chunks: Sequence[Chunk], budget: int
) -> Estimate:
    """One call a chunk, one to shorten what several chunks gave, two to verify and one to repair, one for what stands
    above the points and one to verify that, one a language.

    With objections, two more. Questions that a server does not understand at once are not foreseen.
    """
    if not chunks:
        return Estimate()
    costs = [client.cost(claims.request(client.prompts, assignment, chunk, len(chunks))) for chunk in chunks]
    sources = min(budget, sum(tokens(chunk.lines) for chunk in chunks))
    asked_for = claims.looked_at(assignment)
    looked_at = (asked_for + MOST_QUESTIONS) * _A_LINE
    look = [("verify", sources), ("repair", sources), ("verify", sources)]
    look += [("revise", sources), ("verify", sources)] if assignment.objections else []
    costs += [(_said(client, name) + shown + looked_at, looked_at) for name, shown in look]
    if len(chunks) > 1:
        costs.append((_said(client, "reduce") + budget, asked_for * _A_LINE))
    above = assignment.most_lines * _A_SHOWN_LINE + _SHOWN_OF_THEMES
    costs += [(_said(client, "overview") + above, _ABOVE), (_said(client, "verify") + sources, _ABOVE)]
    languages = len({*assignment.translations, *_spoken_besides(assignment, reading)})
    shown = (assignment.most_lines + _BESIDES) * _A_SHOWN_LINE
    costs += [(_said(client, "translate") + shown, 3 * shown)] * languages
    return Estimate(len(costs), sum(there for there, _ in costs), sum(back for _, back in costs))


def _said(client: ModelClient, name: str) -> int:
    return sum(tokens(client.prompts.load(f"{name}.{part}").text) for part in ("system", "user"))


def _spoken_besides(assignment: Assignment, reading: Reading) -> set[str]:
    """The summary's own language, if quotes may be in others."""
    return {assignment.language} if set(reading.languages.values()) - {"", assignment.language} else set()
