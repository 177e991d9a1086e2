"""Summaries by a model behind the chat completions interface that OpenAI introduced and many servers speak."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import Any

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief, Point, Section
from cop_bot.domain.errors import SummariserFailed
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.ports import Answers, Estimate, Progress
from cop_bot.summariser.answer import Claim, schema
from cop_bot.summariser.by_rule import MOST_QUESTIONS, also_heard, open_questions, resources
from cop_bot.summariser.checks import traced
from cop_bot.summariser.chunks import Chunk, chunks, ids_of, tokens
from cop_bot.summariser.findings import collect
from cop_bot.summariser.ladder import Step
from cop_bot.summariser.model_server import ModelServer
from cop_bot.summariser.offline import MOST_POINTS, write
from cop_bot.summariser.reading import Reading, read
from cop_bot.summariser.unite import unite
from prompts import Prompts

_BUDGET = 6000
"""Tokens of contributions in one request: what models of 8,000 tokens can read beside the prompt."""
_SIDE_BY_SIDE = 4


class OpenAISummariser:
    """Lets a model write the points, and looks up each of them in the contributions.

    `base_url` None means OpenAI itself. `call_seconds` is the longest wait for one answer, `total_seconds` for the
    whole brief (both wall time), `budget` the tokens of contributions in one request. Never sent: members' names, and
    contributions that read like an order to the model.
    """

    def __init__(
        self,
        api_key: str | None,
        base_url: str | None,
        model: str,
        *,
        answers: Answers | None = None,
        prompts: Prompts | None = None,
        tokens_per_session: int = 500_000,
        tokens_per_day: int = 2_000_000,
        call_seconds: float = 60,
        total_seconds: float = 180,
        budget: int = _BUDGET,
    ) -> None:
        self.name = model
        self._prompts = prompts or Prompts.shipped()
        self._answers = answers
        self._tokens_per_session = tokens_per_session
        self._tokens_per_day = tokens_per_day
        self._server = ModelServer(api_key, base_url, model, call_seconds)
        self._total_seconds = total_seconds
        self._budget = budget

    async def estimate(self, assignment: Assignment) -> Estimate:
        """One request a chunk, each answered at full length."""
        parts = await asyncio.to_thread(lambda: chunks(read(assignment), self._budget))
        return Estimate(len(parts), sum(tokens(part.lines) for part in parts))

    async def summarise(self, assignment: Assignment, progress: Progress | None = None) -> Brief:
        """The brief; where nothing is left to send, the offline one.

        Raises SummariserFailed, with no word of a member in it.
        """
        reading = await asyncio.to_thread(read, assignment)
        parts = await asyncio.to_thread(chunks, reading, self._budget)
        if not parts:
            return await asyncio.to_thread(write, assignment)
        try:
            async with asyncio.timeout(self._total_seconds):
                claims = await self._ask(assignment, parts)
        except TimeoutError:
            raise SummariserFailed(f"No answer from the model within {self._total_seconds:g} s.") from None
        return await asyncio.to_thread(self._brief, assignment, reading, claims)

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        """The strongest lines of each brief. They were checked when they were written; the model is not asked again."""
        return collect(assignment)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._server.aclose()

    async def _ask(self, assignment: Assignment, parts: list[Chunk]) -> list[list[Claim]]:
        turns = asyncio.Semaphore(_SIDE_BY_SIDE)

        async def ask(chunk: Chunk) -> list[Claim]:
            async with turns:
                return await self._server.ask(partial(_request, assignment, chunk))

        waiting = [asyncio.ensure_future(ask(chunk)) for chunk in parts]
        try:
            return await asyncio.gather(*waiting)
        finally:
            for one in waiting:
                one.cancel()  # when one part fails, the others are not paid for

    def _brief(self, assignment: Assignment, reading: Reading, claims: list[list[Claim]]) -> Brief:
        ids = ids_of(reading)
        points = unite([traced(part, reading, ids, assignment.language) for part in claims])
        if not points:
            raise SummariserFailed("Nothing in the model's answer could be traced to a contribution.")
        points += _missing_questions(reading, points)
        points += resources(reading)
        points += also_heard(reading, points)
        points.sort(key=lambda point: list(Section).index(point.section))
        return Brief(tuple(points), reading.receipt(points), self.name, assignment.language, reading.people)


def _missing_questions(reading: Reading, points: list[Point]) -> list[Point]:
    """Unanswered questions that the model passed over, while the section has room."""
    there = [point for point in points if point.section == Section.OPEN_QUESTIONS]
    covered = {number for point in there for number in point.cites}
    passed_over = [point for point in open_questions(reading) if point.cites[0] not in covered]
    return passed_over[: max(0, MOST_QUESTIONS - len(there))]


def _request(assignment: Assignment, chunk: Chunk, step: Step) -> dict[str, Any]:
    wanted = schema(chunk.ids, with_lengths=step.with_lengths)
    form = step.response_format(wanted)
    messages = [
        {"role": "system", "content": Prompts.shipped().load("brief.system").render()},
        {"role": "user", "content": _question(assignment, chunk, wanted if step.schema_in_prompt else None)},
    ]
    return {"messages": messages} | ({"response_format": form} if form else {})


def _question(assignment: Assignment, chunk: Chunk, wanted: dict[str, Any] | None) -> str:
    shape = Prompts.shipped().load("shape").render(schema=json.dumps(wanted)) + "\n" if wanted else ""
    return (
        Prompts.shipped()
        .load("brief.user")
        .render(
            theme=_line(assignment.theme),
            questions="\n".join(f"- {_line(question.text)}" for question in assignment.questions) or "-",
            fence=chunk.fence,
            count=str(len(chunk.ids)),
            contributions=chunk.lines,
            points=str(MOST_POINTS),
            words=str(assignment.words),
            shape=shape,
            language=_language_name(assignment.language),
        )
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _language_name(code: str) -> str:
    """For example "Portuguese (pt)": models know languages by name better than by code."""
    from babel import Locale, UnknownLocaleError

    try:
        return f"{Locale.parse(code, sep='-').get_display_name('en')} ({code})"
    except (UnknownLocaleError, ValueError):
        return code
