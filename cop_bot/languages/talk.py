"""Words around the work, told from contributions: greetings, thanks, nods, arrangements, tests, questions to the bot.

A post is talk if each of its sentences is, in one and the same language: something typical stands in it, and otherwise
only words that such sentences are made of. What says anything more is left to be a contribution.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from cop_bot.languages import Language, every, pattern

_LONGEST = 300
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_ADDRESSED = re.compile(r"(?<!\w)@[\w.-]+(?: (?:[A-ZÀ-Þ][\w.-]+|Bot)){0,2}")
_SHORT_CODE = re.compile(r":[a-z0-9_+'-]+:(?::skin-tone-\d:)?")
_SMILEY = re.compile(r"(?<!\w)(?:[:;=8][-']?[)(DPp/\\|oO3*]|[xX]D|<3)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[:.h]\d*)?")
_BOT = re.compile(r"@?\bcop ?bot\b", re.IGNORECASE)
_SHORT = 5
"""How many words a sentence with a courtesy in it has, so that one more of them may be anything."""
_NAMES = 2
"""How many words with a capital may stand in a sentence and be names."""


def is_talk(text: str) -> bool:
    """Whether the whole text is words around the work."""
    if len(text) > _LONGEST:
        return False
    to_bot = _BOT.search(text) is not None
    bare = _SMILEY.sub(" ", _SHORT_CODE.sub(" ", _ADDRESSED.sub(" ", _BOT.sub(" bot ", text))))
    if not any(letter.isalpha() for letter in bare):
        return not any(letter.isdigit() for letter in bare) or re.fullmatch(r"\s*\+\s*\d\s*", bare) is not None
    sentences = [one for one in _SENTENCE.split(unicodedata.normalize("NFC", bare)) if _WORD.search(one)]
    return any(_is_talk_in(_ways(code), sentences, to_bot) for code in every())


def is_aside(sentence: str) -> bool:
    """Whether a sentence says nothing about what kind of post it stands in: thanks, a greeting beneath the words."""
    plain = " ".join(_WORD.findall(sentence.casefold()))
    return any(_ways(code).closing.fullmatch(plain) for code in every())


def is_ranked(words: str) -> bool:
    """Whether words that follow a number count with it: "#1 priority", "#3 on my list"."""
    first = _WORD.search(words[:80].casefold())
    return first is not None and any(first[0] in one.ranked for one in every().values())


def nods(words: str) -> bool:
    """Whether the words begin by agreeing or by refusing."""
    start = words[:80].casefold().lstrip()
    return any(_ways(code).nod.match(start) for code in every())


@dataclass(frozen=True, slots=True)
class _Ways:
    """How a language is recognised in talk."""

    language: Language
    courtesy: re.Pattern[str]
    polite: re.Pattern[str]
    """A sentence that begins with a greeting or thanks: one word more may be what they are for."""
    arranging: re.Pattern[str]
    logistics: re.Pattern[str]
    happening: re.Pattern[str]
    known: frozenset[str]
    closing: re.Pattern[str]
    nod: re.Pattern[str]


@cache
def _ways(code: str) -> _Ways:
    one = every()[code]
    courtesy = (*one.courtesy, *one.greetings, *one.thanks, *one.nods)
    phrases = "\n".join((*courtesy, *one.arranging, *one.logistics, *one.happening)).casefold()
    words = frozenset(_WORD.findall(re.sub(r"[()|?*\[\]]", " ", phrases)))
    return _Ways(
        one,
        _whole(courtesy),
        re.compile(rf"\W*(?:{pattern((*one.greetings, *one.thanks))})(?!\w)(?! (?:to|à|aan|til|a)\b)"),
        _whole(one.arranging),
        _whole(one.logistics),
        _whole(one.happening),
        (one.function_words | one.talk_words | frozenset(one.numerals) | words) - one.weighty - set(one.but),
        re.compile(pattern((*one.closings, *one.thanks))),
        re.compile(rf"(?:{pattern((*one.nods, *one.refusal))})(?!\w)"),
    )


def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{pattern(phrases)})(?!\w)")


def _is_talk_in(ways: _Ways, sentences: list[str], to_bot: bool) -> bool:
    typical = False
    for sentence in sentences:
        lower = sentence.casefold().replace("’", "'")
        count = len(_WORD.findall(sentence))
        # Whoever says more than a few words behind a yes or a no says something.
        found = [one for one in ways.courtesy.finditer(lower) if count <= _SHORT or not ways.nod.fullmatch(one[0])]
        is_polite = bool(found) and count <= _SHORT
        found += ways.arranging.finditer(lower)
        logistics = [*ways.logistics.finditer(lower)]
        happening = [*ways.happening.finditer(lower)] if logistics else []
        if any(one.span() != other.span() for one in happening for other in logistics):
            found += [*logistics, *happening]
        is_question = sentence.rstrip().endswith("?")
        if not found and (is_question or not typical):
            return False
        allowed = 2 if to_bot and is_question else int(is_polite or ways.polite.match(lower) is not None)
        if _unknown(ways, sentence, {word for one in found for word in _WORD.findall(one[0])}) > allowed:
            return False
        typical = typical or bool(found)
    return typical


def _unknown(ways: _Ways, sentence: str, typical: set[str]) -> int:
    """How many words of the sentence talk is not made of, names left out."""
    words = _WORD.findall(sentence)
    names = unknown = 0
    for place, word in enumerate(words):
        lower = word.casefold().replace("’", "'")
        if lower in ways.language.weighty:
            unknown += 3
        elif lower in ways.known or lower in typical or word[0].isdigit():
            continue
        elif word[0].isupper() and (place or len(words) == 1) and names < _NAMES and ways.language.code != "de":
            names += 1
        else:
            unknown += 1
    return unknown
