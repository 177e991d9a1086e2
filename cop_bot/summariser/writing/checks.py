"""A model's points held against the contributions they cite. What a model claims is not believed, it is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.reading.crowd import tells_of_the_crowd
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import MOST_CITES
from cop_bot.summariser.words.asking import wonders
from cop_bot.summariser.words.languages import LANGUAGES, bare, content_words, language_of
from cop_bot.summariser.words.literals import invents
from cop_bot.summariser.words.prompt_injection import looks_like_an_instruction
from cop_bot.summariser.words.proposals import proposes
from cop_bot.summariser.writing.cleaning import clean
from cop_bot.summariser.writing.redaction import has_mark

DOUBTFUL = 0.3
"""The share of a point's words that the contributions it cites have to contain, so that a second reading is worth it.
Measured on human summaries with marked sources (QMSum): 87 % of true sentences reach it and 23 % of those held against
the wrong source."""
_ITS_SHARE = 0.2
_OF_THE_BEST = 0.25
"""The share of a point's words that every single contribution has to contain that it cites beside others; and the same
as a part of what the best of them contains."""
_ADDS = 2
_OF_THEIRS = 0.2
"""Or so many words of the point that no better citation has (one is enough beside a word that others have too, if they
are this share of the contribution's own): a sentence that unites several contributions has little of each."""
_WORDS, _SIGNS = 40, 320
"""Of a line; a model that goes on sums up everything in one sentence."""
_LEAST = 3
"""Words of a line: one word by itself says nothing, whatever contribution has it too."""
_CUT = 6
"""Letters of a content word."""
QUESTION_MARKS = ("?", "？", "؟", "\u037e")


Fault = str
"""A rule that a point broke, by the name under which the prompts explain it."""
LANGUAGE, INVENTED, UNSUPPORTED, MARK, LONG, CROWD = "language", "invented", "unsupported", "mark", "long", "crowd"


@dataclass(frozen=True, slots=True)
class Checked:
    """A point and the faults that it can't stay with. Without any it is worth a second reading, and no more."""

    point: Point
    faults: tuple[Fault, ...] = ()


def check(point: Point, reading: Reading, language: str) -> Checked | None:
    """The point as it may be shown, without citations that have nothing to do with it, and what is wrong with it.

    None if nothing of it is left: no text, no contribution that exists, a question that nobody asked.
    """
    text = clean(point.text)
    numbers = _its_own(text, [number for number in dict.fromkeys(point.cites) if number in reading.voices], reading)
    section = _section(point.section, [reading.voices[number] for number in numbers]) if numbers else None
    if not text or section is None:
        return None
    if section == Section.NEXT_STEPS:
        numbers = tuple(number for number in numbers if proposes(reading.voices[number].text))
    found = language_of(text) if told(language) else ""
    written = replace(point, section=section, text=text, cites=numbers, language=found or language)
    return Checked(written, tuple(_faults(written, reading, language)))


def told(language: str) -> bool:
    """Whether this language can be told from others without a model."""
    return language.partition("-")[0] in LANGUAGES


def same_language(one: str, other: str) -> bool:
    """pt and pt-BR are the same."""
    return one.partition("-")[0] == other.partition("-")[0]


def _faults(point: Point, reading: Reading, language: str) -> list[Fault]:
    faults: list[Fault] = []
    if not same_language(point.language, language):
        faults.append(LANGUAGE)
    if len(point.text.split()) > _WORDS or len(point.text) > _SIGNS:
        faults.append(LONG)
    if len(point.text.split()) < _LEAST and len(content_words(point.text)) < 2 * _LEAST:
        faults.append(UNSUPPORTED)
    if has_mark(point.text) or looks_like_an_instruction(point.text):
        faults.append(MARK)
    spoken = {number: reading.languages[number] or point.language for number in point.cites}
    sources = [(part, spoken[number]) for number in point.cites for part in _parts(reading.voices[number])]
    if invents(point.text, point.language, sources):
        faults.append(INVENTED)
    if tells_of_the_crowd(point.text, point.language, _by_author(point.cites, reading)):
        faults.append(CROWD)
    if not _is_foreign(point, reading) and share(point.text, _texts(point.cites, reading)) < DOUBTFUL:
        faults.append(UNSUPPORTED)
    return list(dict.fromkeys(faults))


def share(text: str, sources: Sequence[str]) -> float:
    """The share of the text's words that the sources contain."""
    own = set(bare_words(text))
    theirs = {word for source in sources for word in bare_words(source)}
    return len(own & theirs) / len(own) if own else 0.0


def bare_words(text: str) -> list[str]:
    """The content words without accents: a model writes them, who types on a telephone leaves them out."""
    return [_singular(bare(word)) for word in content_words(text)]


def _singular(word: str) -> str:
    """Without the s of a plural or of "she owns", where the cut to six letters has left it."""
    return word[:-1] if _LEAST < len(word) < _CUT and word.endswith("s") else word


def _is_foreign(point: Point, reading: Reading) -> bool:
    """Whether one of its sources is in another language, or in one that can't be told."""
    spoken = {reading.languages[number] for number in point.cites} - {""}
    return any(not same_language(language, point.language) for language in spoken)


def _its_own(text: str, numbers: Sequence[int], reading: Reading) -> tuple[int, ...]:
    """Of several citations those that have something to do with the text, as far as its language lets tell: a weak
    model cites c1 to c4 for its first point, c5 to c8 for its second and so on.
    """
    written = language_of(text)
    shares = {number: share(text, [reading.voices[number].text]) for number in numbers}
    enough = max([_ITS_SHARE, *(_OF_THE_BEST * own for own in shares.values())])
    own, covered = set(bare_words(text)), set[str]()
    kept: list[int] = []
    for number in sorted(numbers, key=lambda number: -shares[number]):
        spoken = reading.languages[number]
        theirs = set(bare_words(reading.voices[number].text))
        shared = own & theirs
        added = len(shared - covered) if len(shared) >= _ADDS else 0
        adds = added >= _ADDS or (added > 0 and len(shared) >= _OF_THEIRS * len(theirs))
        foreign = bool(written and spoken) and not same_language(spoken, written)
        if foreign or shares[number] >= enough or adds:
            kept.append(number)
            covered |= shared
    return tuple(number for number in numbers if number in kept or (not kept and number == numbers[0]))[:MOST_CITES]


def _texts(numbers: Sequence[int], reading: Reading) -> list[str]:
    return [reading.voices[number].text for number in numbers]


def _by_author(numbers: Sequence[int], reading: Reading) -> list[str]:
    """What each author said, those who said the same included."""
    said: dict[str, str] = {}
    for number in sorted(reading.behind(numbers)):
        author, first = reading.authors[number], reading.same_as.get(number, number)
        said[author] = f"{said.get(author, '')} . {reading.voices[first].text}"
    return list(said.values())


def _parts(voice: Voice) -> tuple[str, ...]:
    return (voice.text, *voice.links)


def _section(section: Section, sources: Sequence[Voice]) -> Section | None:
    """Where the point belongs: only what somebody asked is a question, nobody disagrees alone, and a next step is one
    that a member proposed.
    """
    if section == Section.OPEN_QUESTIONS:
        return section if any(map(_asks, sources)) else None
    if section == Section.DISAGREEMENTS and len({voice.author for voice in sources}) < 2:
        return Section.MAIN_POINTS
    if section == Section.NEXT_STEPS and not any(proposes(voice.text) for voice in sources):
        return Section.MAIN_POINTS
    return section


def _asks(voice: Voice) -> bool:
    return voice.kind == "question" or any(mark in voice.text for mark in QUESTION_MARKS) or wonders(voice.text)
