"""The languages that the bot speaks: English in the code, the others in the catalogues under `locale/`."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from string import Formatter

from cop_bot.domain.member import Member
from cop_bot.domain.message import Block, Message, Span, Spans, Words
from cop_bot.domain.programme import Programme
from cop_bot.languages import spoken


@cache
def translated() -> tuple[str, ...]:
    """The codes of the languages that have a catalogue: all that the bot speaks but English."""
    return tuple(code for code in spoken() if code != "en")


@dataclass(frozen=True, slots=True)
class Speech:
    """One language, ready to speak. By custom it is called `_`, which is how the catalogues find the sentences.

    Only our own sentences are templates. What members wrote is always a value, put in after the template has been read.
    """

    language: str
    catalogue: gettext.NullTranslations

    def __call__(self, sentence: str, /, **values: object) -> str:
        """The sentence in this language, with its named fields filled."""
        translated = self.catalogue.gettext(sentence)
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form that this language uses for so many, its field `{count}` and the others filled."""
        return self.catalogue.ngettext(one, many, count).format(count=count, **values)

    def spans(self, sentence: str, /, **values: Span | Spans | str) -> Spans:
        """The sentence as spans: a named field may be a moment, a link, a person, and stays what it is."""
        spans: list[Span] = []
        for words, field, _, _ in Formatter().parse(self.catalogue.gettext(sentence)):
            if words:
                spans.append(Words(words))
            if field is not None:
                value = values[field]
                if isinstance(value, tuple):
                    spans.extend(value)
                else:
                    spans.append(Words(value) if isinstance(value, str) else value)
        return tuple(spans)

    def message(self, *blocks: Block) -> Message:
        """These blocks as a message in this language."""
        return Message(blocks, self.language)


def later(sentence: str) -> str:
    """Marks a sentence for the catalogues that is translated only where it is said."""
    return sentence


@cache
def speak(language: str) -> Speech:
    """The speech for a BCP 47 code; for a language that is not spoken here, English."""
    base = language.partition("-")[0].lower()
    if base in translated():
        return Speech(language, _catalogue(base))
    return Speech(language if base == "en" else "en", gettext.NullTranslations())


@cache
def _catalogue(base: str) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (resources.files("cop_bot.texts") / "locale" / f"{base}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=base))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def for_place(programme: Programme) -> str:
    """The language of what everybody reads: the programme's first."""
    return programme.decided().interface_languages[0]


def for_member(programme: Programme, member: Member) -> str:
    """The language of what one member reads: their own if the programme offers it, else the programme's first."""
    offered = programme.decided().interface_languages
    for wanted in (member.language, member.language.partition("-")[0]):
        if wanted in offered:
            return wanted
    return offered[0]
