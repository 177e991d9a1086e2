"""Whether a sentence and its source are on the same side: words that turn a statement round, and who comes first.

Neither proves a mistake; both say that somebody has to look.
"""

from __future__ import annotations

import re

from cop_bot.languages import every, pattern
from cop_bot.summariser.words.languages import content_words, words
from cop_bot.summariser.words.quotes import sentences

_KNOWN = every()
_TURNING = {code: one.no | one.without | one.turns_what_follows for code, one in _KNOWN.items()}
_NO = frozenset().union(*(one.no for one in _KNOWN.values()))
"""The others turn round what follows, and a "not" beside them turns it back: "does not stop"."""
_MEANS_MORE = frozenset({"no", "ne", "n", "stop", "personne", "pas", "sem", "ni"})
_ANY = frozenset().union(*_TURNING.values()) - _MEANS_MORE
"""For texts in a language that is not known: without words that mean something else in another one."""


def _of_all(*parts: str) -> str:
    """These parts of every language, as one pattern."""
    return pattern(phrase for part in parts for one in _KNOWN.values() for phrase in getattr(one, part))


_INSTEAD = _of_all("instead")
"""What follows is denied, what stands before is not."""
_CLAUSES = re.compile(
    rf"[,;:.!?—–()]+|\s-\s|\b(?:{_of_all('but')})\b|(?=\b(?:{_INSTEAD}|{_of_all('and_not')}|{_of_all('though')})\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(rf"\s*(?:{_INSTEAD})\b", re.IGNORECASE)
_SAYS_NO = re.compile(rf"\b(?:{_of_all('saying_no')})\b(?=\s*(?:[.,;:!?…)]|$))", re.IGNORECASE)
"""To say no is something that somebody does; it denies nothing else in the sentence."""
_NO_LONGER = re.compile(rf"\b({_of_all('no')})(?: any)? (?:{_of_all('longer')})\b", re.IGNORECASE)
"""What no longer is, is not: nothing is said of longer or shorter."""
_A_CLAUSE = 4
"""Words from which a part of a sentence says something by itself."""

_OUT_OF_ORDER = 0.3
"""The share of pairs of words from which the order is another one."""


def turned(text: str, source: str, language: str) -> bool:
    """Whether what the text affirms is denied in the source, or the other way round; both in one language.

    A word of which the text does both tells nothing.
    """
    affirmed, denied = _told_apart(text, language)
    theirs, denied_there = _told_apart(source, language)
    return bool((affirmed - denied) & (denied_there - theirs) or (denied - affirmed) & (theirs - denied_there))


def could_say(quote: str, spoken: str, text: str, language: str) -> bool:
    """Whether these words can be what a text in another language rests on: a denial rests on a denial, and what is
    affirmed on words that don't only deny.
    """
    if denies(text, language):
        return denies(quote, spoken)
    return affirms_too(quote, spoken)


def affirms_too(text: str, language: str) -> bool:
    """Whether a clause of it, or all of it, denies nothing."""
    parts = [part for part in _CLAUSES.split(text) if len(part.split()) >= _A_CLAUSE]
    return not denies(text, language) or any(not denies(part, language) for part in parts)


def nearest(text: str, source: str) -> str:
    """The sentence of a source that has the most words in common with the text; of equals the first."""
    own = set(content_words(text))
    return max(sentences(source) or [""], key=lambda sentence: len(own & set(content_words(sentence))))


def swapped(text: str, sentence: str) -> bool:
    """Whether the words that both share stand in another order in the sentence: who does something to whom may be
    confused.
    """
    order = content_words(sentence)
    places = [order.index(word) for word in dict.fromkeys(content_words(text)) if word in order]
    pairs = [(first, later) for at, first in enumerate(places) for later in places[at + 1 :]]
    return bool(pairs) and sum(first > later for first, later in pairs) >= _OUT_OF_ORDER * len(pairs)


def _told_apart(text: str, language: str) -> tuple[set[str], set[str]]:
    """The content words of what a text affirms, and of what it denies."""
    affirmed: set[str] = set()
    denied: set[str] = set()
    goes_on = False  # "We should not, however, …": the denial has not come to its object yet
    for clause in _CLAUSES.split(_NO_LONGER.sub(r"\1", text)):
        found = set(content_words(clause))
        is_denial = goes_on or denies(clause, language)
        (denied if is_denial else affirmed).update(found)
        goes_on = is_denial and not found
    return affirmed, denied


def denies(text: str, language: str) -> bool:
    """Whether a word in it denies, or turns the statement round in another way."""
    language = language.partition("-")[0]
    turning = _TURNING.get(language, _ANY)
    text = _SAYS_NO.sub(" ", text)
    if _DENIED.search(text):
        return True
    found = [word for word in words(text) if word in turning or _is_shortened(word, language)]
    plainly = any(word in _NO or word not in turning for word in found)
    return bool(found) and not (plainly and any(word in turning - _NO for word in found))


def _is_shortened(word: str, language: str) -> bool:
    return word.startswith("n'") if language == "fr" else language in {"en", ""} and word.endswith("n't")
