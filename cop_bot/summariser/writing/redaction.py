"""What of a contribution is not sent to a model: whom it mentions, e-mail addresses, telephone numbers.

A mark stands where something was left out. Quotes are taken from the contribution itself and never from what was sent.
"""

from __future__ import annotations

import re

from cop_bot.summariser.words.languages import URL

NAME, MAIL, PHONE = "[name]", "[e-mail]", "[phone]"

_PHONE = r"(?<![\w/.,-])(?<!\d:)(?:\+|00|\(0)?\(?\d(?:[ ().\u00a0\u202f\u2010-\u2015/-]{0,2}\d){7,14}(?![\w/-])"
_OF_A_NAME = r"(?: (?:(?:van|von|de|del|der|den|da|do|dos|du|la|le|el|al|bin|ter|ten) ){0,2}[A-ZÀ-Þ][\w.-]*\w){0,2}"
_LEFT_OUT = re.compile(
    rf"(?P<url>{URL.pattern})"
    r"|(?P<mail>(?:mailto:)?(?<![\w.+-])[\w.+-]+(?:[@＠]| ?[(\[]at[)\]] ?)[\w-]+(?:\.| ?[(\[]dot[)\]] ?)[\w.-]*\w)"
    r"|(?P<name><@[^<>\n]{1,100}>|<at\b[^<>]{0,80}>[^<>]{0,100}</at>"
    rf"|(?<![\w.])[@＠][A-ZÀ-Þ][\w.-]*\w{_OF_A_NAME}|(?<![\w.])[@＠]\w[\w.-]*)"
    rf"|(?P<phone>{_PHONE})"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+")
_IN_THREES = re.compile(r"[679]\d\d(?: \d{3}){2}")
"""How mobile numbers are written in Portugal, Spain and Angola; an amount would be round."""
_YEARS_OR_DATE = re.compile(r"(?:1[89]|20)\d\d\W+(?:1[89]|20)\d\d|\d{4}-\d\d-\d\d|\d\d?[./-]\d\d?[./-]\d{4}")
_MARK = re.compile("|".join(re.escape(mark) for mark in (NAME, MAIL, PHONE)))


def masked(text: str) -> str:
    """The text as it may be sent."""
    return _LEFT_OUT.sub(lambda match: _instead(match), text)


def restored(text: str, original: str) -> str | None:
    """The text with the marks filled in again in the order of the original; None if they are not all the same."""
    hidden = [match.group() for match in _LEFT_OUT.finditer(original) if _instead(match) != match.group()]
    if _MARK.findall(text) != _MARK.findall(masked(original)):
        return None
    left = iter(hidden)
    return _MARK.sub(lambda _: next(left), text)


def has_mark(text: str) -> bool:
    """Whether a mark stands in it."""
    return _MARK.search(text) is not None


def _instead(match: re.Match[str]) -> str:
    found = match.group()
    if match.lastgroup == "url":
        return found
    if match.lastgroup == "phone":
        return PHONE if _is_phone(found) else found
    return MAIL if match.lastgroup == "mail" else NAME


def _is_phone(found: str) -> bool:
    """Whether so many digits are a telephone number and not an amount, a date or two years."""
    if found.startswith(("+", "00", "(")):
        return True
    if _IN_THREES.fullmatch(found) and not found.endswith("000"):
        return True
    digits = sum(sign.isdigit() for sign in found)
    return digits >= 9 and not _GROUPED.fullmatch(found) and not _YEARS_OR_DATE.match(found)
