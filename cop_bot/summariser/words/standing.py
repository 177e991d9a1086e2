"""Words that can be a line of a summary by themselves, told from those that say nothing without what is around them.

Left out are words around the work, repetition, gibberish, who somebody is, answers to somebody, insults, questions
without content. In doubt a text stands: a line too many is better than a member unheard.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from cop_bot.languages import every, pattern
from cop_bot.languages.talk import is_talk
from cop_bot.summariser.words.languages import content_words, plain, runs_of, words
from cop_bot.summariser.words.quotes import asks

_VARIED = 0.4
"""The share of different words from which on a text repeats itself."""
_SEVERAL = 4
"""Words from which that can be told."""
_GIBBERISH, _A_FEW = 0.55, 3
"""The share of runs of three letters that none of our languages uses, in no more words than these: a longer text may be
in a language that is none of ours."""
_ABOUT_ONESELF = 16
"""Words up to which a sentence that begins by telling who somebody is may say no more than that."""
_A_REPLY = 30
"""The same of a text that begins by answering somebody."""
_ONE_THOUGHT = 40
"""Words; of a longer text another sentence may be quoted."""
_A_QUESTION = 2
"""Content words of a question that asks for something."""


def stands_alone(text: str) -> bool:
    """Whether the text can be understood, and says something, without anything else."""
    folded = plain(text).casefold().replace("’", "'").strip()
    own = words(text)
    if not own:
        return False
    return not (
        _repeats(own)
        or _is_gibberish(text, own)
        or (len(own) <= _ABOUT_ONESELF and _tells_of_oneself(folded))
        or (len(own) <= _A_REPLY and _patterns()["replying"].match(folded))
        or (len(own) <= _ONE_THOUGHT and _patterns()["insults"].search(folded))
        or (asks(text) and len(content_words(text)) < _A_QUESTION)
        or is_talk(text)
    )


def _repeats(own: list[str]) -> bool:
    if len(own) < _SEVERAL:
        return len(own) > 1 and len(set(own)) == 1
    (_, often), *_ = Counter(own).most_common(1)
    return len(set(own)) < _VARIED * len(own) or often > len(own) / 2


def _is_gibberish(text: str, own: list[str]) -> bool:
    if not text.isascii() or len(own) > _A_FEW:
        return False
    runs = [run for word in own if not word.isdigit() for run in runs_of(word)]
    return bool(runs) and sum(run is None for run in runs) >= _GIBBERISH * len(runs)


def _tells_of_oneself(folded: str) -> bool:
    found = _patterns()["about_oneself"].match(folded)
    return found is not None and not _patterns()["saying_more"].search(folded, found.end())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    known = every().values()
    parts = {name: [one for each in known for one in getattr(each, name)] for name in ("about_oneself", "replying")}
    insults = [one for each in known for one in each.insults]
    more = [
        one
        for each in known
        for name in ("because", "should", "wishing")
        for one in each.proving[name]
        if "\\w" not in one
    ] + [one for each in known for one in each.but]
    return {
        "about_oneself": re.compile(rf"(?:{pattern(parts['about_oneself'])})"),
        "replying": re.compile(rf"(?:{pattern(parts['replying'])})(?!\w)"),
        "insults": re.compile(rf"(?<!\w)(?:{pattern(insults)})(?!\w)"),
        "saying_more": re.compile(rf"(?<!\w)(?:{pattern(more)})(?!\w)"),
    }
