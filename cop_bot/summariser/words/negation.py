"""Whether a sentence and its source are on the same side: words that turn a statement round, and who comes first.

Neither proves a mistake; both say that somebody has to look.
"""

from __future__ import annotations

import re
from functools import cache

from cop_bot.languages import every, pattern
from cop_bot.summariser.words.languages import bare, content_words, words
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

_A_PHRASE = "turningphrase"
"""Stands for a phrase that turns what follows."""
_COGNATE = 5
"""Letters that a word has in common with its cousin in another language."""


def turned(text: str, source: str, language: str) -> bool:
    """Whether what the text affirms is denied in the source, or the other way round; both in one language.

    A word of which the text does both tells nothing, and where both affirm one thing and deny another, clause beside
    clause, the word that both clauses are about tells nothing either.
    """
    if _goes_along(_clauses(text, language), _clauses(source, language)):
        return False
    affirmed, denied = _told_apart(text, language)
    theirs, denied_there = _told_apart(source, language)
    return bool((affirmed - denied) & (denied_there - theirs) or (denied - affirmed) & (theirs - denied_there))


def turned_elsewhere(text: str, language: str, quote: str, spoken: str) -> bool:
    """Whether what the text affirms is denied in a quote of another language, as far as words that both languages have
    can tell: justify and justificado. A text that denies something tells nothing.
    """
    if denies_something(text, language):
        return False
    affirmed, denied = _told_apart(text, language)
    theirs, denied_there = _told_apart(quote, spoken)
    only_denied = {bare(word) for word in denied_there} - {bare(word) for word in theirs}
    return any(
        bare(word)[:_COGNATE] in {one[:_COGNATE] for one in only_denied}
        for word in affirmed - denied
        if len(bare(word)) >= _COGNATE
    )


def _clauses(text: str, language: str) -> list[tuple[set[str], bool]]:
    """What each clause is about, and whether it denies it."""
    found = [(set(content_words(one)), denies(one, language)) for one in _CLAUSES.split(_NO_LONGER.sub(r"\1", text))]
    return [one for one in found if one[0]]


def _goes_along(own: list[tuple[set[str], bool]], theirs: list[tuple[set[str], bool]]) -> bool:
    """Whether both affirm and deny, and each clause is nearest to one that does the same, each to another one."""
    if {is_denial for _, is_denial in own} != {True, False}:
        return False
    met = set()
    for words_, is_denial in own:
        shared = [len(words_ & others) for others, _ in theirs]
        nearest_ = [at for at, count in enumerate(shared) if count == max(shared)] if any(shared) else []
        same = [at for at in nearest_ if theirs[at][1] is is_denial and at not in met]
        if not same:
            return False
        met.add(same[0])
    return len(met) == len(own)


def could_say(quote: str, spoken: str, text: str, language: str) -> bool:
    """Whether these words can be what a text in another language rests on: a denial rests on a denial, and what is
    affirmed on words that don't only deny.
    """
    if denies(text, language):
        return denies_something(quote, spoken)
    return affirms_too(quote, spoken)


def affirms_too(text: str, language: str) -> bool:
    """Whether a clause of it, or all of it, denies nothing."""
    parts = [part for part in _CLAUSES.split(text) if len(part.split()) >= _A_CLAUSE]
    return not denies(text, language) or any(not denies(part, language) for part in parts)


def denies_something(text: str, language: str) -> bool:
    """Whether a word in it denies, also where another one turns it back: "without what I can't afford"."""
    turning = _TURNING.get(language.partition("-")[0], _ANY)
    return denies(text, language) or any(word in turning or _is_shortened(word, language) for word in words(text))


def nearest(text: str, source: str) -> str:
    """The sentence of a source that has the most words in common with the text; of equals the first."""
    own = set(content_words(text))
    return max(sentences(source) or [""], key=lambda sentence: len(own & set(content_words(sentence))))


def order_of(text: str, sentence: str) -> tuple[int, int]:
    """How many pairs of the words that a clause shares with the nearest clause of a sentence stand in another order
    there, and how many pairs there are: who does something to whom may be confused.
    """
    theirs = [content_words(clause) for clause in _CLAUSES.split(sentence)]
    inverted = compared = 0
    for clause in _CLAUSES.split(text):
        own = list(dict.fromkeys(content_words(clause)))
        order = max(theirs, key=lambda one: len(set(own) & set(one)))
        places = [order.index(word) for word in own if word in order]
        pairs = [(first, later) for at, first in enumerate(places) for later in places[at + 1 :]]
        inverted += sum(first > later for first, later in pairs)
        compared += len(pairs)
    return inverted, compared


def exchanged(text: str, source: str) -> bool:
    """Whether two clauses have exchanged what they are about: A does this and B that, B does this and A that."""
    theirs = [set(content_words(clause)) for clause in _CLAUSES.split(source)]
    beside = []
    for clause in _CLAUSES.split(text):
        own = set(content_words(clause))
        at = max(range(len(theirs)), key=lambda at: len(own & theirs[at]))
        if own & theirs[at]:
            beside.append((own, at))
    return any(
        at != other_at and own & (theirs[other_at] - theirs[at]) and other & (theirs[at] - theirs[other_at])
        for own, at in beside
        for other, other_at in beside
    )


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
    text = _turning_phrases(language).sub(_A_PHRASE, text.replace("’", "'"))
    found = [word for word in words(text) if word in turning or word == _A_PHRASE or _is_shortened(word, language)]
    plainly = any(word in _NO or word not in turning for word in found if word != _A_PHRASE)
    return bool(found) and not (plainly and any(word in turning - _NO or word == _A_PHRASE for word in found))


@cache
def _turning_phrases(language: str) -> re.Pattern[str]:
    known = [_KNOWN[language]] if language in _KNOWN else list(_KNOWN.values())
    return re.compile(rf"\b(?:{pattern(one for each in known for one in each.turning_phrases)})\b", re.IGNORECASE)


def _is_shortened(word: str, language: str) -> bool:
    return word.startswith("n'") if language == "fr" else language in {"en", ""} and word.endswith("n't")
