"""Summaries by a model behind the chat completions interface that OpenAI introduced and many servers speak."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief, Point, Section
from cop_bot.domain.errors import SummariserFailed
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.ports import AnswerCache, Estimate, Progress
from cop_bot.summariser.choosing.assembly import assemble
from cop_bot.summariser.process.work import Work
from cop_bot.summariser.server.answer import Unusable
from cop_bot.summariser.server.fenced import tokens
from cop_bot.summariser.server.model_client import Conversation, ModelClient, NoCache
from cop_bot.summariser.server.model_server import ModelServer
from cop_bot.summariser.server.token_budget import TokenBudget
from cop_bot.summariser.writing import threads
from cop_bot.summariser.writing.chunks import Chunk
from cop_bot.summariser.writing.estimating import estimate
from cop_bot.summariser.writing.further import brief_in, findings_in
from cop_bot.summariser.writing.introducing import introduced
from cop_bot.summariser.writing.planning import chunks
from cop_bot.summariser.writing.points import points
from prompts import Prompts

_BUDGET = 6000
"""Tokens of contributions in one request: what models of 8,000 tokens can read beside the prompt."""


_PER_TOKEN = 3
"""Of the tokens that are counted for a text at most, so many are one at least."""


class OpenAISummariser:
    """Lets a model write the points, and looks up each of them in the contributions.

    `base_url` None means OpenAI itself. `answers` is where answers are kept and costs counted; without it nothing is
    remembered. `call_seconds` is the longest wait for one answer, `total_seconds` for the whole brief (both wall time;
    None: no end), `budget` the tokens of contributions in one request. Never sent: members' names, e-mail addresses and
    telephone numbers, and contributions that read like an order to the model.
    """

    def __init__(
        self,
        api_key: str | None,
        base_url: str | None,
        model: str,
        *,
        answers: AnswerCache | None = None,
        prompts: Prompts | None = None,
        tokens_per_session: int = 500_000,
        tokens_per_day: int = 2_000_000,
        call_seconds: float = 60,
        total_seconds: float | None = 180,
        budget: int = _BUDGET,
        work: Work | None = None,
    ) -> None:
        self._work = work or Work()
        self.name = model
        known = prompts or Prompts.shipped()
        kept = answers or NoCache()
        self._server = ModelServer(api_key, base_url, model, call_seconds, _in_words(known))
        self._client = ModelClient(known, self._server, kept, TokenBudget(kept, tokens_per_session, tokens_per_day))
        self._tokens_per_session = tokens_per_session
        self._total_seconds = total_seconds
        self._budget = budget

    async def estimate(self, assignment: Assignment) -> Estimate:
        """Every call that may become necessary, each answered at full length."""
        reading = await self._work.read(assignment)
        parts = await chunks(self._client.answers, assignment, reading, self._budget)
        return await asyncio.to_thread(estimate, self._client, assignment, reading, parts, self._budget)

    async def summarise(self, assignment: Assignment, progress: Progress | None = None) -> Brief:
        """The brief; where nothing is left to send, or nothing of what the model wrote holds, the offline one.

        Raises SummariserFailed, with no word of a member in it.
        """
        reading = await self._work.read(assignment)
        async with self._conversation(assignment, progress) as conversation:
            parts = await chunks(self._client.answers, assignment, reading, self._budget)
            if not parts:
                return await self._work.write(assignment)
            self._must_fit(assignment, parts)
            conversation.expect(len(parts) + (len(parts) > 1))
            found = await points(conversation, assignment, reading, parts, self._budget)
            brief = await asyncio.to_thread(assemble, assignment, reading, found, self.name)
            if not any(_is_written(point) for point in brief.points):  # nothing is left that is the model's own
                return await self._work.write(assignment)
            brief = await introduced(conversation, brief, reading, assignment, self._budget)
            return await brief_in(conversation, brief, assignment.translations)

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        """The strongest lines of each brief, which were checked when they were written, and what comes back in them.

        Raises SummariserFailed if the model can't be asked for the latter now.
        """
        material = threads.Material.of(assignment)
        async with self._conversation(assignment) as conversation:
            told = await conversation.ask(threads.request(assignment, material)) if material.is_enough else []
            found = threads.held(told, material, assignment)
            lines = await self._work.collect(replace(assignment, words=assignment.words - threads.length(found)))
            maker = self.name if found and lines.is_offline else lines.maker
            alike = [one for one in lines.threads if not any(set(one.cites) <= set(other.cites) for other in found)]
            findings = replace(lines, maker=maker, threads=(*found, *alike[: max(0, threads.MOST - len(found))]))
            return await findings_in(conversation, findings, assignment.translations)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._server.aclose()

    def _must_fit(self, assignment: Assignment, parts: Sequence[Chunk]) -> None:
        """Raises SummariserFailed for a session that could be read in part alone for what it may cost: nothing is
        paid for that.
        """
        most = min(assignment.most_tokens or self._tokens_per_session, self._tokens_per_session)
        least = sum(tokens(part.lines) for part in parts) // _PER_TOKEN
        if least > most:
            raise SummariserFailed(f"To read this session costs more than {least} tokens, and it may cost {most}.")

    @asynccontextmanager
    async def _conversation(
        self, about: Assignment | FindingsAssignment, progress: Progress | None = None
    ) -> AsyncIterator[Conversation]:
        """With its deadline. Answers without the form that was asked for, and none in time, are failures."""
        try:
            async with asyncio.timeout(self._total_seconds):
                conversation = Conversation(self._client, about, self._total_seconds, progress)
                yield conversation
                conversation.end()
        except TimeoutError:
            limit = "in time" if self._total_seconds is None else f"within {self._total_seconds:g} s"
            raise SummariserFailed(f"No answer from the model {limit}.") from None
        except Unusable as useless:
            why = str(useless) or "The model's answer was not in the form that was asked for."
            raise SummariserFailed(why) from None


def _in_words(prompts: Prompts) -> Any:
    return lambda schema: prompts.load("shape").render(schema=json.dumps(schema, ensure_ascii=False))


def _is_written(point: Point) -> bool:
    """Whether the line is in the model's words: resources are named by code where they are no quotes."""
    return not point.quote and point.section != Section.RESOURCES
