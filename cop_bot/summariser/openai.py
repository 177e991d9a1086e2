"""Summaries by a model behind the chat completions interface that OpenAI introduced and many servers speak."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from pydantic import BaseModel, ValidationError

import prompts
from cop_bot.domain.brief import Assignment, Brief, Findings, FindingsAssignment, Point, Section
from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.answer import Claim, Unusable, parse, schema
from cop_bot.summariser.by_rule import MOST_QUESTIONS, also_heard, open_questions, resources
from cop_bot.summariser.checks import traced
from cop_bot.summariser.chunks import Chunk, chunks, ids_of
from cop_bot.summariser.findings import collect
from cop_bot.summariser.ladder import Manners, Step
from cop_bot.summariser.offline import MOST_POINTS, write
from cop_bot.summariser.reading import Reading, read
from cop_bot.summariser.unite import unite

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI

_BUDGET = 6000
"""Tokens of contributions in one request: what models of 8,000 tokens can read beside the prompt."""
_LIMIT = 3000
"""Tokens of an answer; more after one that was cut off (a reasoning model spends them before it writes)."""
_MOST_BYTES = 1_000_000
"""No answer is that long; a server that goes on is hung up on."""
_SIDE_BY_SIDE = 4

log = structlog.get_logger()


class OpenAISummariser:
    """Lets a model write the points, and looks up each of them in the contributions.

    `base_url` None means OpenAI itself. `call_seconds` is the longest wait for one answer, `total_seconds` for the
    whole brief (both wall time). Never sent: members' names, and contributions that read like an order to the model.
    """

    def __init__(
        self,
        api_key: str | None,
        base_url: str | None,
        model: str,
        *,
        call_seconds: float = 60,
        total_seconds: float = 180,
        budget: int = _BUDGET,
    ) -> None:
        self.name = model
        self._api_key = api_key
        self._base_url = base_url
        self._call_seconds = call_seconds
        self._total_seconds = total_seconds
        self._budget = budget
        self._manners = Manners()
        self._opened: AsyncOpenAI | None = None

    async def summarise(self, assignment: Assignment) -> Brief:
        """The brief; where nothing is left to send, the offline one.

        Raises SummariserFailed, with no word of a member in it.
        """
        reading = await asyncio.to_thread(read, assignment)
        parts = await asyncio.to_thread(chunks, reading, self._budget)
        if not parts:
            return await asyncio.to_thread(write, assignment)
        try:
            async with asyncio.timeout(self._total_seconds):
                claims = await self._ask_all(assignment, parts)
        except TimeoutError:
            raise SummariserFailed(f"No answer from the model within {self._total_seconds:g} s.") from None
        return await asyncio.to_thread(self._brief, assignment, reading, claims)

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        """The strongest lines of each brief. They were checked when they were written; the model is not asked again."""
        return collect(assignment)

    async def aclose(self) -> None:
        """Closes the connections."""
        if self._opened is not None:
            await self._opened.close()

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

    async def _ask_all(self, assignment: Assignment, parts: list[Chunk]) -> list[list[Claim]]:
        turns = asyncio.Semaphore(_SIDE_BY_SIDE)

        async def ask(chunk: Chunk) -> list[Claim]:
            async with turns:
                return await self._ask(assignment, chunk)

        waiting = [asyncio.ensure_future(ask(chunk)) for chunk in parts]
        try:
            return await asyncio.gather(*waiting)
        finally:
            for one in waiting:
                one.cancel()

    async def _ask(self, assignment: Assignment, chunk: Chunk) -> list[Claim]:
        """Ask for one chunk, each time in a way that the server's last complaint or a useless answer leaves open."""
        from openai import APIStatusError

        own, limit = Step.SCHEMA, _LIMIT
        while True:
            step = max(own, self._manners.step)
            try:
                return parse(await self._call(assignment, chunk, step, limit))
            except APIStatusError as refused:
                if not self._manners.learn(step, refused.status_code, _complaint(refused)):
                    raise SummariserFailed(f"The model's server answered {refused.status_code}.") from None
            except _CutOff:
                if limit > _LIMIT:
                    raise SummariserFailed("The model's answer was cut off.") from None
                limit *= 4
            except Unusable:
                if step == Step.TEXT:
                    raise SummariserFailed("The model's answer was not in the form that was asked for.") from None
                own = Step(step + 1)

    async def _call(self, assignment: Assignment, chunk: Chunk, step: Step, limit: int) -> str:
        """One request, retried twice by the client on an outage; returns the text of the answer."""
        from httpx2 import HTTPError  # what the client lets through while an answer is being read
        from openai import APIConnectionError

        wanted = schema(chunk.ids, with_lengths=step.with_lengths)
        options = self._manners.options(limit)
        if (form := step.response_format(wanted)) is not None:
            options["response_format"] = form
        options |= {"model": self.name, "messages": _messages(assignment, chunk, step, wanted)}
        try:
            return self._content(await self._received(options), step)
        except (APIConnectionError, HTTPError):
            raise SummariserFailed("The model's server could not be reached or took too long.") from None

    async def _received(self, options: dict[str, Any]) -> bytes:
        create: Any = self._client().chat.completions.with_streaming_response.create
        received = bytearray()
        async with create(**options) as response:
            async for part in response.iter_bytes():
                received += part
                if len(received) > _MOST_BYTES:
                    raise SummariserFailed("The model's answer was far too long.")
        return bytes(received)

    def _content(self, received: bytes, step: Step) -> str:
        try:
            completion = _Completion.model_validate_json(received)
        except ValidationError:
            raise Unusable from None
        log.info("model answered", model=self.name, step=step.name.lower(), **completion.usage.model_dump())
        if not completion.choices:
            raise Unusable
        choice = completion.choices[0]
        if choice.message.refusal:
            raise SummariserFailed("The model refused to write this summary.")
        if choice.finish_reason == "length":
            raise _CutOff
        return choice.message.content or ""

    def _client(self) -> AsyncOpenAI:
        """The client, made at the first call: the package is large and many programmes never need it."""
        if self._opened is None:
            from openai import AsyncOpenAI, Timeout

            self._opened = AsyncOpenAI(
                api_key=self._api_key or "none",  # a server on one's own machine asks for none, the client does
                base_url=self._base_url,
                timeout=Timeout(self._call_seconds, connect=min(5.0, self._call_seconds)),
                max_retries=2,
            )
        return self._opened


class _CutOff(Exception):  # noqa: N818 - caught where it is thrown
    """The answer ended at the limit of tokens."""


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    """As much of an answer as is used: small servers leave out much of the rest."""

    choices: list[_Choice] = []
    usage: _Usage = _Usage()


def _complaint(refused: APIStatusError) -> str:
    return refused.response.text[:4000]


def _messages(assignment: Assignment, chunk: Chunk, step: Step, wanted: dict[str, Any]) -> list[dict[str, str]]:
    shape = prompts.load("shape").render(schema=json.dumps(wanted)) + "\n" if step.schema_in_prompt else ""
    render = partial(
        prompts.load("brief.user").render, points=str(MOST_POINTS), words=str(assignment.words), shape=shape
    )
    user = render(
        theme=_line(assignment.theme),
        questions="\n".join(f"- {_line(question)}" for question in assignment.questions) or "-",
        fence=chunk.fence,
        count=str(len(chunk.ids)),
        contributions=chunk.lines,
        language=_language_name(assignment.language),
    )
    return [
        {"role": "system", "content": prompts.load("brief.system").render()},
        {"role": "user", "content": user},
    ]


def _line(text: str) -> str:
    return " ".join(text.split())


def _language_name(code: str) -> str:
    """For example "Portuguese (pt)": models know languages by name better than by code."""
    from babel import Locale, UnknownLocaleError

    try:
        return f"{Locale.parse(code, sep='-').get_display_name('en')} ({code})"
    except (UnknownLocaleError, ValueError):
        return code


def _missing_questions(reading: Reading, points: list[Point]) -> list[Point]:
    """Unanswered questions that the model passed over, while the section has room."""
    there = [point for point in points if point.section == Section.OPEN_QUESTIONS]
    covered = {number for point in there for number in point.cites}
    passed_over = [point for point in open_questions(reading) if point.cites[0] not in covered]
    return passed_over[: max(0, MOST_QUESTIONS - len(there))]
