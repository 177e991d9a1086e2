"""Words, and the language they are in: enough to group contributions and to compare a sentence with its source.

Function words decide the language, each counting less the more languages share it; a few letters that only some of the
languages use count as well. A text that gives no sign has no language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
URL = re.compile(r"https?://[^\s<>|]+|www\.[^\s<>|]+")

_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """the of and to in a is that for it as was with be by on not he i this are or his from at which but have
            an had they you were there one all we can her has been if more when will would who so no she my our
            their what up out do any your how should them than its into about because could does did us most must
            every these those where why only very just also some other such then over under before after between
            while through many much make well both each don't doesn't isn't i'm it's we're""",
        "nl": """de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij uit nog naar door
            over ze hij je we ik die dit wat kan wordt worden deze meer wel geen hun ons onze of heeft hebben moet
            al moeten kunnen zou waar hoe wie wij jullie mijn zonder omdat tussen alle iets heel onder tot veel
            waarom""",
        "da": """og i at det er en et til af på for med de den som ikke har der var vi jeg kan om fra så men vil være
            også hvis skal eller man sig ud op ved nu mere når hvor kun blive bliver deres os hvad hvordan hvem
            mellem uden mange noget alle dette disse skulle kunne efter fordi vores hvorfor""",
        "fr": """le la les de des du un une et à en est que qui dans pour pas sur par au aux ce cette ces il elle on
            nous vous ils je ne se sont avec plus ou mais son sa ses leur leurs être a ont été c'est d'un
            d'une qu'il qu'on notre nos votre vos comment très sans sous aussi quand tout tous faut entre comme y où
            pourquoi""",
        "pt": """o a os as de do da dos das um uma e em no na nos nas para por com que não se é mais como mas foi ao à
            aos às ou ser são sua seu ele ela eu nós já está isso este esta muito quando pelo pela até só também
            nosso nossa sem entre eles elas porque quem têm devem deve qual vocês aqui há""",
        "es": """el la los las de del un una y en que es por con para no se su lo al como más pero sus le ya o este sí
            porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos ni ser son está
            han yo eso nuestro nuestra cómo qué debe deben tiene tienen ellos ellas fue cada""",
        "de": """der die das und in zu den von mit ist im für nicht auf eine ein sich des dem es an werden als auch aus
            bei sind oder dass nach wird man wir ich sie er hat noch wie um aber einen einer nur mehr über so kann
            soll sollen zum zur keine unser unsere ohne zwischen diese dieser muss müssen können was wer""",
    }.items()
}
_SHARED = Counter(word for words in _FUNCTION_WORDS.values() for word in words)
_STOP = frozenset(_SHARED)
_LETTERS = {
    "da": frozenset("æøå"),
    "de": frozenset("ßäöü"),
    "es": frozenset("ñ¿¡"),
    "fr": frozenset("èêçùœë"),
    "pt": frozenset("ãõç"),
}
_SAYING_NO = """not no never none without cannot can't don't doesn't isn't won't shouldn't niet geen nooit zonder ikke
    ingen aldrig uden ne pas jamais aucun aucune sans não nunca nem sem ni sin nicht kein keine nie ohne"""
_NEGATIONS = frozenset(_SAYING_NO.split())


def plain(text: str) -> str:
    """The text with compatible characters unified, invisible ones gone and any white space as one blank."""
    if text.isascii():
        return " ".join(text.split())
    visible = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return " ".join("".join(visible).split())


def words(text: str) -> list[str]:
    """The words in lower case, addresses left out, in order."""
    return [word.replace("’", "'") for word in WORD.findall(URL.sub(" ", plain(text)).casefold())]


def content_words(text: str) -> list[str]:
    """What the text is about: its words without function words, cut to six letters so that inflections meet.

    Scripts without blanks between words give pairs of signs instead.
    """
    found: list[str] = []
    for word in words(text):
        if word[0] >= "\u2e80":
            found += [word[start : start + 2] for start in range(max(1, len(word) - 1))]
        elif len(word) > 2 and word not in _STOP and not word.isdigit():
            found.append(word[:6])
    return found


def negations(text: str) -> frozenset[str]:
    """The words in it that turn a statement round."""
    return _NEGATIONS.intersection(words(text))


def language_of(text: str) -> str:
    """The language (en, nl, da, fr, pt, es or de), or "" if the text gives too little sign of one."""
    found = words(text)
    if not found:
        return ""
    votes = dict.fromkeys(_FUNCTION_WORDS, 0.0)
    for word in found:
        for language in votes:
            if word in _FUNCTION_WORDS[language]:
                votes[language] += 1 / _SHARED[word]
    for language, letters in _LETTERS.items():
        votes[language] += 0.5 * sum(not letters.isdisjoint(word) for word in found)
    first, second = sorted(votes, key=lambda language: -votes[language])[:2]
    return first if votes[first] >= 0.5 and votes[first] > votes[second] else ""


def most_common(languages: Iterable[str]) -> str:
    """The language that occurs most often, the first of equals; "" counts for none."""
    counted = Counter(language for language in languages if language)
    return counted.most_common(1)[0][0] if counted else ""
