"""The conversation with a server that speaks OpenAI's chat completions: one question, and an answer or why not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.server.answer import Unusable
from cop_bot.summariser.server.completion import Completion, CutOff
from cop_bot.summariser.server.fenced import tokens
from cop_bot.summariser.server.patience import Way
from cop_bot.summariser.server.response_formats import ServerQuirks, Step, is_about_the_form
from cop_bot.summariser.server.token_budget import Held

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI

_MOST_BYTES = 1_000_000
"""No answer is that long; a server that goes on is hung up on."""

log = structlog.get_logger()

Hold = Callable[[int, int], AbstractAsyncContextManager[Held]]
"""Sets tokens aside for a call (there, back), and writes down what it cost."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask. `user` gets the sentence that tells the form in words, or "" if the server is held to it.

    `check` raises Unusable for an answer that has not that form; `limit` is how many tokens it may have.
    """

    prompt: str
    system: str
    user: Callable[[str], str]
    schema: dict[str, Any]
    check: Callable[[str], object]
    limit: int

    def request(self, step: Step, shape: Callable[[dict[str, Any]], str]) -> dict[str, Any]:
        """The request's messages and, unless there is none, its response_format."""
        form = step.response_format(self.prompt, self.schema)
        messages = [
            {"role": "system", "content": self.system},
            {"role": "user", "content": self.user(shape(self.schema) if step.schema_in_prompt else "")},
        ]
        return {"messages": messages} | ({"response_format": form} if form else {})


class ModelServer:
    """One model on one server; without a `base_url`, OpenAI's. `call_seconds` (wall) is how long an answer may take.

    `shape` puts a JSON Schema into words. What was learnt about the server is remembered as long as this lives.
    """

    def __init__(
        self,
        api_key: str | None,
        base_url: str | None,
        model: str,
        call_seconds: float,
        shape: Callable[[dict[str, Any]], str],
    ) -> None:
        self.base_url = base_url
        self.model = model
        self._api_key = api_key
        self._call_seconds = call_seconds
        self._shape = shape
        self._quirks = ServerQuirks()
        self._opened: AsyncOpenAI | None = None

    async def ask(self, question: Question, hold: Hold, until: float) -> str:
        """An answer in the form that was asked for, in the strictest way that the server understands.

        `until` is a time of the loop: no pause reaches beyond it. Raises Unusable if the model can't be brought to
        that form, otherwise SummariserFailed with a reason that repeats nothing of what was sent.
        """
        from openai import APIStatusError

        way = Way(question.limit)
        while (step := self._quirks.best(way.lowest, way.refused)) is not None:
            try:
                answer = await self._text(question, step, way.limit, hold)
                question.check(answer)
            except APIStatusError as no:
                if not self._goes_on(no, step, way.refused):
                    await asyncio.sleep(way.pause(no, until - asyncio.get_running_loop().time()))
            except CutOff:
                way.widen(question.limit)
            except Unusable:
                if not way.descend(step):
                    raise
            else:
                self._quirks.praise(step, way.refused, way.useless)
                return answer
        raise SummariserFailed("The model's server refused every form of request.")

    def _goes_on(self, no: APIStatusError, step: Step, refused: set[Step]) -> bool:
        """Whether to ask in another way at once."""
        complaint = no.response.text[:4000]
        if self._quirks.adapt(no.status_code, complaint):
            return True
        if is_about_the_form(no.status_code, complaint):
            refused.add(step)
            return True
        return False

    async def aclose(self) -> None:
        """Closes the connections."""
        if self._opened is not None:
            await self._opened.close()

    async def _text(self, question: Question, step: Step, limit: int, hold: Hold) -> str:
        """One request, and what the model wrote."""
        from httpx2 import HTTPError, TimeoutException  # what the client lets through while an answer is being read
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        request = question.request(step, self._shape)
        asked = sum(tokens(message["content"]) for message in request["messages"])
        options = {"model": self.model} | self._quirks.options(limit) | request
        began = asyncio.get_running_loop().time()
        async with hold(asked, limit) as held:
            try:
                async with asyncio.timeout(self._call_seconds):
                    body = await self._received(options)
            except APIStatusError:
                held.cost(0, 0)  # nothing was written
                raise
            except (APITimeoutError, TimeoutException, TimeoutError):
                raise SummariserFailed(f"The model's server gave no answer within {self._call_seconds:g} s.") from None
            except (APIConnectionError, HTTPError):
                held.cost(asked, 0)
                raise SummariserFailed("The model's server could not be reached.") from None
            completion = Completion.of(body)
            used_in, used_out = completion.usage(asked, tokens(body.decode(errors="replace")))
            held.cost(used_in, used_out)
        log.info(
            "model answered",
            model=self.model,
            prompt=question.prompt,
            step=step.name.lower(),
            prompt_tokens=used_in,
            completion_tokens=used_out,
            seconds=round(asyncio.get_running_loop().time() - began, 2),
        )
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
        """The client, made at the first call: the package is large and many programmes never need it.

        It repeats nothing by itself, so that no repetition goes unpaid or beyond the time there is.
        """
        if self._opened is None:
            from openai import AsyncOpenAI, Timeout

            self._opened = AsyncOpenAI(
                api_key=self._api_key or "none",  # a server on one's own machine asks for none, the client does
                base_url=self.base_url,
                timeout=Timeout(self._call_seconds, connect=min(5.0, self._call_seconds)),
                max_retries=0,
            )
        return self._opened
