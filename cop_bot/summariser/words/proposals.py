"""Who proposes to do something together: "let us …", "we could set up …", "I propose …", in our languages.

What others ought to do is an opinion and no next step. Better one missed than one that nobody proposed.
"""

from __future__ import annotations

import re
from functools import cache

from cop_bot.languages import every, pattern
from cop_bot.summariser.words.languages import plain
from cop_bot.summariser.words.quotes import sentences
from cop_bot.summariser.words.stance import says_no

_ITS_OWN = r"(?<!que )(?<!qu')(?<!nous )(?<!dat )(?<!dass )(?<!that )"
"""What somebody else said that we do, or what we do already, is no proposal."""
_BY_THE_WAY = 35
"""Words."""
_CLAUSE = r"[^.;:!?,]{0,80}?"


def proposes(text: str) -> bool:
    """Whether a sentence of it proposes that we do something."""
    return any(proposal(sentence) for sentence in sentences(text))


def proposal(sentence: str) -> bool:
    """Whether this sentence proposes that we do something. To propose not to do it is an opinion, and in a long
    sentence such words are said by the way.
    """
    folded = plain(sentence).casefold().replace("’", "'")
    if len(folded.split()) > _BY_THE_WAY:
        return False
    return any(plainly.search(folded) or _could(folded, could, no) for plainly, could, no in _patterns())


def _could(sentence: str, could: re.Pattern[str], no: re.Pattern[str]) -> bool:
    found = could.search(sentence)
    return found is not None and no.search(sentence[max(0, found.start() - 4) : found.end()]) is None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            re.compile(rf"{_ITS_OWN}\b(?:{pattern(one.proposing)})"),
            # In English the verb follows at once: "we could make sure" says something else.
            re.compile(rf"\b(?:{pattern(one.could)})\b{'' if code == 'en' else _CLAUSE}\b(?:{pattern(one.doing)})\b"),
            re.compile(rf"\b(?:{says_no(one)})\b"),
        )
        for code, one in every().items()
    )
