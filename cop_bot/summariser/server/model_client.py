"""Asking a model, and asking nothing twice: answers are kept under a digest of all that was asked."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Generic

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.findings import FindingsAssignment
from cop_bot.ports import AnswerCache, Progress, Spent
from cop_bot.summariser.server.answer import Row, Rows, Unusable
from cop_bot.summariser.server.fenced import fence, tokens
from cop_bot.summariser.server.model_server import ModelServer, Question
from cop_bot.summariser.server.token_budget import TokenBudget
from prompts import Prompts


@dataclass(frozen=True, slots=True)
class ModelRequest(Generic[Row]):
    """One thing to ask: the prompts NAME.system and NAME.user, the values for the latter, and the form of the answer.

    `numbers` are the contributions that are sent; `limit` is how many tokens the answer may have.
    """

    name: str
    values: Mapping[str, str]
    rows: Rows[Row]
    numbers: Collection[int]
    limit: int = 3000


class ModelClient:
    """Where one model is asked: its prompts, its server, the answers that are kept and the caps."""

    def __init__(self, prompts: Prompts, server: ModelServer, answers: AnswerCache, token_budget: TokenBudget) -> None:
        self.prompts = prompts
        self.answers = answers
        self._server = server
        self._token_budget = token_budget

    @property
    def model(self) -> str:
        """The model's name."""
        return self._server.model

    def question(self, request: ModelRequest[Row]) -> Question:
        """The request in words."""
        user = self.prompts.load(f"{request.name}.user")
        return Question(
            prompt=request.name,
            system=self.prompts.load(f"{request.name}.system").render(),
            user=lambda shape: user.render(**request.values, shape=shape),
            schema=request.rows.schema(),
            check=request.rows.read,
            limit=request.limit,
        )

    def cost(self, request: ModelRequest[Row]) -> tuple[int, int]:
        """Tokens there and back at most, if the server understands the question at once."""
        question = self.question(request)
        return tokens(question.system) + tokens(question.user("")), request.limit

    def key(self, question: Question) -> str:
        """The digest of all that is asked, whatever way it is asked in."""
        names = (f"{question.prompt}.system", f"{question.prompt}.user", "shape")
        asked = (
            [self.prompts.load(name).version for name in names],
            (self._server.model, self._server.base_url, question.limit),
            (question.system, question.user(""), question.schema),
        )
        return sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()

    async def ask(self, request: ModelRequest[Row], subject: str, most: int | None, until: float) -> list[Row]:
        """The rows of the kept answer, or of the model's. Raises what `ModelServer.ask` raises."""
        question = self.question(request)
        key = self.key(question)
        kept = await self.answers.recall(key)
        if kept is not None:
            try:
                return request.rows.read(kept)
            except Unusable:
                pass  # it was kept by another version of this program
        answer = await self._server.ask(question, partial(self._token_budget.hold, subject, most), until)
        await self.answers.keep(key, answer, subject=subject, numbers=request.numbers)
        return request.rows.read(answer)


class Conversation:
    """All that is asked for one summary: about one subject, until one deadline, with one progress."""

    def __init__(
        self,
        client: ModelClient,
        about: Assignment | FindingsAssignment,
        seconds: float | None,
        progress: Progress | None = None,
    ) -> None:
        self.client = client
        self._about = about
        self._until = asyncio.get_running_loop().time() + (math.inf if seconds is None else seconds)
        self._progress = progress
        self._done = 0
        self._expected = 0

    def expect(self, calls: int) -> None:
        """So many more answers are awaited."""
        self._expected += calls

    async def ask(self, request: ModelRequest[Row]) -> list[Row]:
        """As `ModelClient.ask`; one that was not expected is expected from now on."""
        self._expected = max(self._expected, self._done + 1)
        rows = await self.client.ask(request, self._about.subject, self._about.most_tokens, self._until)
        self._done += 1
        if self._progress:
            self._progress(self._done, self._expected)
        return rows

    def end(self) -> None:
        """Nothing more is awaited."""
        if self._progress and self._done != self._expected:
            self._progress(self._done, self._done)


class NoCache:
    """Answers that are not kept, and costs that are only counted: where there is no record."""

    def __init__(self) -> None:
        self._spent: dict[str, int] = {}

    async def recall(self, key: str) -> str | None:
        """Nothing."""
        del key
        return None

    async def keep(self, key: str, answer: str, *, subject: str, numbers: Collection[int]) -> None:
        """Nothing is kept."""

    async def spent(self, subject: str) -> Spent:
        """What this process has spent on the subject; of days it knows nothing."""
        return Spent(self._spent.get(subject, 0), 0)

    async def spend(self, subject: str, tokens_in: int, tokens_out: int) -> None:
        """Counted as long as the process lives."""
        self._spent[subject] = self._spent.get(subject, 0) + tokens_in + tokens_out


def fenced(lines: str) -> dict[str, str]:
    """The values that quote something to the model: `fence` and `contributions`."""
    return {"fence": fence(lines), "contributions": lines}


def language_name(code: str) -> str:
    """For example "Portuguese (pt)": models know languages by name better than by code."""
    from babel import Locale, UnknownLocaleError

    try:
        return f"{Locale.parse(code, sep='-').get_display_name('en')} ({code})"
    except (UnknownLocaleError, ValueError):
        return code
