"""Who asks without a question mark: "I wonder who …", "does anyone know …", in our languages."""

from __future__ import annotations

import re

from cop_bot.languages import every, pattern
from cop_bot.summariser.words.languages import plain

_WONDERS = re.compile(rf"\b(?:{pattern(phrase for one in every().values() for phrase in one.wondering)})\b")


def wonders(text: str) -> bool:
    """Whether somebody asks in so many words."""
    return _WONDERS.search(plain(text).casefold().replace("’", "'")) is not None
