"""How plainly somebody objects: by the words with which people disagree, doubt, warn and refuse in our languages.

It ranks what would otherwise go unheard. It never says that somebody is wrong, nor whom they contradict.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

from cop_bot.languages import Language, every, pattern
from cop_bot.summariser.words.languages import plain
from cop_bot.summariser.words.quotes import sentences

PLAINLY = 2.0
"""From here on somebody objects in so many words."""
_MOST_PLAINLY = 2
_A_NO = 0.6
_A_BUT = 0.5
_AN_I = 0.4
_USUAL_SENTENCE = 20
_USUAL_TEXT = 40
"""Words."""


def objection(text: str, language: str = "") -> float:
    """How plainly it objects, by its plainest sentence: 0 for not at all, `PLAINLY` and more for in so many words.

    In every language we know where its own is not known.
    """
    own = [language] if language in every() else list(every())
    plainest = max((_in_sentence(plain(one).casefold(), own) for one in sentences(text)), default=0.0)
    refusal = PLAINLY if _refuses().match(text.strip()) else 0.0
    return max(plainest, refusal) * _thinned(text, _USUAL_TEXT)


def _in_sentence(sentence: str, languages: Iterable[str]) -> float:
    sentence = sentence.replace("’", "'")
    return max(_by_language(sentence, language) for language in languages) * _thinned(sentence, _USUAL_SENTENCE)


def _thinned(text: str, usual: int) -> float:
    """Among many words a "but" is found by chance."""
    return min(1.0, math.sqrt(usual / max(1, len(text.split()))))


def _by_language(sentence: str, language: str) -> float:
    plainly, no, but, self_ = _cues(language)
    worth = PLAINLY * min(_MOST_PLAINLY, len(set(plainly.findall(sentence))))
    worth += _A_NO if no.search(sentence) else 0.0
    worth += _A_BUT if but.search(sentence) else 0.0
    return worth + (_AN_I if worth and self_.search(sentence) else 0.0)


def says_no(language: Language) -> str:
    """A pattern for what says no to something in this language."""
    shortened = r"|\w+n't" if language.code == "en" else ""
    return pattern(sorted(language.no | language.without)) + shortened


@cache
def _cues(language: str) -> tuple[re.Pattern[str], ...]:
    own = every()[language]
    softened = pattern((*own.but, *own.however, *own.softening))
    selves = pattern(phrase for one in every().values() for phrase in one.self)
    return tuple(re.compile(rf"\b(?:{cues})\b") for cues in (pattern(own.objecting), says_no(own), softened, selves))


@cache
def _refuses() -> re.Pattern[str]:
    """A text that begins with a plain no."""
    no = pattern(phrase for one in every().values() for phrase in one.refusal)
    return re.compile(rf"(?:{no})\s*[,.;:!–-]", re.IGNORECASE)
