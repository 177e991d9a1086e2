"""What the words of a post say about its kind: how it begins, how it ends, whom it answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cop_bot.domain.contribution import Kind
from cop_bot.domain.numbered import NUMBER, leading_number

_AFTER_A_NUMBER = re.compile(r"\s*(?:$|[:,;.!?)\]–—-])")
_YEARS = range(1900, 2101)
_ADDRESS = re.compile(r"https?://\S+")
_MENTION = re.compile(r"(?<!\w)@[\w.-]+")
_SHORT_CODE = re.compile(r":[a-z0-9_+'-]+:", re.IGNORECASE)
_SMILEY = re.compile(r"(?<!\w)(?:[:;=8][-']?[)(DPp/\\|oO3*]|[xX]D|<3)(?!\w)")
_END = re.compile(r"(?<=[.!?…？؟՞፧。！])[\"'»”’)\]*_~`]*(?:\s+|$)|\n+")
_IN_BRACKETS = re.compile(r"[\s(\[].*[)\]]\W*")
_QUESTION_MARKS = ("?", "？", "؟", "\u037e", "՞", "፧")  # Latin, CJK, Arabic, Greek, Armenian, Ethiopic
_CLOSING = " \t\n\"'»”’)]}*_~`.!…"
_DRESS = "*_~`\"'“”‘’«»„‹› \t\n"
_DASH = re.compile(r"\s+[-–—]\s+")
_LONGEST_PREFIX = 30
MOST_QUESTIONS = 99
"""Guiding questions that can be named, `q99`."""
_ASKED = re.compile(r"(?:(?P<kind>\S.*?)\s+)?[qQ]\s?(?P<at>[1-9]\d?)")
_FILED = re.compile(r"\s*#(?P<number>\d{1,7})\s*[:,-]?\s*[qQ]\s?(?P<at>[1-9]\d?)\s*[.!]?\s*")
_LEADING = re.compile(r"\s*[qQ](?P<at>[1-9]\d?)(?:\s*[:.,)–—-]\s*|\s+)(?=\S)")


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Manner:
    """How people write, from the language files.

    `prefixes`: word before a colon (case-folded) -> kind. `is_talk`: greetings, thanks and other words around the work.
    `is_aside`: a sentence that says nothing about the kind of a post, as thanks or a name beneath it. `is_ranked`:
    whether words that follow a number count with it ("#1 priority"). `nods`: whether words agree or refuse; in a reply
    that is feedback and no talk.
    """

    prefixes: Mapping[str, Kind] = field(default_factory=dict)
    is_talk: Callable[[str], bool] = _never
    is_aside: Callable[[str], bool] = _never
    is_ranked: Callable[[str], bool] = _never
    nods: Callable[[str], bool] = _never


def reference(text: str, manner: Manner) -> int | None:
    """12 for a text that begins with `#12` and goes on as a reply to it; None where the number is one of the words
    ("#1 priority", "#2020 was a year").
    """
    found = NUMBER.match(text)
    if found is None:
        return None
    number, rest = int(found[1]), text[found.end() :]
    if _AFTER_A_NUMBER.match(rest) or _begins_anew(rest.lstrip()):
        return number
    return None if number in _YEARS or manner.is_ranked(rest) else number


class Beginning(NamedTuple):
    """What the words before the colon say: the kind, and the guiding question (from 1); and the text without them."""

    kind: Kind | None
    question: int | None
    text: str


def filing(text: str) -> tuple[int, int] | None:
    """12 and 2 for `#12 q2`: the contribution is filed under that guiding question."""
    found = _FILED.fullmatch(text)
    return (int(found["number"]), int(found["at"])) if found else None


def with_question(text: str) -> str:
    """`q2 We were paid late` as `q2: We were paid late`, as it is typed after a command."""
    found = _LEADING.match(text)
    return f"q{found['at']}: {text[found.end() :]}" if found else text


def beginning(text: str, prefixes: Mapping[str, Kind], questions: int = 0) -> Beginning:
    """The kind that the first word names (`question: …`, in any language and any dress: `*Question:*`, `Question：`,
    `Question - …`), which of so many guiding questions (`q2: …`, `idea q2: …`), and the text without them.
    """
    kind, at, rest = _split(text, prefixes, questions)
    return Beginning(kind, at, rest)


def split_prefix(text: str, prefixes: Mapping[str, Kind]) -> tuple[Kind | None, str]:
    """The kind that the first word names, and the text without it."""
    kind, _, rest = _split(text, prefixes, 0)
    return kind, rest


def _split(text: str, prefixes: Mapping[str, Kind], questions: int) -> tuple[Kind | None, int | None, str]:
    start = text.lstrip(_DRESS)
    head, colon, rest = start[: _LONGEST_PREFIX + 4].replace("：", ":").replace("﹕", ":").partition(":")
    if colon:
        rest = start[len(head) + 1 :]
    else:
        dash = _DASH.search(start[: _LONGEST_PREFIX + 4])
        if dash is None:
            return None, None, text
        head, rest = start[: dash.start()], start[dash.end() :]
    word = unicodedata.normalize("NFC", head.strip(_DRESS)).casefold()
    rest = rest.lstrip("*_~` \t\n")
    if len(word) > _LONGEST_PREFIX or not rest.strip():
        return None, None, text
    asked = _ASKED.fullmatch(word) if questions else None
    if asked and int(asked["at"]) <= questions and (asked["kind"] is None or asked["kind"] in prefixes):
        return prefixes.get(asked["kind"] or ""), int(asked["at"]), rest.strip()
    kind = prefixes.get(word)
    return (kind, None, rest.strip()) if kind else (None, None, text)


def kind_of(
    text: str, links: Sequence[str], files: Sequence[str], *, is_reply: bool, manner: Manner | None = None
) -> Kind:
    """What a post without a prefix is: talk, else a reply is feedback, then a question, a resource, else an idea."""
    manner = manner or Manner()
    meant = leading_number(text) is not None or (is_reply and manner.nods(text))
    if not links and not files and not meant and manner.is_talk(text):
        return Kind.TALK
    if is_reply:
        return Kind.FEEDBACK
    if asks(text, manner):
        return Kind.QUESTION
    return Kind.RESOURCE if links or files else Kind.IDEA


def asks(text: str, manner: Manner | None = None) -> bool:
    """Whether the last sentence with words is a question: signs, names, addresses, thanks and what stands in brackets
    behind it don't count.
    """
    is_aside = (manner or Manner()).is_aside
    without = _SMILEY.sub(" ", _SHORT_CODE.sub(" ", _MENTION.sub(" ", _ADDRESS.sub(" ", text))))
    sentences = [one.strip() for one in _END.split(without) if one and _has_letters(one)]
    while sentences:
        last = sentences.pop()
        # Signs that are neither words nor punctuation may stand behind the mark.
        if "".join(sign for sign in last if not _is_picture(sign)).rstrip(_CLOSING).endswith(_QUESTION_MARKS):
            return True
        if not sentences or not (is_aside(last) or _IN_BRACKETS.fullmatch(last) or _is_name(last)):
            return False
    return False


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in ("So", "Sk", "Cf", "Mn", "Cn")


def _is_name(text: str) -> bool:
    """A name beneath the words: up to three of them, each with a capital, and no full stop."""
    words = text.strip(" -–—~,").split()
    return 0 < len(words) <= 3 and all(word[:1].isupper() or word[:1] in "&/" for word in words) and text[-1:].isalpha()


def _begins_anew(text: str) -> bool:
    """Whether it begins as a sentence does; scripts without capitals can't tell."""
    first = next((letter for letter in text if not unicodedata.category(letter).startswith("P")), "")
    return first.isupper() or (first.isalpha() and not first.islower())
