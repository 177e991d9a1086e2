"""Words that stand in any conversation and name no topic."""

from __future__ import annotations

from cop_bot.languages import every

EVERYDAY = {code: language.everyday for code, language in every().items()}
_ALL = frozenset(word for words in EVERYDAY.values() for word in words)


def is_everyday(word: str, language: str) -> bool:
    """Whether the word (in lower case) is one of its language, or of any where the language is not known."""
    return word in EVERYDAY.get(language, _ALL)
