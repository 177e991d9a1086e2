"""Words as the measures see them: an own reading, so that a summariser is not held against itself."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>|]+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
STEM = 6
"""Signs of a word that count: inflections meet without a dictionary."""

_SMALL_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """a all also an and any are as at be been both but by can did do does each for from had has have he
            her his how i if in into is it its just make many me more most must my no not now of on one only or
            other our out over own she should so some such than that the their them then there these they this
            those through to too under up us very was we were what when where which while who why will with
            would you your""",
        "nl": """aan al alle als bij dat de deze die dit door een en er geen haar heb hebben heeft het hier hoe hun
            ik in is je jij kan kunnen maar meer met mijn moet moeten naar niet nog nu of om onder ons onze ook
            op over te tot uit van veel voor waar wat we wel wie wij worden wordt zal ze zich zij zijn zo zonder
            zou""",
        "da": """af alle at blev blive bliver da de dem den denne der deres det dette dig din du efter eller en er et
            for fra få før ham han har havde hende hun hvad hver hvis hvor i ikke ind jeg kan kun man med meget
            men mere mig min mod må ned nogle nu når og også om op os over på selv sig sin skal skulle som så
            til ud uden under var ved vi vil ville vores være""",
        "fr": """ai au aussi aux avec c'est ce ces cette comme comment dans de des doit donc du elle elles en entre
            est et faire faut il ils je l'on la le les leur leurs lui mais me mes moins mon même ne nos notre
            nous on ont ou par pas peu peut plus pour qu'il que qui s'il sa sans se ses si son sont sous sur
            tous tout trop très un une vos votre vous y à ça été être""",
        "pt": """a ao aos as até com como da das de dela dele deve do dos e ela elas ele eles em entre era essa esse
            esta estamos este está eu foi há isso isto já lhe mais mas me mesmo meu minha muito na nas nem no
            nos nossa nosso não nós o os ou para pela pelo por porque quando que quem se sem ser seu sua são só
            também tem temos ter têm um uma à às é""",
        "es": """a al algo algunos como con cuando de del desde donde e el ella ellos en entre era eran es esa ese
            eso esta estaba este esto está están fue ha hace hacer han hasta hay la las le les lo los me mi
            mucho muy más ni no nos nosotros nuestra nuestro o otra otro para pero poco por porque puede que
            quien qué se sea ser si sin sobre son su sus sí también tan tener tiene tienen todo todos tu un una
            uno unos y ya yo""",
        "de": """aber alle als also am an auch auf aus bei bin bis da damit das dass dein dem den der des die dies
            diese dieser doch du durch ein eine einem einen einer er es für gegen habe haben hat hier ich ihr im
            in ist ja kann kein keine können man mehr mein mit muss müssen nach nicht noch nun nur ob oder ohne
            sehr sein seine sich sie sind so soll sollen sollte sondern um und uns unser unter viel vom von vor
            war was wenn wer werden wie wir wird wo zu zum zur über""",
    }.items()
}
_ANY_SMALL_WORD = frozenset().union(*_SMALL_WORDS.values())
_USED_BY = Counter(word for words in _SMALL_WORDS.values() for word in words)
_LETTERS = {"da": "æøå", "de": "ßäöü", "es": "ñ¿¡", "fr": "èêçùœ", "pt": "ãõ"}


def normal(text: str) -> str:
    """The text in composed characters, with single blanks for any white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words(text: str) -> list[str]:
    """The words in lower case, addresses left out."""
    return [found.replace("’", "'") for found in _WORD.findall(_ADDRESS.sub(" ", normal(text)).casefold())]


def content(text: str) -> frozenset[str]:
    """What the text speaks of: its words without small words and numbers, cut to six signs."""
    return frozenset(word[:STEM] for word in words(text) if word not in _ANY_SMALL_WORD and not word.isdigit())


def support(text: str, sources: Iterable[str]) -> float:
    """The share of the text's content words that its sources have: 1 if it has none of its own."""
    own = content(text)
    theirs = frozenset().union(*(content(source) for source in sources))
    return len(own & theirs) / len(own) if own else 1.0


def language(text: str) -> str:
    """The language (en, nl, da, fr, pt, es or de) by its small words and letters, or "" if two are as likely."""
    votes = dict.fromkeys(_SMALL_WORDS, 0.0)
    for word in words(text):
        for name, small in _SMALL_WORDS.items():
            votes[name] += 1 / _USED_BY[word] if word in small else 0.0
    for name, letters in _LETTERS.items():
        votes[name] += 0.5 * sum(any(letter in word for letter in letters) for word in words(text))
    first, second = sorted(votes, key=lambda name: -votes[name])[:2]
    return first if votes[first] > votes[second] else ""
