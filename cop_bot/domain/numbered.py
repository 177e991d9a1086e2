"""`#12` at the beginning of words: the number of a contribution that they answer."""

from __future__ import annotations

import re

NUMBER = re.compile(r"\A\s*#(\d{1,7})\b")


def leading_number(text: str) -> int | None:
    """12 for a text that begins with `#12`, whatever follows."""
    found = NUMBER.match(text)
    return int(found[1]) if found else None


def without_number(text: str) -> str:
    """The text without the number that it begins with."""
    return NUMBER.sub("", text, count=1).lstrip(" \t\n:,;.–-") or text
