"""What a chat completions server sends back, as far as it is used: small servers leave out much of it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, ValidationError

from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.server.answer import Unusable

_ABSURD = 10_000_000
"""No call uses as many tokens, and a column of the record holds no number without end."""


class CutOff(Exception):
    """The answer ended at the limit of tokens."""


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class Completion(BaseModel):
    """One answer of the server."""

    choices: list[_Choice] = []
    counted: Any = Field(None, validation_alias="usage")

    @classmethod
    def of(cls, body: bytes) -> Completion:
        """The answer in a response's body; something else (a proxy's page) is an answer without content."""
        try:
            return cls.model_validate_json(body)
        except ValidationError:
            return cls()

    def usage(self, tokens_in: int, tokens_out: int) -> tuple[int, int]:
        """The tokens there and back as the server counted them, or these estimates where it did not."""
        counted = self.counted if isinstance(self.counted, dict) else {}
        return (
            _count(counted.get("prompt_tokens")) or tokens_in,
            _count(counted.get("completion_tokens")) or tokens_out,
        )

    def text(self) -> str:
        """What the model wrote. Raises Unusable, CutOff or, if it refused, SummariserFailed."""
        if not self.choices:
            raise Unusable
        choice = self.choices[0]
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise SummariserFailed("The model refused to write this summary.")
        if choice.finish_reason == "length":
            raise CutOff
        return choice.message.content or ""


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 < value < _ABSURD else 0
