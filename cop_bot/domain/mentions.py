"""People and channels in a post, until the record knows what they are called.

A platform hands over ids. They travel in the text between two signs that no script uses, and become names at the
moment of recording: the names that readers saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_OPEN, _CLOSE, _OR = "\ue0c0", "\ue0c1", "\ue0c2"
_MENTION = re.compile(f"{_OPEN}([@#])([^{_OPEN}{_CLOSE}{_OR}]*){_OR}([^{_OPEN}{_CLOSE}{_OR}]*){_CLOSE}")
_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}{_OR}]")


def mention(sign: str, platform_id: str, otherwise: str) -> str:
    """A person (`@`) or a channel (`#`) with the platform's id; `otherwise` is said where nobody knows the name."""
    return f"{_OPEN}{sign}{own(platform_id)}{_OR}{own(otherwise)}{_CLOSE}"


def own(text: str) -> str:
    """What a member typed, so that it can't pass for one of our signs."""
    return _SIGNS.sub("", text) if _OPEN in text or _CLOSE in text or _OR in text else text


def mentioned(texts: Iterable[str]) -> set[str]:
    """The platform ids of all who are named in the texts, people and channels."""
    return {found[2] for text in texts if _OPEN in text for found in _MENTION.finditer(text)}


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with names in it: `@Amina`, `#water`."""
    if _OPEN not in text:
        return text
    return _SIGNS.sub("", _MENTION.sub(lambda found: found[1] + (names.get(found[2]) or found[3]), text))
