"""What in a sentence has to be literally true: numbers, in figures or in words, addresses, and names with @."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cop_bot.summariser.words.languages import URL, words

_HARD = re.compile(
    rf"(?P<url>{URL.pattern})|(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+)|(?P<name>@\w[\w.-]*)"
    r"|(?P<number>\d+(?:[.,'\u202f\u00a0 ]\d{3}\b|[.,:]\d+)*)"
)
_COUNTED = ("2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "20", "30", "50", "100", "1000")
_IN_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred thousand",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig vijftig honderd duizend",
    "da": "to tre fire fem seks syv otte ni ti elleve tolv tyve tredive halvtreds hundrede tusind",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente cinquante cent mille",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze vinte trinta cinquenta cem mil",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cincuenta cien mil",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig fünfzig hundert tausend",
}
_NUMERALS = {language: dict(zip(spelled.split(), _COUNTED, strict=True)) for language, spelled in _IN_WORDS.items()} | {
    "": {}
}
_ALSO = {"pt": {"duas": "2"}}


def hard(text: str, language: str) -> frozenset[str]:
    """The parts of a text that must be literally true; 1,000 and 1000 are the same, and so are 3 and three."""
    found = set()
    for match in _HARD.finditer(text):
        part = match.group().rstrip(".,;:!?)").casefold()
        found.add(re.sub(r"[^\d]", "", part) if match.lastgroup == "number" else part)
    numerals = _NUMERALS.get(language, {}) | _ALSO.get(language, {})
    return frozenset(found | {numerals[word] for word in words(text) if word in numerals})


def invents(text: str, language: str, sources: Iterable[tuple[str, str]]) -> bool:
    """Whether something of that is in the text and in none of the sources (each a text and its language)."""
    said = [hard(source, spoken) for source, spoken in sources]
    return not hard(text, language) <= frozenset().union(*said)
