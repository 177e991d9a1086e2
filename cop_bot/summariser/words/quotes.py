"""A member's own words, shortened to what fits in a line and never changed: what is left out is marked with …"""

from __future__ import annotations

import re
from collections.abc import Callable

from cop_bot.domain.assignment import Voice
from cop_bot.summariser.words.languages import URL, content_words, is_function_word, length, writes_no_blanks
from cop_bot.summariser.words.openings import opening, turns_round
from cop_bot.summariser.words.vectors import Vector

_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s+[^\Wa-zà-öø-ÿ_]|\s+[^\w\s])|[。！？؟۔።፧।॥][\"'”’»)\]」』]*+"
)
_INITIAL = re.compile(r"(?:^|[\s(])[^\W\d_]\.$")
_ASKS = ("?", "？", "؟", "\u037e", "፧")
_CLOSING = " \t\"'”’»)]!.…"
"""May follow the question mark: "(¿Es una broma?)." asks."""
_TOO_SHORT = 4
"""A sentence of fewer words ("Good point!") is no quote if there is another one."""
_ENOUGH = 0.6
"""Whole sentences are kept if they fill so much of a line; else the next one begins, and is cut."""
_STILL_SAYS = 3
"""Words that have to follow a greeting or a nod that is left out."""
_HANGING = 3
"""Function words ("instead of the …") that may go with what is cut off."""
_A_QUESTION = 6
"""Words; a shorter question says nothing without the sentence before it."""
_TITLE = 15
"""Words to call a resource by."""
_LONGEST = 400
"""Signs, for scripts that write no blanks."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, each verbatim but for white space."""
    whole = " ".join(text.split())
    return [whole[start:end] for start, end in _bounds(whole)]


def _bounds(whole: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends. The dot of an initial ("P. Silva") ends none."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(whole):
        if _INITIAL.search(whole[max(0, match.end() - 3) : match.end()]):
            continue
        bounds.append((start, match.end()))
        start = match.end() + (whole[match.end() : match.end() + 1] == " ")
    return [*bounds, (start, len(whole))] if start < len(whole) else bounds


def quote(
    text: str, most_words: int, towards: Vector | None = None, about: Callable[[str], float] | None = None
) -> str:
    """From a long text the sentence that is the most `about` it (else closest to `towards`, else the first), with those
    after it while they fit.

    Verbatim but for white space; cut on a word boundary. Greetings, thanks and nods are left out where more follows.
    """
    whole = " ".join(text.split())
    begin = opening(whole)
    begin = begin if length(whole[begin:]) >= _STILL_SAYS else 0
    if length(whole[begin:]) <= most_words and len(whole) - begin <= _LONGEST:
        return f"… {whole[begin:]}" if begin else whole
    bounds = [(max(start, begin), end) for start, end in _bounds(whole) if end > begin]
    first = _best([whole[start:end] for start, end in bounds], towards or {}, about)
    if first and turns_round(whole[slice(*bounds[first])]):
        first -= 1
    start, end = bounds[first]
    for _, further in bounds[first + 1 :]:
        if length(whole[start:further]) > most_words or further - start >= _LONGEST:
            break
        end = further
    if length(whole[start:end]) < _ENOUGH * most_words:
        end = len(whole)
    cut = clip(whole[start:end], most_words)
    if start:
        return f"… {cut}"
    return cut if cut.endswith("…") or end == len(whole) else f"{cut} …"


_A_SENTENCE = 25
"""Words; a longer text has sentences beside its signature."""
_READABLE = 0.4
NO_QUOTE = 0.25
"""Below this, better no line than these words."""


def worth_quoting(text: str) -> float:
    """How well the words would read in a brief (0 to 1): a line says something by itself, in a sentence or two."""
    whole = " ".join(text.split())
    words, long = whole.split(), length(whole)
    worth = 0.2 if long < _TOO_SHORT else 0.7 if long < 6 else 1.0 if long <= 40 else 0.85
    if whole.rstrip(" .").endswith(":"):
        worth *= 0.35  # it points to what is not there
    elif URL.search(whole) or "http" in whole:
        worth *= 0.6
    if (whole.count("|") > 1 or "@" in whole) and len(words) <= _A_SENTENCE:
        worth *= 0.4  # a table, a signature
    if sum(len(word) > 3 for word in words) < _TOO_SHORT and not writes_no_blanks(whole):
        worth *= 0.7
    if sum(map(str.isalpha, whole)) < 0.7 * len(whole.replace(" ", "")):
        worth *= 0.4
    if opening(f"{whole} ") > len(whole):
        worth *= 0.4  # nothing but a nod
    if opening(whole) or asks(whole) or whole.isupper():
        worth *= 0.85
    return worth


def question(text: str, most_words: int) -> str:
    """Like `quote`, but from a long text the last sentence that asks."""
    whole = " ".join(text.split())
    bounds = _bounds(whole)
    asking = [at for at, (_, end) in enumerate(bounds) if asks(whole[:end])]
    if length(whole) <= most_words or not asking:
        return quote(text, most_words)
    first = last = asking[-1]
    if first and length(whole[slice(*bounds[last])]) < _A_QUESTION:
        first -= 1
    asked = whole[bounds[first][0] : bounds[last][1]]
    if length(asked) > most_words:
        asked = whole[slice(*bounds[last])]
    return f"… {clip(asked, most_words)}" if bounds[first][0] else clip(asked, most_words)


def asks(sentence: str) -> bool:
    """Whether it ends with a question mark, whatever closes behind that."""
    return sentence.rstrip(_CLOSING).endswith(_ASKS)


def shorten(text: str, most_words: int, about: Callable[[str], float] | None = None) -> str:
    """The text in at most so many words, the marks of what is left out counted: whole sentences if there are any.

    It begins with its first sentence, or with the one that is the most `about` it.
    """
    if length(text) <= most_words:
        return text
    bounds = _bounds(text)
    first = max(range(len(bounds)), key=lambda at: (about(text[slice(*bounds[at])]) if about else 0.0, -at))
    start, end = bounds[first][0], bounds[first][0]
    before = "… " if start and text[:start].strip("… ") else ""
    room = most_words - len(before.split()) - 1
    for _, further in bounds[first:]:
        if length(text[start:further]) > room:
            break
        end = further
    if length(text[start:end]) >= max(_TOO_SHORT, _ENOUGH * room):
        kept = text[start:end]
        return before + (kept if kept.endswith("…") or before or end == len(text) else f"{kept} …")
    return before + clip(text[start:], max(1, room))


def clip(text: str, most_words: int, most_signs: int = _LONGEST) -> str:
    """The beginning of the text, cut between two words and marked with … if there was more. It ends with a word that
    says something.
    """
    if writes_no_blanks(text):
        signs = min(2 * most_words, most_signs)
        return text if len(text) <= signs else f"{text[:signs]} …"
    found = text.split(" ")
    kept = " ".join(found[:most_words])
    if len(kept) > most_signs:
        kept = kept[:most_signs].rsplit(" ", 1)[0]
    if kept == text:
        return text
    words = kept.split(" ")
    while len(words) > _TOO_SHORT and len(kept.split(" ")) - len(words) < _HANGING and is_function_word(words[-1]):
        words.pop()
    return f"{' '.join(words).rstrip(',;:–- ')} …"


def title(voice: Voice) -> tuple[str, bool]:
    """What to call a resource: the member's words beside the address (and True), else the address (and False)."""
    beside = [part.strip(" \t\n:;,-–—()[]<>|") for part in URL.split(" ".join(voice.text.split()))]
    named = [_nearest(part, before_address=at < len(beside) - 1) for at, part in enumerate(beside)]
    longest = max(named, key=len)
    if len(longest) > 2:
        return clip(longest, _TITLE), True
    address = voice.links[0] if voice.links else voice.text
    return clip(re.sub(r"^https?://(www\.)?", "", address).rstrip("/"), _TITLE, 80), False


def _nearest(part: str, *, before_address: bool) -> str:
    """Of many words beside an address the sentence next to it."""
    found = sentences(part)
    return part if len(part.split()) <= _TITLE or not found else found[-1 if before_address else 0]


def _best(parts: list[str], towards: Vector, about: Callable[[str], float] | None) -> int:
    def worth(at: int) -> tuple[bool, float, float, int]:
        found = dict.fromkeys(content_words(parts[at]))
        shared = sum(towards.get(word, 0.0) for word in found)
        readable = worth_quoting(parts[at]) >= _READABLE
        return readable, about(parts[at]) if about else 0.0, shared / (len(found) or 1) ** 0.5, -at

    return max(range(len(parts)), key=worth)
