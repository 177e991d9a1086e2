"""Greetings, thanks and nods with which a contribution begins: polite, and not what its author came to say."""

from __future__ import annotations

import re

from cop_bot.languages import every, pattern

_KNOWN = every()


def _of_all(part: str) -> str:
    """This part of every language, as one pattern."""
    return pattern(phrase for one in _KNOWN.values() for phrase in getattr(one, part))


_TO = rf"(?: (?:{_of_all('towards')})\b[^.!?,:;]{{0,40}})?"
_GREETING = rf"(?:{_of_all('greetings')})\b[^.!?,:;]{{0,30}}"
_THANKS = rf"(?:{_of_all('thanks')})\b[^.!?,:;]{{0,60}}"
_BUT = rf"(?:{_of_all('but')}|{_of_all('however')})\b"
_OPENING = re.compile(
    rf"(?:(?:{_GREETING}|{_THANKS}|(?:{_of_all('nods')}){_TO})(?:,\s*\w+(?=\s*[.!]))?\s*(?:[.!?,:;–—-]|\.\.\.)+\s+)+(?!{_BUT})",
    re.IGNORECASE,
)
_TURN = re.compile(_BUT, re.IGNORECASE)


def turns_round(sentence: str) -> bool:
    """Whether it begins with a "but": alone it loses what it objects to."""
    return _TURN.match(sentence) is not None


def opening(text: str) -> int:
    """Where what it says begins, after such words: 0 without any. A nod before a "but" belongs to what is said."""
    found = _OPENING.match(text)
    return found.end() if found else 0
