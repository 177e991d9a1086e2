"""Words that make a claim larger than it was: half, only, all, because, would, should, months, figures.

A line may use one only where the words it rests on say the same, in whatever language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from cop_bot.languages import Language, every, pattern
from cop_bot.summariser.words.languages import plain
from cop_bot.summariser.words.literals import invents

_PROVED_BY = {
    "half": ("half",),
    "third": ("third",),
    "double": ("double",),
    "triple": ("triple",),
    "quarter": ("quarter",),
    "only": ("only",),
    "none": ("none",),
    "all": ("all",),
    "because": ("because", "since"),
    "would": ("would", "might"),
    "should": ("should", "wishing"),
}
"""What a line says -> the parts of a language's `proving` that prove it."""
_CLAUSE = re.compile(r"[.,;:!?—–()]+|\s-\s")
_A_DEMAND = 2
"""Words of a clause without a word that states something, so that it is one that demands: "Prevent …", "No flats …"."""

_MONTHS = 12

Quote = tuple[str, str]
"""Words, and the code of their language; "" where that is not known."""


def unproven(text: str, language: str, quotes: Iterable[Quote], sources: Iterable[Quote]) -> frozenset[str]:
    """Which such terms of a text stand in none of the quotes. That something goes on may be said anywhere in the
    sources, and so may who says something.
    """
    own = every().get(language.partition("-")[0])
    if own is None:
        return frozenset()
    shown, whole = list(quotes), list(sources)
    text = _folded(text)
    missing = {
        term
        for term, proofs in _PROVED_BY.items()
        if _says(own, term, text) and not any(_proves(proofs, words, spoken) for words, spoken in shown)
    }
    if "should" in missing and any(_demands(words, spoken) for words, spoken in shown):
        missing.discard("should")
    if _says(own, "still", text) and not any(_proves(("still",), words, spoken) for words, spoken in whole):
        missing.add("still")
    if _told_by_others(own, text) and not any(_proves(("saying",), words, spoken) for words, spoken in whole):
        missing.add("saying")
    if not _months(text, own) <= {month for words, spoken in shown for month in _months_in(words, spoken)}:
        missing.add("month")
    if invents(text, own.code, shown):
        missing.add("number")
    return frozenset(missing)


def names_the_actor_last(text: str, language: str) -> bool:
    """Whether it says by whom something is done, or what it is that somebody does: there the order tells nothing."""
    return any(_says(one, "passive", _folded(text)) for one in _known(language))


def _folded(text: str) -> str:
    return plain(text).casefold().replace("’", "'")


def _known(language: str) -> Iterable[Language]:
    """The language, or all of them where it is not known."""
    own = every().get(language.partition("-")[0])
    return [own] if own else every().values()


def _proves(terms: tuple[str, ...], words: str, spoken: str) -> bool:
    folded = _folded(words)
    return any(_says(one, term, folded) for one in _known(spoken) for term in terms)


def _says(language: Language, term: str, folded: str) -> bool:
    """Whether it says so; "not only" is no "only"."""
    found = _patterns(language.code)[term].finditer(folded)
    if term != "only":
        return next(found, None) is not None
    return any(folded[: one.start()].rstrip().rpartition(" ")[2] not in language.no for one in found)


def _demands(words: str, spoken: str) -> bool:
    """Whether a clause of it states nothing: a heading, an imperative, a noun alone."""
    return any(
        len(clause.split()) >= _A_DEMAND and not any(_says(one, "states", clause) for one in _known(spoken))
        for clause in _CLAUSE.split(_folded(words))
        if clause.strip()
    )


def _told_by_others(language: Language, folded: str) -> bool:
    """Whether it tells what somebody says who is not just a member: "hotel owners say"."""
    saying, members = _patterns(language.code)["saying"], _patterns(language.code)["members"]
    for found in saying.finditer(folded):
        before = _CLAUSE.split(folded[: found.start()])[-1].split()
        if before and not members.search(" ".join(before[-2:])):
            return True
    return False


def _months(folded: str, language: Language) -> frozenset[int]:
    patterns = _patterns(language.code)
    return frozenset(at for at in range(_MONTHS) if patterns[f"month {at}"].search(folded))


def _months_in(words: str, spoken: str) -> frozenset[int]:
    folded = _folded(words)
    return frozenset().union(*(_months(folded, one) for one in _known(spoken)))


@cache
def _patterns(code: str) -> Mapping[str, re.Pattern[str]]:
    one = every()[code]
    parts = dict(one.proving) | {f"month {at}": (name,) for at, name in enumerate(one.months)}
    return {name: re.compile(rf"(?<![\w'])(?:{pattern(phrases)})(?![\w'])") for name, phrases in parts.items()}
