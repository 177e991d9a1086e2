"""Languages that are none of ours: a text in another script, or in Latin letters that run as in none of them.

Such a text keeps a group and a label of its own, so that it is not taken for one of the language of most.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from cop_bot import languages
from cop_bot.summariser.words.languages import LANGUAGES, UNRANKED, rank_weight, runs_of, words

UNKNOWN = "und"
"""What BCP 47 calls a language that was not determined; with a script behind it where that is known."""
_SCRIPTS = {
    "ARABIC": "und-Arab", "BENGALI": "und-Beng", "CYRILLIC": "und-Cyrl", "DEVANAGARI": "und-Deva",
    "ETHIOPIC": "und-Ethi", "GUJARATI": "gu", "GURMUKHI": "pa", "HEBREW": "und-Hebr", "KANNADA": "kn",
    "MALAYALAM": "ml", "MYANMAR": "und-Mymr", "SINHALA": "si", "TAMIL": "ta", "TELUGU": "te", "TIBETAN": "und-Tibt",
    "ARMENIAN": "hy", "CJK": "zh", "GEORGIAN": "ka", "GREEK": "el", "HANGUL": "ko", "HIRAGANA": "ja",
    "KATAKANA": "ja", "KHMER": "km", "LAO": "lo", "THAI": "th",
}  # fmt: skip
"""The first word of a letter's name in Unicode -> the language, where only one is usually written so."""
_READ = 1000
_AROUND = ".,;:!?…()[]\"'“”‘’«»¿¡"
_IS_A_WORD = re.compile(r"(?=..)[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""Names, initials, addresses and code are in no language, so only what is written in small letters tells."""
_OURS = frozenset().union(*(language.function_words for language in languages.every().values()))
_SURELY = 4
"""Words from which on a text alone tells that it is in none of ours."""
_PERHAPS = 3
"""As many are enough where somebody else wrote such a language."""
_IN_FEW_WORDS = 0.2
_FEW = 7
"""Words below which one name or abbreviation may make all the difference.

Measured with -6.2 for the least: not one of 5,000 texts in ours (posts, mails, plain sentences) runs worse; of 400
sentences each in Zulu, Somali, Ganda and Turkish 86 to 97 % do. Close relatives (Italian, Norwegian) pass for ours;
those of Swahili would, too (Shona, Chichewa), so that it has a higher one: -5.3 is the worst of its plain sentences.
"""
_A_FUNCTION_WORD = 1.5
_HELD_TOGETHER = 0.4
"""The share of function words of any of ours that leaves no doubt."""
_ONE_LANGUAGE = 0.09
"""The share of runs that two sentences have in common: about 0.17 in one of those languages, 0.05 in two."""
_COMPARED = 40
"""Texts; of more, words tell the languages apart well enough."""


def is_unknown(language: str) -> bool:
    """Whether this is a label for a language that nobody could name."""
    return language.partition("-")[0] == UNKNOWN


def by_script(text: str) -> str:
    """The language, or the script at least, of a text mostly in other letters than Latin ones; else ""."""
    if text.isascii():
        return ""
    letters = [sign for sign in text[:_READ] if sign.isalpha()]
    scripts = Counter(map(_script, letters))
    latin = scripts.pop("LATIN", 0)
    if sum(scripts.values()) <= latin:
        return ""
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "ja"
    return _SCRIPTS.get(max(scripts, key=lambda script: scripts[script]), UNKNOWN)


def runs_as_elsewhere(text: str, *, surely: bool = True) -> bool:
    """Whether its letters run, and its small words are, as in none of our languages. Not `surely`: a few words are
    enough.
    """
    found = [
        word for part in text[:_READ].split() if _IS_A_WORD.fullmatch(word := part.strip(_AROUND)) and word.islower()
    ]
    if len(found) < (_SURELY if surely else _PERHAPS):
        return False
    if sum(word in _OURS for word in found) >= _HELD_TOGETHER * len(found):
        return False
    read = [_runs(word) for word in found]
    count = sum(number for number, _, _ in read)
    allowance = _IN_FEW_WORDS if len(found) < _FEW else 0
    return all(
        sum(weights[at] for _, weights, _ in read) / count
        + _A_FUNCTION_WORD * sum(holds[at] for _, _, holds in read) / len(found)
        < languages.every()[language].runs_at_least - allowance
        for at, language in enumerate(LANGUAGES)
    )


def parted(texts: Sequence[str]) -> list[int]:
    """Texts in languages that nobody could name: for each the number of its group, by how much their letters run alike.

    So that one voice in Fijian is not lost among those in Swahili.
    """
    if len(texts) > _COMPARED:
        return [0] * len(texts)
    groups: list[list[set[str]]] = []
    found: list[int] = []
    for text in texts:
        own = {f"_{word}_"[at : at + 3] for word in words(text[:_READ]) for at in range(len(word))}
        alike = [sum(_shared(own, other) for other in group) / len(group) for group in groups]
        if alike and max(alike) >= _ONE_LANGUAGE:
            found.append(alike.index(max(alike)))
            groups[found[-1]].append(own)
        else:
            found.append(len(groups))
            groups.append([own])
    return found


def _shared(own: set[str], other: set[str]) -> float:
    return len(own & other) / max(1, min(len(own), len(other)))


@lru_cache(maxsize=256)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


@lru_cache(maxsize=8192)
def _runs(word: str) -> tuple[int, tuple[float, ...], tuple[bool, ...]]:
    """How many runs of three letters a word has, how usual they are together in each language, and whose function word
    it is.
    """
    runs = runs_of(word)
    unusual = (rank_weight(UNRANKED),) * len(LANGUAGES)
    weights = [found or unusual for found in runs]
    return (
        len(runs),
        tuple(sum(column) for column in zip(*weights, strict=True)),
        tuple(word in languages.every()[language].function_words for language in LANGUAGES),
    )
