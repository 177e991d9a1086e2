"""The conversation with a server that speaks OpenAI's chat completions: one question, and an answer or why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import structlog
from pydantic import BaseModel, ValidationError

from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.answer import Claim, Unusable, parse
from cop_bot.summariser.ladder import Manners, Step

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_LIMIT = 3000
"""Tokens of an answer; more after one that was cut off (a reasoning model spends them before it writes)."""
_MOST_BYTES = 1_000_000
"""No answer is that long; a server that goes on is hung up on."""

log = structlog.get_logger()

Request = Callable[[Step], dict[str, Any]]
"""What to ask in this way: the request's messages and, unless there is none, its response_format."""


class ModelServer:
    """One model on one server; without a `base_url`, OpenAI's. `call_seconds` (wall) is how long an answer may take."""

    def __init__(self, api_key: str | None, base_url: str | None, model: str, call_seconds: float) -> None:
        self._api_key = api_key
        self._base_url = base_url
        self._model = model
        self._call_seconds = call_seconds
        self._manners = Manners()
        self._opened: AsyncOpenAI | None = None

    async def ask(self, request: Request) -> list[Claim]:
        """The claims of an answer, asked for in the strictest way that the server understands.

        Raises SummariserFailed with a reason that repeats nothing of what was sent.
        """
        from openai import APIStatusError

        lowest, limit = Step.SCHEMA, _LIMIT
        while True:
            step = max(lowest, self._manners.step)
            options = {"model": self._model} | self._manners.options(limit) | request(step)
            try:
                return parse(await self._text(options, step))
            except APIStatusError as refused:
                if not self._manners.learn(step, refused.status_code, refused.response.text[:4000]):
                    raise SummariserFailed(f"The model's server answered {refused.status_code}.") from None
            except _CutOff:
                if limit > _LIMIT:
                    raise SummariserFailed("The model's answer was cut off.") from None
                limit *= 4
            except Unusable:
                if step == Step.TEXT:
                    raise SummariserFailed("The model's answer was not in the form that was asked for.") from None
                lowest = Step(step + 1)

    async def aclose(self) -> None:
        """Closes the connections."""
        if self._opened is not None:
            await self._opened.close()

    async def _text(self, options: dict[str, Any], step: Step) -> str:
        """One request, which the client repeats twice on an outage."""
        from httpx2 import HTTPError  # what the client lets through while an answer is being read
        from openai import APIConnectionError

        try:
            completion = _Completion.model_validate_json(await self._received(options))
        except (APIConnectionError, HTTPError):
            raise SummariserFailed("The model's server could not be reached or took too long.") from None
        except ValidationError:
            raise Unusable from None
        used = completion.usage or _Usage()
        log.info("model answered", model=self._model, step=step.name.lower(), **used.model_dump())
        return completion.text()

    async def _received(self, options: dict[str, Any]) -> bytes:
        create: Any = self._client().chat.completions.with_streaming_response.create
        received = bytearray()
        async with create(**options) as response:
            async for part in response.iter_bytes():
                received += part
                if len(received) > _MOST_BYTES:
                    raise SummariserFailed("The model's answer was far too long.")
        return bytes(received)

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


class _CutOff(Exception):
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
    usage: _Usage | None = None

    def text(self) -> str:
        """What the model wrote. Raises Unusable, _CutOff or, if it refused, SummariserFailed."""
        if not self.choices:
            raise Unusable
        choice = self.choices[0]
        if choice.message.refusal:
            raise SummariserFailed("The model refused to write this summary.")
        if choice.finish_reason == "length":
            raise _CutOff
        return choice.message.content or ""
