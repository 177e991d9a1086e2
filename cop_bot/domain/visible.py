"""Text as far as readers can see it."""

from __future__ import annotations

import unicodedata
from typing import Literal

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})

# Letters and signs by their category, and blank by their look: Hangul fillers, the Braille blank, Khmer's inherent
# vowels. (Unicode Standard, Default_Ignorable_Code_Point, and its code charts.)
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")

# Marks without a meaning at an edge.
_EDGES = "\u200b\u2060\ufeff\u00ad"


# Two signs that stand for whole sentences when they are taken apart: forty thousand of them would be a book.
_SENTENCES = {0xFDFA: " ", 0xFDFB: " "}


def normal(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """The text in a form of Unicode's, no longer than a few times what it was."""
    return unicodedata.normalize(form, text.translate(_SENTENCES) if not text.isascii() else text)


def has_visible(text: str) -> bool:
    """Whether a reader sees anything of it."""
    return any(letter not in _BLANK and unicodedata.category(letter) not in _UNSEEN_CATEGORIES for letter in text)


def clean(text: str) -> str:
    """The text without what no database takes (NUL, lone surrogates) and without blank edges; empty where nothing in
    it can be seen.

    Inside words nothing invisible goes: joiners are spelling in many scripts.
    """
    kept = text.replace("\0", "").encode("utf-8", "ignore").decode()
    kept = _stripped(kept)
    return kept if has_visible(kept) else ""


def _stripped(text: str) -> str:
    while (shorter := text.strip().strip(_EDGES)) != text:
        text = shorter
    return text


def one_line(text: str, longest: int) -> str:
    """The same on one line of so many signs at most, without control characters; joiners are spelling and stay."""
    bare = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in clean(text))
    return " ".join(bare.split())[:longest].strip()
