"""Contributions that read like an order to the machine: kept and counted, but neither quoted nor sent to a model.

A wrong hit costs a facilitator one look, so the patterns ask for the words of such an order and not for a bad tone.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from functools import cache

from cop_bot.domain.visible import normal
from cop_bot.summariser.words.dictation_patterns import LETTERS, ORDERS_TO_WRITERS
from cop_bot.summariser.words.injection_patterns import BREAK_OUTS, COMPACT, ORDERS, OTHER_SCRIPTS
from cop_bot.summariser.words.languages import URL, plain

_LOOK_ALIKES = str.maketrans(
    "авеікмнорстухѕјԁɡһӏԛԝаАВЕКМНОРСТХІЅЈαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɩ",
    "aBeikmHopctyxsjdghlqwaABEKMHOPCTXISJaBeikvoptuxABEZHIKMNOPTYXii",
)
"""Letters of other alphabets that pass for Latin ones."""
_LOOK_LIKE_LETTERS = str.maketrans("0134578@$", "oieastbas")
_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Letters without a shape."""
_WORD = re.compile(r"[^\W_]+")
_CODED = re.compile(r"[A-Za-z0-9+/]{20,79}={0,2}")


def looks_like_an_instruction(text: str) -> bool:
    """Whether the text seems to be meant for a model and not for the members."""
    bare = html.unescape(URL.sub(" ", text))
    return _breaks_out(bare) or _orders(plain(bare)) or any(_orders(words) for words in _decoded(bare))


def _breaks_out(text: str) -> bool:
    return _any_of(BREAK_OUTS).search(normal("NFKC", text)) is not None


def _orders(line: str) -> bool:
    folded = _folded(line)
    lower = folded.lower()
    if _is_one_of(ORDERS, folded, lower) or _dictates(folded, lower):
        return True
    if not line.isascii() and _any_of(OTHER_SCRIPTS).search(line):
        return True
    letters = "".join(sign for sign in folded.casefold().translate(_LOOK_LIKE_LETTERS) if sign.isalpha())
    return _any_of(COMPACT).search(letters) is not None


def _dictates(folded: str, lower: str) -> bool:
    found = {word[:LETTERS] for word in _WORD.findall(lower)}
    return any(_is_one_of(orders, folded, lower) for stems, orders in ORDERS_TO_WRITERS if not stems.isdisjoint(found))


def _is_one_of(patterns: tuple[str, ...], folded: str, lower: str) -> bool:
    """Whether the line fits one of the patterns. Where capitals mean nothing the lower line is read: thrice as fast."""
    in_lower, in_any_case = _by_case(patterns)
    if in_lower.search(lower):
        return True
    return in_any_case is not None and in_any_case.search(folded) is not None


@cache
def _by_case(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    cased = tuple(pattern for pattern in patterns if "(?-i:" in pattern)
    others = "|".join(f"(?:{pattern})" for pattern in patterns if pattern not in cased)
    return re.compile(others, re.MULTILINE), _any_of(cased) if cased else None


def _folded(line: str) -> str:
    """Without accents, and with Latin letters for those that only look like them."""
    if line.isascii():
        return line
    split = normal("NFKD", _BLANKS.sub("", line))
    return "".join(sign for sign in split if not unicodedata.combining(sign)).translate(_LOOK_ALIKES)


def _decoded(text: str) -> list[str]:
    """What stands in base64 in it."""
    found = []
    for coded in _CODED.findall(text):
        try:
            found.append(base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True).decode("utf-8"))
        except (binascii.Error, ValueError):
            continue
    return found


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.MULTILINE)
