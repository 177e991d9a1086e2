"""What a model wrote as a plain line: no formatting, no mentions, no ids, no control signs."""

from __future__ import annotations

import re

from cop_bot.summariser.server.answer import LONGEST_TEXT
from cop_bot.summariser.words.quotes import clip

_MOST_WORDS = 60
"""More of a text is not even looked at."""
_MARKUP = (
    (re.compile(r"<[@#!/]?[^<>\n]{0,200}>"), " "),
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"[\[(]\s*[cp]\d+(?:\s*[,;]\s*[cp]\d+)*\s*[\])]"), " "),
    (re.compile(r"@(?=(?:channel|here|everyone|all)\b)", re.IGNORECASE), ""),
    (re.compile(r"(?<!\w)[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}(?!\w)"), ""),
    (re.compile(r"^\s*(?:[-•>#]+|\d{1,2}[.)])\s+"), ""),
)


def clean(text: str) -> str:
    """The text without formatting, mentions, ids and line breaks, cut to the length of a line."""
    text = "".join(sign if sign.isprintable() else " " for sign in text[: 10 * LONGEST_TEXT])
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    text = re.sub(r"\s+([.,;!?])", r"\1", " ".join(text.split()))
    return clip(text, _MOST_WORDS, LONGEST_TEXT)
