"""Of fifty true and fifty false lines in five languages: a careful reader's true ones are shown, and a reader that says
yes to everything gets few of the false ones through.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from said import session, voice

from cop_bot.domain.brief import Point, Section
from cop_bot.summariser.reading.reading import Reading, read
from cop_bot.summariser.words.quotes import sentences
from cop_bot.summariser.writing.checks import check
from cop_bot.summariser.writing.proof import proved

LINES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "lines.toml").read_text("utf-8"))
SAID = tuple(voice(number, text) for number, text in enumerate(LINES["contributions"], start=1))
MOST_FALSE, MOST_REFUSED = 4, 2


@cache
def reading_in(language: str) -> Reading:
    return read(session(*SAID, language=language))


def holds(line: tuple[str, str, int], *quotes: str) -> bool:
    language, text, number = line
    found = check(Point(Section.MAIN_POINTS, text, (number,)), reading_in(language), language)
    return found is not None and not found.faults and proved(found.point, quotes, reading_in(language)) is not None


def test_there_are_fifty_of_each_in_five_languages() -> None:
    for kind in ("true", "false"):
        assert len(LINES[kind]) == 50
        assert {language for language, *_ in LINES[kind]} == {"en", "nl", "fr", "pt", "es"}


def test_true_lines_are_shown_when_a_careful_reader_quotes_their_source() -> None:
    refused = [line for line in LINES["true"] if not holds(line, SAID[line[2] - 1].text)]
    assert len(refused) <= MOST_REFUSED, refused


def test_few_false_lines_pass_a_reader_that_says_yes_to_everything() -> None:
    """It shows the nearest sentence; any sentence of the source may be that."""
    passed = [line for line in LINES["false"] if any(holds(line, one) for one in sentences(SAID[line[2] - 1].text))]
    assert len(passed) <= MOST_FALSE, passed


@pytest.mark.parametrize("kind", ["true", "false"])
def test_no_line_is_shown_to_a_reader_that_shows_nothing(kind: str) -> None:
    assert not any(holds(line) for line in LINES[kind])
