"""How to ask a server for JSON: five ways, the strictest first, and what has been learnt about this server.

Servers that call themselves compatible differ: some answer 500 to a JSON Schema, some 400 to lengths in it, some
refuse the one kind of JSON or the other, some know only free text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from cop_bot.summariser.server.answer import without_lengths


class Step(IntEnum):
    """The ways to ask, from the strictest down."""

    SCHEMA = 0
    SCHEMA_WITHOUT_LENGTHS = 1
    JSON_WITH_SCHEMA = 2
    """An older dialect: the schema beside the type."""
    JSON = 3
    TEXT = 4

    @property
    def schema_in_prompt(self) -> bool:
        """Whether the model has to be told the schema in words, because the server may not hold it to it."""
        return self >= Step.JSON_WITH_SCHEMA

    def response_format(self, name: str, schema: dict[str, Any]) -> dict[str, Any] | None:
        """The request's `response_format`, or None for none."""
        if self <= Step.SCHEMA_WITHOUT_LENGTHS:
            shown = schema if self == Step.SCHEMA else without_lengths(schema)
            return {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": shown}}
        if self == Step.JSON_WITH_SCHEMA:
            return {"type": "json_object", "schema": schema}
        return {"type": "json_object"} if self == Step.JSON else None


_AFTER_NONSENSE = {
    Step.SCHEMA: Step.JSON_WITH_SCHEMA,
    Step.SCHEMA_WITHOUT_LENGTHS: Step.JSON_WITH_SCHEMA,
    Step.JSON_WITH_SCHEMA: Step.TEXT,
    Step.JSON: Step.TEXT,
}
"""An answer that was paid for is worth nothing twice at most: then the model is told the form in words."""
_FORGIVEN = 1
"""So many useless answers may be an accident; after one more, that way is not tried again."""


@dataclass(slots=True)
class ServerQuirks:
    """What this server has taught us so far."""

    limit_word: str = "max_tokens"
    may_set_temperature: bool = True
    _refused: set[Step] = field(default_factory=set)
    _useless: Counter[Step] = field(default_factory=Counter)

    def options(self, limit: int) -> dict[str, Any]:
        """The request's settings besides model, messages and format: at most `limit` tokens, no chance."""
        return {self.limit_word: limit} | ({"temperature": 0, "seed": 0} if self.may_set_temperature else {})

    def best(self, lowest: Step, refused: Collection[Step]) -> Step | None:
        """The strictest way from `lowest` down that was refused neither now nor before; None if there is none."""
        bad = {step for step, times in self._useless.items() if times > _FORGIVEN} | self._refused
        left = [step for step in Step if step >= lowest and step not in refused]
        return next((step for step in left if step not in bad), left[-1] if left else None)

    def praise(self, step: Step, refused: Collection[Step], useless: Collection[Step]) -> None:
        """This way brought an answer that can be used, after these were refused or answered with nonsense.

        Nothing is learnt from a question that no way of asking helped: then it was not the way of asking.
        """
        self._refused |= set(refused)
        for bad in useless:  # and what would not have been any better
            self._useless.update(Step(way) for way in range(bad, _AFTER_NONSENSE.get(bad, bad + 1)))
        del self._useless[step]

    def adapt(self, status: int, complaint: str) -> bool:
        """Take in a refusal of a setting; returns whether to ask again without it."""
        if status not in _ABOUT_THE_REQUEST:
            return False
        complaint = complaint.casefold()
        if self.limit_word == "max_tokens" and "max_completion_tokens" in complaint:
            self.limit_word = "max_completion_tokens"
            return True
        if self.may_set_temperature and ("temperature" in complaint or "'seed'" in complaint):
            self.may_set_temperature = False
            return True
        return False


_ABOUT_THE_REQUEST = frozenset({400, 404, 422})


def is_about_the_form(status: int, complaint: str) -> bool:
    """Whether a server refused the form of the answer that was asked for, so that another may do."""
    complaint = complaint.casefold()
    if "context" in complaint and ("length" in complaint or "size" in complaint or "exceed" in complaint):
        return False
    if "model" in complaint and ("not found" in complaint or "not exist" in complaint):
        return False
    return status in _ABOUT_THE_REQUEST or (status >= 500 and ("response_format" in complaint or "json_" in complaint))


def after_nonsense(step: Step) -> Step | None:
    """How to ask after an answer that was no answer; None: not again."""
    return _AFTER_NONSENSE.get(step)
