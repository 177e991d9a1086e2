"""How to ask a server for JSON: five ways, the strictest first, and what has been learnt about this server.

Servers that call themselves compatible differ: some answer 500 to a JSON Schema, some 400 to lengths in it, some
know only free text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Step(IntEnum):
    """The ways to ask, from the strictest down."""

    SCHEMA = 0
    SCHEMA_WITHOUT_LENGTHS = 1
    JSON_WITH_SCHEMA = 2
    """An older dialect: the schema beside the type."""
    JSON = 3
    TEXT = 4

    @property
    def with_lengths(self) -> bool:
        """Whether the schema may speak of lengths."""
        return self != Step.SCHEMA_WITHOUT_LENGTHS

    @property
    def schema_in_prompt(self) -> bool:
        """Whether the model has to be told the schema in words, because the server may not hold it to it."""
        return self >= Step.JSON_WITH_SCHEMA

    def response_format(self, schema: dict[str, Any]) -> dict[str, Any] | None:
        """The request's `response_format`, or None for none."""
        if self <= Step.SCHEMA_WITHOUT_LENGTHS:
            return {"type": "json_schema", "json_schema": {"name": "brief", "strict": True, "schema": schema}}
        if self == Step.JSON_WITH_SCHEMA:
            return {"type": "json_object", "schema": schema}
        return {"type": "json_object"} if self == Step.JSON else None


@dataclass(slots=True)
class Manners:
    """What this server has taught us so far."""

    step: Step = Step.SCHEMA
    limit_word: str = "max_tokens"
    may_set_temperature: bool = True

    def options(self, limit: int) -> dict[str, Any]:
        """The request's settings besides model, messages and format: at most `limit` tokens, no chance."""
        return {self.limit_word: limit} | ({"temperature": 0, "seed": 0} if self.may_set_temperature else {})

    def learn(self, asked: Step, status: int, complaint: str) -> bool:
        """Take in a refusal (its status and the server's words); returns whether another way is left to ask.

        `asked` is the step that was refused: requests that ran side by side teach the same thing only once.
        """
        complaint = complaint.casefold()
        if "context" in complaint and ("length" in complaint or "size" in complaint or "exceed" in complaint):
            return False
        about_the_request = status in {400, 404, 422}
        if about_the_request and self.limit_word == "max_tokens" and "max_completion_tokens" in complaint:
            self.limit_word = "max_completion_tokens"
            return True
        if about_the_request and self.may_set_temperature and ("temperature" in complaint or "'seed'" in complaint):
            self.may_set_temperature = False
            return True
        if not about_the_request and not (status >= 500 and ("response_format" in complaint or "json_" in complaint)):
            return False
        if asked == Step.TEXT:
            return False
        self.step = max(self.step, Step(asked + 1))
        return True
