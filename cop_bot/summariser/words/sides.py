"""Whether a sentence and its source are on the same side: words that turn a statement round, and who comes first.

Neither proves a mistake; both say that somebody has to look.
"""

from __future__ import annotations

import re

from cop_bot.summariser.words.languages import content_words, words
from cop_bot.summariser.words.quotes import sentences

_TURNING = {
    language: frozenset(listed.split())
    for language, listed in {
        "en": """no not never none nothing nobody nor neither without cannot against avoid avoids avoiding oppose
            opposes opposed refuse refuses refused reject rejects rejected stop stops lack lacks lacking less fewer
            unless hardly disagree disagrees""",
        "nl": """niet geen nooit niets niemand noch zonder tegen vermijd vermijden weiger weigeren stop stoppen minder
            tenzij nauwelijks oneens""",
        "da": """ikke ingen aldrig intet ingenting hverken uden imod undgå undgår afvise afviser stoppe mindre færre
            medmindre næppe uenig uenige""",
        "fr": """ne n pas jamais aucun aucune rien personne ni sans contre éviter évite évitons refuser refuse rejeter
            arrêter moins guère désaccord""",
        "pt": """não nunca nenhum nenhuma nada ninguém nem sem contra evitar evite evitamos recusar rejeitar parar menos
            discordo discordam""",
        "es": """no nunca ningún ninguno ninguna nada nadie ni sin contra evitar evite evitamos rechazar parar menos
            desacuerdo""",
        "de": """nicht kein keine keinen keinem keiner nie niemals nichts niemand weder ohne gegen vermeiden ablehnen
            stoppen weniger kaum uneinig""",
    }.items()
}
_PLAIN_NO = """no not never none nothing nobody nor neither cannot niet geen nooit niets niemand noch ikke ingen aldrig
    intet ingenting hverken ne n pas jamais aucun aucune rien personne ni não nunca nenhum nenhuma nada ninguém nem
    ningún ninguno ninguna nadie nicht kein keine keinen keinem keiner nie niemals nichts weder"""
_NO = frozenset(_PLAIN_NO.split())
"""The others turn round what follows, and a "not" beside them turns it back: "does not stop"."""
_MEANS_MORE = frozenset({"no", "ne", "n", "stop", "personne", "pas", "sem", "ni"})
_ANY = frozenset().union(*_TURNING.values()) - _MEANS_MORE
"""For texts in a language that is not known: without words that mean something else in another one."""
_INSTEAD = (
    r"instead of|rather than|in plaats van|liever dan|i stedet for|snarere end|au lieu d[eu']|plutôt que"
    r"|em vez d[eao]s?|em lugar d[eao]s?|en vez de|en lugar de|anstatt|anstelle|statt"
)
"""What follows is denied, what stands before is not."""
_BUT = r"but|maar|men|mais|mas|pero|sino|aber|sondern"
_AND_NOT = r"and not|en niet|og ikke|et non|et pas|e não|y no|und nicht"
_THOUGH = r"although|though|because|hoewel|omdat|selvom|fordi|bien que|parce que|embora|porque|aunque|obwohl|weil"
_CLAUSES = re.compile(rf"[,;:.!?—–()]+|\s-\s|\b(?:{_BUT})\b|(?=\b(?:{_INSTEAD}|{_AND_NOT}|{_THOUGH})\b)", re.IGNORECASE)
_DENIED = re.compile(rf"\s*(?:{_INSTEAD})\b", re.IGNORECASE)
_SAYS_NO = re.compile(
    r"\b(?:(?:say|says|said|saying) no|(?:decir|dice|dijo|dijeron|diga|digan) (?:que )?no"
    r"|(?:dizer|diz|disse|disseram|diga|digam) (?:que )?não)\b(?=\s*(?:[.,;:!?…)]|$))",
    re.IGNORECASE,
)
"""To say no is something that somebody does; it denies nothing else in the sentence."""
_NO_LONGER = re.compile(r"\b(no|not|niet|ikke|nicht)(?: any)? (?:longer|langer|længere|länger)\b", re.IGNORECASE)
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
