"""The catalogues say everything that members read, and say it with the same fields."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from cop_bot import texts
from cop_bot.domain.contribution import Kind
from cop_bot.texts.extract import TEMPLATE, sentences, template, written
from cop_bot.texts.languages import speak, translated
from cop_bot.texts.words import prefixes

ROOM = Path(texts.__file__).parent
WORD_OF = {Kind.IDEA: "idea", Kind.QUESTION: "question", Kind.RESOURCE: "resource", Kind.LESSON: "lesson"}
LABELS = ["Pause for 2 weeks", "Stop reminders", "Yes", "Cancel", "Contribute", "Send"]


def catalogue(language: str) -> Catalog:
    with (ROOM / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def test_the_template_is_what_the_code_says() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == written(template())


@pytest.mark.parametrize("language", translated())
def test_no_sentence_is_missing_and_none_is_left_over(language: str) -> None:
    translated = {message.id for message in catalogue(language) if message.id}
    said = {sentence if isinstance(sentence, str) else tuple(sentence) for _, sentence in sentences()}
    assert translated == said


@pytest.mark.parametrize("language", translated())
def test_every_sentence_is_translated_for_certain(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            assert all(forms(message.string)), message.id
            assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", translated())
def test_a_translation_has_the_fields_of_its_sentence(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            wanted = set().union(*(fields(form) for form in forms(message.id)))
            assert all(fields(form) == wanted for form in forms(message.string)), message.id


@pytest.mark.parametrize("language", translated())
def test_a_catalogue_says_that_no_native_speaker_has_read_it(language: str) -> None:
    headers = dict(catalogue(language).mime_headers)
    assert headers["Language"].replace("_", "-").startswith(language)
    assert "X-Review: unreviewed" in (ROOM / "locale" / f"{language}.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", *translated()])
@pytest.mark.parametrize("kind", WORD_OF)
def test_the_opening_names_only_prefixes_that_are_understood(language: str, kind: Kind) -> None:
    assert prefixes()[speak(language)(WORD_OF[kind]).casefold()] is kind


@pytest.mark.parametrize("language", translated())
@pytest.mark.parametrize("label", LABELS)
def test_a_label_fits_on_a_button(language: str, label: str) -> None:
    assert len(speak(language)(label)) <= 75


def test_french_counts_nothing_in_the_singular() -> None:
    assert speak("fr").plural("{count} day", "{count} days", 0) == "0 jour"
    assert speak("nl").plural("{count} day", "{count} days", 0) == "0 dagen"


@pytest.mark.parametrize(("asked", "spoken"), [("nl-BE", "nl-BE"), ("en-GB", "en-GB"), ("zu", "en"), ("", "en")])
def test_a_language_that_is_not_spoken_here_is_answered_in_english(asked: str, spoken: str) -> None:
    assert speak(asked).language == spoken
