"""A model's points held against the contributions they cite. What a model claims is not believed, it is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from cop_bot.domain.assignment import Voice
from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.answer import LONGEST_TEXT, MOST_CITES, Claim
from cop_bot.summariser.by_rule import in_their_words
from cop_bot.summariser.languages import URL, content_words, language_of, plain
from cop_bot.summariser.quotes import clip, quote
from cop_bot.summariser.reading import Reading

SUPPORTED = 0.5
"""The share of a point's words that the contributions it cites have to contain. Measured on human summaries with marked
sources (QMSum): 71 % of true sentences reach it and 6 % of those held against the wrong source."""
SUPPORTED_IN_PART = 0.3
"""The same where some of the cited contributions are in another language and can't share a word."""
_LINE = 45
_HARD = re.compile(
    rf"(?P<url>{URL.pattern})|(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+)|(?P<name>@\w[\w.-]*)"
    r"|(?P<number>\d+(?:[.,'\u202f\u00a0 ]\d{3}\b|[.,:]\d+)*)"
)
_MARKUP = (
    (re.compile(r"<[@#!/]?[^<>\n]{0,200}>"), " "),
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"[\[(]\s*c\d+(?:\s*[,;]\s*c\d+)*\s*[\])]"), " "),
    (re.compile(r"@(?=(?:channel|here|everyone|all)\b)", re.IGNORECASE), ""),
    (re.compile(r"(?<!\w)[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}(?!\w)"), ""),
    (re.compile(r"^\s*(?:[-•>#]+|\d{1,2}[.)])\s+"), ""),
)
_QUESTION_MARKS = ("?", "？", "؟", "\u037e")


def traced(claims: Iterable[Claim], reading: Reading, ids: Mapping[str, int], language: str) -> list[Point]:
    """The points that hold, each citing one to five contributions that exist.

    A point whose words or figures are not in the contributions it cites becomes the first one's own words instead.
    `ids` maps the ids of the request to numbers; `language` is the one that was asked for.
    """
    points: list[Point] = []
    said: set[str] = set()
    for claim in claims:
        point = _traced(claim, reading, ids, language)
        if point is not None and (key := plain(point.text).casefold()) not in said:
            said.add(key)
            points.append(point)
    return points


def _traced(claim: Claim, reading: Reading, ids: Mapping[str, int], language: str) -> Point | None:
    numbers = tuple(dict.fromkeys(ids[key] for key in claim.cites if key in ids))[:MOST_CITES]
    text = clean(claim.text)
    if not numbers or not text:
        return None
    sources = [reading.voices[number] for number in numbers]
    section = _section(claim, sources)
    if section is None:
        return None
    written_in = language_of(text) or language
    spoken = [reading.languages[number] for number in numbers]
    if invents(text, sources) or not _is_supported(text, sources, written_in, spoken):
        return in_their_words(reading, section, sources[0], quote(sources[0].text, _LINE))
    return Point(section, text, numbers, language=written_in)


def _section(claim: Claim, sources: Sequence[Voice]) -> Section | None:
    """Where the point belongs: only what somebody asked is a question, and nobody disagrees alone."""
    section = Section(claim.section)
    if section == Section.OPEN_QUESTIONS:
        asks = any(voice.kind == "question" or any(mark in voice.text for mark in _QUESTION_MARKS) for voice in sources)
        return section if asks else None
    if section == Section.DISAGREEMENTS and len({voice.author for voice in sources}) < 2:
        return Section.MAIN_POINTS
    return section


def clean(text: str) -> str:
    """The text without formatting, mentions, ids and line breaks, cut to the length of a line."""
    text = "".join(sign if sign.isprintable() else " " for sign in text[: 10 * LONGEST_TEXT])
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    text = re.sub(r"\s+([.,;!?])", r"\1", " ".join(text.split()))
    return clip(text, _LINE, LONGEST_TEXT)


def invents(text: str, sources: Sequence[Voice]) -> bool:
    """Whether a number, an address or a name with @ is in the text and not in the sources."""
    said = [part for voice in sources for part in (voice.text, *voice.links)]
    return not _hard(text) <= _hard(" \n ".join(said))


def _hard(text: str) -> set[str]:
    """The parts of a text that must be literally true; 1,000 and 1000 and 1 000 are the same."""
    found = set()
    for match in _HARD.finditer(text):
        hard = match.group().rstrip(".,;:!?)").casefold()
        found.add(re.sub(r"[^\d]", "", hard) if match.lastgroup == "number" else hard)
    return found


def _is_supported(text: str, sources: Sequence[Voice], written_in: str, spoken: Sequence[str]) -> bool:
    foreign = [language for language in spoken if language and language != written_in]
    if len(foreign) == len(spoken):
        return True  # two languages share too few words to tell; figures and addresses were looked up all the same
    own = set(content_words(text))
    theirs = {word for voice in sources for word in content_words(voice.text)}
    share = len(own & theirs) / len(own) if own else 0.0
    return share >= (SUPPORTED_IN_PART if foreign else SUPPORTED)
