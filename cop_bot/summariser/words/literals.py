"""What in a sentence has to be literally true: numbers, in figures or in words, addresses, and names with @."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cop_bot.languages import every
from cop_bot.summariser.words.languages import URL, words

_HARD = re.compile(
    rf"(?P<url>{URL.pattern})|(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+)|(?P<name>@\w[\w.-]*)"
    r"|(?P<number>\d+(?:[.,'\u202f\u00a0 ]\d{3}\b|[.,:]\d+)*)"
)


def hard(text: str, language: str) -> frozenset[str]:
    """The parts of a text that must be literally true; 1,000 and 1000 are the same, and so are 3 and three."""
    found = set()
    for match in _HARD.finditer(text):
        part = match.group().rstrip(".,;:!?)").casefold()
        found.add(re.sub(r"[^\d]", "", part) if match.lastgroup == "number" else part)
    spoken = every().get(language)
    numerals = spoken.numerals if spoken else {}
    return frozenset(found | {numerals[word] for word in words(text) if word in numerals})


def invents(text: str, language: str, sources: Iterable[tuple[str, str]]) -> bool:
    """Whether something of that is in the text and in none of the sources (each a text and its language)."""
    said = [hard(source, spoken) for source, spoken in sources]
    return not hard(text, language) <= frozenset().union(*said)
