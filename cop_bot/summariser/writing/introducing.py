"""What stands above the points: the whole in two sentences, and a title for each theme. Both are looked up as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from pydantic import BaseModel, Field

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import IN_BRIEF, Brief, Point, Section, Topic
from cop_bot.domain.errors import SummariserFailed
from cop_bot.summariser.reading.crowd import tells_of_the_crowd
from cop_bot.summariser.reading.reading import Reading
from cop_bot.summariser.server.answer import MOST_CITES, Rows, Unusable, one_of, some_of, words
from cop_bot.summariser.server.fenced import json_line
from cop_bot.summariser.server.model_client import Conversation, ModelRequest, fenced, language_name
from cop_bot.summariser.words.languages import language_of, plain
from cop_bot.summariser.words.literals import invents
from cop_bot.summariser.words.negation import denies
from cop_bot.summariser.words.prompt_injection import looks_like_an_instruction
from cop_bot.summariser.writing.checks import bare_words, check, same_language, told
from cop_bot.summariser.writing.claims import one_line
from cop_bot.summariser.writing.cleaning import clean
from cop_bot.summariser.writing.redaction import has_mark, masked
from cop_bot.summariser.writing.verifying import verified

_OVERVIEW = "overview"
SENTENCES = 2
_FEWEST = 3
"""Points that need something above them; fewer are read as fast."""
_MOST_THEMES = 7
_SHOWN = 3
"""Contributions of a theme that are shown, the most central ones; what its points say stands besides."""
_BEGINNING = 160
"""Signs of each."""
_FROM = 4
_TITLE_WORDS = 6
_A_PART = 160
"""Tokens."""

log = structlog.get_logger()


class Part(BaseModel):
    """A sentence of the overview, or the title of a theme. `origins` are ids of points."""

    part: str
    text: str
    origins: list[str] = Field(validation_alias="from")


@dataclass(frozen=True, slots=True)
class Material:
    """What the model is shown: ids of points (p1) and of themes (t1) -> what they stand for."""

    points: dict[str, Point]
    themes: dict[str, int]

    @classmethod
    def of(cls, brief: Brief) -> Material:
        """The written points of a brief, and its largest themes."""
        written = [point for point in brief.points if point.section in IN_BRIEF and not point.quote]
        return cls(
            {f"p{at}": point for at, point in enumerate(written, start=1)},
            {f"t{at}": place for at, place in enumerate(_largest(brief)[:_MOST_THEMES], start=1)},
        )


def _largest(brief: Brief) -> list[int]:
    places = [at for at, topic in enumerate(brief.topics) if len(topic.numbers) > 1]
    return sorted(places, key=lambda at: -len(brief.topics[at].numbers))


def request(assignment: Assignment, brief: Brief, material: Material, reading: Reading) -> ModelRequest[Part]:
    """What to ask for above these points."""
    points = "\n".join(json_line(id=key, text=masked(point.text)) for key, point in material.points.items())
    themes = "\n".join(
        json_line(id=key, contributions=[_shown(reading, number) for number in _central(brief.topics[at], reading)])
        for key, at in material.themes.items()
    )
    fields: dict[str, Any] = {
        "part": one_of([_OVERVIEW, *material.themes]),
        "text": words(),
        "from": some_of(list(material.points), _FROM),
    }
    numbers = {number for point in material.points.values() for number in point.cites}
    numbers |= {number for at in material.themes.values() for number in _central(brief.topics[at], reading)}
    most = SENTENCES + len(material.themes)
    return ModelRequest(
        "overview",
        fenced(f"{points}\n{themes}")
        | {
            "theme": one_line(assignment.theme),
            "points": str(len(material.points)),
            "count": str(len(material.themes)),
            "language": language_name(assignment.language),
        },
        Rows("parts", Part, fields, most),
        frozenset(numbers),
        100 + most * _A_PART,
    )


def _central(topic: Topic, reading: Reading) -> list[int]:
    return [number for number in topic.numbers if number in reading.voices][:_SHOWN]


def _shown(reading: Reading, number: int) -> str:
    return masked(plain(reading.voices[number].text)[:_BEGINNING])


async def introduced(
    conversation: Conversation, brief: Brief, reading: Reading, assignment: Assignment, budget: int
) -> Brief:
    """The brief with an overview and titles, as far as they hold. Without an answer there are none: the points stand by
    themselves.
    """
    material = Material.of(brief)
    if len(material.points) < _FEWEST:
        return brief
    conversation.expect(1)
    try:
        parts = await conversation.ask(request(assignment, brief, material, reading))
        overview = await _overview(conversation, parts, material, reading, assignment.language, budget)
    except (SummariserFailed, Unusable) as failure:
        log.warning("no overview", why=str(failure) or "unusable answer")
        return brief
    titles = _titles(parts, brief, material, reading, assignment.language)
    topics = tuple(titles.get(at, topic) for at, topic in enumerate(brief.topics))
    return replace(brief, overview=tuple(overview), topics=topics)


async def _overview(
    conversation: Conversation, parts: Sequence[Part], material: Material, reading: Reading, language: str, budget: int
) -> list[Point]:
    """The sentences that a second reading found in the contributions behind the points they rest on."""
    sentences: list[Point] = []
    for part in parts:
        origins = [material.points[key] for key in dict.fromkeys(part.origins) if key in material.points]
        if part.part != _OVERVIEW or not origins or len(sentences) == SENTENCES:
            continue
        one = check(Point(Section.MAIN_POINTS, part.text, _cites(origins)), reading, language)
        if one and not one.faults:
            sentences.append(one.point)
    held = await verified(conversation, sentences, reading, budget)
    return [point for point in held if point]


def _cites(origins: Sequence[Point]) -> tuple[int, ...]:
    """The first of each point before any second one."""
    longest = max(len(point.cites) for point in origins)
    turns = (point.cites[at] for at in range(longest) for point in origins if at < len(point.cites))
    return tuple(dict.fromkeys(turns))[:MOST_CITES]


def _titles(
    parts: Sequence[Part], brief: Brief, material: Material, reading: Reading, language: str
) -> dict[int, Topic]:
    """place -> the topic with its title, for those whose words all stand in the topic, or in points about it."""
    found: dict[int, Topic] = {}
    taken: set[str] = set()
    for part in parts:
        at = material.themes.get(part.part)
        text = clean(part.text).rstrip(".")
        if at is None or at in found or text.casefold() in taken:
            continue
        topic = brief.topics[at]
        sources = _sources(topic, material, reading)
        if _is_title(text, language, [source for _, source in sources]):
            own = set(bare_words(text))
            named_in = tuple(number for number, source in sources if own & set(bare_words(source)))
            found[at] = replace(topic, label=text, named_in=tuple(dict.fromkeys(named_in)), titled=True)
            taken.add(text.casefold())
    return found


def _sources(topic: Topic, material: Material, reading: Reading) -> list[tuple[int, str]]:
    """The texts that a title may take its words from, each with the contribution it rests on."""
    own = [(number, reading.voices[number].text) for number in topic.numbers if number in reading.voices]
    points = [p for p in material.points.values() if set(p.cites) & set(topic.numbers)]
    return own + [(number, point.text) for point in points for number in point.cites if number in topic.numbers]


def _is_title(text: str, language: str, sources: Sequence[str]) -> bool:
    """Whether it names a matter in words that stand there, and claims nothing."""
    own = set(bare_words(text))
    there = {word for source in sources for word in bare_words(source)}
    return (
        bool(own)
        and own <= there
        and len(text.split()) <= _TITLE_WORDS
        and not has_mark(text)
        and not looks_like_an_instruction(text)
        and not denies(text, language)
        and not tells_of_the_crowd(text, language, ())
        and not invents(text, language, [(source, language) for source in sources])
        and (not told(language) or same_language(language_of(text) or language, language))
    )
