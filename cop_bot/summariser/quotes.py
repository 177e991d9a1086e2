"""A member's own words, shortened to what fits in a line and never changed: what is left out is marked with …"""

from __future__ import annotations

import re

from cop_bot.domain.assignment import Voice
from cop_bot.summariser.languages import URL, content_words
from cop_bot.summariser.vectors import Vector

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=\S)|(?<=[。！？])")
_REPLY_MARK = re.compile(r"^#\d{1,7}\b[\s:,;.–-]*")
_ASKS = ("?", "？", "؟", "\u037e")
_TOO_SHORT = 4
"""A sentence of fewer words ("Good point!") is no quote if there is another one."""
_LONGEST = 400
"""Signs, for scripts that write no blanks."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, each verbatim but for white space."""
    return [part.strip() for part in _SENTENCE_END.split(" ".join(text.split())) if part.strip()]


def quote(text: str, most_words: int, towards: Vector | None = None) -> str:
    """The sentence of `text` that is closest to `towards` (else the first), with those after it while they fit.

    Verbatim but for white space; cut on a word boundary.
    """
    whole = _REPLY_MARK.sub("", " ".join(text.split()))
    if len(whole.split()) <= most_words and len(whole) <= _LONGEST:
        return whole
    parts = sentences(whole)
    start = _best(parts, towards or {})
    taken = parts[start]
    for following in parts[start + 1 :]:
        if len(f"{taken} {following}".split()) > most_words or len(taken) + len(following) >= _LONGEST:
            break
        taken = f"{taken} {following}" if f"{taken} {following}" in whole else taken + following
    cut = clip(taken, most_words)
    return f"… {cut}" if start else cut if cut.endswith("…") or cut == whole else f"{cut} …"


def question(text: str, most_words: int) -> str:
    """Like `quote`, but from a long text the last sentence that asks."""
    asking = [part for part in sentences(text) if part.endswith(_ASKS)]
    if len(text.split()) <= most_words or not asking:
        return quote(text, most_words)
    return f"… {clip(asking[-1], most_words)}"


def shorten(text: str, most_words: int) -> str:
    """The text in at most so many words, the mark of what is left out counted: whole sentences if there are any."""
    if len(text.split()) <= most_words:
        return text
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer.split()) + 1 > most_words:
            break
        kept = longer
    if len(kept.split()) >= _TOO_SHORT and kept in text:
        return kept if kept.endswith("…") else f"{kept} …"
    return clip(text, max(1, most_words - 1))


def clip(text: str, most_words: int, most_signs: int = _LONGEST) -> str:
    """The beginning of the text, cut between two words and marked with … if there was more."""
    found = text.split(" ")
    kept = " ".join(found[:most_words])
    if len(kept) > most_signs:
        kept = kept[:most_signs].rsplit(" ", 1)[0]
    return kept if kept == text else f"{kept.rstrip(',;:–- ')} …"


def title(voice: Voice) -> tuple[str, bool]:
    """What to call a resource: the member's words beside the address (and True), else the address (and False)."""
    beside = [part.strip(" \t\n:;,-–—()[]<>|") for part in URL.split(" ".join(voice.text.split()))]
    longest = max(beside, key=len)
    if len(longest) > 2:
        return clip(longest, 15), True
    address = voice.links[0] if voice.links else voice.text
    return clip(re.sub(r"^https?://(www\.)?", "", address).rstrip("/"), 15, 80), False


def _best(sentences: list[str], towards: Vector) -> int:
    def worth(at: int) -> tuple[bool, float, int]:
        found = dict.fromkeys(content_words(sentences[at]))
        shared = sum(towards.get(word, 0.0) for word in found)
        return len(sentences[at].split()) >= _TOO_SHORT, shared / (len(found) or 1) ** 0.5, -at

    return max(range(len(sentences)), key=worth)
