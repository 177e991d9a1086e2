"""One line of a summary: its words for the reader, how many stand behind it, and the messages it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cop_bot.domain.brief import Point, Section
from cop_bot.domain.message import Link, Span, Spans, Words
from cop_bot.texts import names
from cop_bot.texts.languages import Speech, speak

Links = Mapping[int, str]
"""The number of a contribution -> the lasting address of its message; one without is shown as a plain number."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom lines are shown: the speech around them, the `language` they are wanted in, and the one in which the
    summary was `written`; with the addresses of messages.
    """

    speech: Speech
    language: str
    written: str
    links: Links

    @classmethod
    def of(cls, written: str, language: str | None, links: Links) -> Reader:
        """A reader of this language, or of the one in which the summary was written."""
        wanted = language or written
        return cls(speak(wanted), wanted, written, links)

    @property
    def reads_a_translation(self) -> bool:
        """Whether the summary was written in another language than the reader's."""
        return not is_same(self.language, self.written)


def is_same(one: str, other: str) -> bool:
    """Whether two codes mean one language, whatever the country."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()


def line(reader: Reader, point: Point) -> Spans:
    """One point: its words (a member's own in quotation marks), its address, and the messages it rests on."""
    _ = reader.speech
    behind = (Words(f" ({_behind(_, point)})"),) if point.people and point.people != len(point.cites) else ()
    ours = (Words(" "), Words(_("(in the words of the facilitators)"))) if point.own else ()
    answers = _.spans(" (in reply to {what})", what=_replied(reader, point)) if point.replies_to else ()
    return (*_words(reader, point), *ours, *behind, *cites(point.cites, reader.links), *answers)


def _replied(reader: Reader, point: Point) -> Spans:
    said = (Words(" "), *names.quoted(reader.speech, point.replied)) if point.replied else ()
    return (cite(point.replies_to, reader.links), *said) if point.replies_to else ()


def cites(numbers: Iterable[int], links: Links) -> Spans:
    """The messages that something rests on, each after a space."""
    return tuple(span for number in numbers for span in (Words(" "), cite(number, links)))


def cite(number: int, links: Links) -> Span:
    """`#12`, as a link to the message if there is one."""
    return Link(links[number], f"#{number}") if number in links else Words(f"#{number}")


def translation(translations: Mapping[str, str], language: str) -> str | None:
    """The words in this language, if a model gave them."""
    return next((words for code, words in translations.items() if words and is_same(code, language)), None)


def _words(reader: Reader, point: Point) -> Spans:
    """The original, and the translation where the reader can't be expected to read it; each says which it is."""
    _, own = reader.speech, _original(reader.speech, point)
    translated = translation(point.translations, reader.language)
    if is_same(point.language or reader.written, reader.language):
        return own
    if translated is None:
        return (*own, Words(f" ({names.language(_, point.language)})")) if point.quote and point.language else own
    words = _with_address(point, names.on_one_line(translated))
    if not reader.reads_a_translation:
        return _.spans("{original} (translation: {words})", original=own, words=words)
    if point.quote:
        return _.spans("{words} (translated; in the original: {original})", words=words, original=own)
    return _.spans("{words} (translated)", words=words)


def _original(_: Speech, point: Point) -> Spans:
    text = names.on_one_line(point.text)
    if not point.quote:
        return _with_address(point, text)
    if not point.url or point.url in text.removesuffix(point.url):
        return _.spans("“{words}”", words=_with_address(point, text))
    # What is quoted is what was said about the address.
    said = text.removesuffix(point.url).rstrip()
    return (*((*names.quoted(_, said), Words(" ")) if said else ()), Link(point.url, point.url))


def _with_address(point: Point, text: str) -> Spans:
    """The address is its own label, so that no text can pretend to lead elsewhere."""
    if not point.url:
        return (Words(text),)
    before, found, after = text.partition(point.url)
    if not found:
        before, after = f"{text} ", ""
    return tuple(span for span in (Words(before), Link(point.url, point.url), Words(after)) if span != Words(""))


def _behind(_: Speech, point: Point) -> str:
    """How many people, where the number of links doesn't tell."""
    match point.section:
        case Section.OPEN_QUESTIONS:
            return _.plural("asked by {count} person", "asked by {count} people", point.people)
        case Section.RESOURCES:
            return _.plural("shared by {count} person", "shared by {count} people", point.people)
        case Section.NEXT_STEPS:
            return _.plural("proposed by {count} person", "proposed by {count} people", point.people)
        case _:
            return _.plural("said by {count} person", "said by {count} people", point.people)
