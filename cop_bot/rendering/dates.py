"""Moments spelled out: for people without a platform that shows each reader the time in their own zone."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from cop_bot.domain.message import Moment

if TYPE_CHECKING:
    from babel import Locale

# CLDR means these by plain "en" and "pt" otherwise: the United States and Brazil.
_REGIONS = {"en": "en_GB", "pt": "pt_PT"}
# How a language ties a day and its time; Babel carries only the comma.
_AT = {"en": " at ", "nl": " om ", "da": " kl. ", "fr": " à ", "pt": " às "}


def spelled_out(moment: Moment, language: str) -> str:
    """The moment in words of `language` (BCP 47): "Tuesday, 17 November 2020 at 13:15 (Europe/Amsterdam)".

    A date alone comes without weekday and zone. A language that nobody knows is written in English.
    """
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    locale = _locale(language)
    if moment.style == "date":
        return _date(local, "long", locale)
    if moment.style == "time":
        return f"{_time(local, locale)} ({moment.zone})"
    between = _AT.get(locale.language, ", ")
    return f"{_date(local, 'full', locale)}{between}{_time(local, locale)} ({moment.zone})"


def _date(local: datetime, length: Literal["full", "long"], locale: Locale) -> str:
    from babel.dates import format_date

    return format_date(local, length, locale)


def _time(local: datetime, locale: Locale) -> str:
    from babel.dates import format_time

    return format_time(local, "short", locale=locale)


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_REGIONS.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_REGIONS["en"])
