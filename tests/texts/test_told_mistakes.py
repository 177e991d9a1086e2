"""A mistake is told in a sentence of its own, in every language, whatever Python was told to leave out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from string import Formatter

import pytest

from cop_bot.domain import mistakes
from cop_bot.domain.message import Command, Paragraph
from cop_bot.domain.mistakes import MemberMistake, NextWouldBeOpen, NoSuchSession
from cop_bot.rendering.text import as_text
from cop_bot.texts.languages import translated
from cop_bot.texts.mistakes import SENTENCES, told


def every() -> Iterator[type[MemberMistake]]:
    waiting = [MemberMistake]
    while waiting:
        more = waiting.pop().__subclasses__()
        waiting += more
        yield from more


def test_each_mistake_has_its_sentence() -> None:
    assert set(every()) == set(SENTENCES)
    assert {kind.__module__ for kind in every()} == {mistakes.__name__}


@pytest.mark.parametrize("language", ["en", *translated()])
def test_what_can_be_typed_is_a_command_and_no_text(language: str) -> None:
    for kind, sentence in SENTENCES.items():
        fields = {field for _, field, _, _ in Formatter().parse(sentence.text) if field}
        assert ("command" in fields) == bool(sentence.command), kind
    (paragraph,) = told(NextWouldBeOpen(days=7), language=language).blocks
    assert isinstance(paragraph, Paragraph)
    assert Command("programme shift 7d") in paragraph.spans


def test_without_docstrings_the_sentence_is_the_same() -> None:
    code = (
        "from cop_bot.domain.mistakes import NoSuchSession\nfrom cop_bot.texts.mistakes import told\n"
        "from cop_bot.rendering.text import as_text\nprint(as_text(told(NoSuchSession(), language='nl')))"
    )
    done = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == as_text(told(NoSuchSession(), language="nl"))
    assert "sessie" in done.stdout
