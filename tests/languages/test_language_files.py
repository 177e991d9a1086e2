"""One file a language: complete, in the same parts, in a notation that means what it says."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from cop_bot import languages
from cop_bot.domain.contribution import Kind
from cop_bot.languages import every, pattern, spoken
from cop_bot.languages.talk import is_talk
from cop_bot.summariser.words.languages import language_of
from cop_bot.summariser.words.negation import denies
from cop_bot.summariser.words.proposals import proposes
from cop_bot.summariser.words.stance import PLAINLY, objection
from cop_bot.texts.commands import COMMANDS
from cop_bot.texts.words import Typed, parse

SWAHILI = (Path(__file__).parents[1] / "summariser" / "swahili.txt").read_text(encoding="utf-8").splitlines()
HELD_OUT = [sentence for at, sentence in enumerate(SWAHILI) if at % 4 == 3]
"""The runs of three letters were counted in the other three quarters."""


def content(code: str) -> dict[str, Any]:
    return tomllib.loads((files(languages.__name__) / f"{code}.toml").read_text(encoding="utf-8"))


def parts(value: Any, path: str = "") -> set[str]:
    """The names of all parts, one within the other."""
    if not isinstance(value, dict):
        return {path}
    return {name for key, inner in value.items() for name in parts(inner, f"{path}/{key}")}


def phrases(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [phrase for inner in value.values() for phrase in phrases(inner)] if isinstance(value, dict) else []


@pytest.mark.parametrize("code", list(every()))
def test_every_file_has_every_part(code: str) -> None:
    assert parts(content(code)) == parts(content("en"))
    assert set(every()[code].kinds) == {kind.value for kind in Kind}
    assert set(every()[code].aliases) <= {command.path for command in COMMANDS}


@pytest.mark.parametrize("code", list(every()))
def test_every_phrase_is_a_pattern_in_small_letters(code: str) -> None:
    for phrase in phrases(content(code)):
        compiled = re.compile(pattern([phrase]))
        assert compiled.groups == 0, phrase
        assert phrase == phrase.lower(), phrase


@pytest.mark.parametrize("code", [code for code in spoken() if code != "en"])
def test_what_the_bot_speaks_has_a_word_for_each_kind_and_for_yes(code: str) -> None:
    language = every()[code]
    assert all(language.kinds.values())
    assert language.yes
    assert language.withdraw
    assert language.findings


def test_the_notation_means_what_the_files_say_of_it() -> None:
    cases = {
        "disagree*": (["disagree", "disagreed"], ["agree"]),
        "verliez**": (["verliezen"], ["verliez"]),
        "i ~ doubt": (["i doubt", "i really doubt"], ["i do really doubt"]),
        "ik ~2 voor": (["ik voor", "ik stel dat voor"], ["ik stel dat graag voor"]),
        "(am|are) not": (["am not", "are not"], ["is not"]),
        "obrigad[oa]": (["obrigado", "obrigada"], ["obrigade"]),
        "chers?": (["cher", "chers"], ["che"]),
    }
    for phrase, (fits, misses) in cases.items():
        compiled = re.compile(pattern([phrase]))
        assert all(compiled.fullmatch(text) for text in fits), phrase
        assert not any(compiled.fullmatch(text) for text in misses), phrase


def test_two_hundred_sentences_of_swahili_were_written_and_each_once() -> None:
    assert len(set(SWAHILI)) == len(SWAHILI) == 200


def test_swahili_is_recognised_in_sentences_that_nothing_was_counted_in() -> None:
    assert len(HELD_OUT) == 50
    known = sum(language_of(sentence) == "sw" for sentence in HELD_OUT)
    in_few = sum(language_of(" ".join(sentence.split()[:6])) == "sw" for sentence in HELD_OUT)
    assert known >= 49
    assert in_few >= 48


def test_swahili_is_understood_as_the_other_languages_are() -> None:
    assert objection("Hatukubaliani na mpango huu kwa sababu haujali wakulima.", "sw") >= PLAINLY
    assert objection("Mafunzo ya mwaka jana yalisaidia sana vikundi vya wanawake.", "sw") == 0
    assert proposes("Tunapendekeza kuwa na mkutano wa wabia kila mwezi.")
    assert proposes("Tungeweza kuunda mfuko wa pamoja wa dharura.")
    assert not proposes("Fedha zilichelewa kwa miezi mitatu mwaka huu.")
    assert denies("Hakuna suluhisho moja linalofaa kila mahali.", "sw")
    assert not denies("Wabia wa Kusini wanapaswa kuongoza mikutano ya bajeti.", "sw")


@pytest.mark.parametrize(
    ("typed", "path"), [("msaada", "help"), ("wazo Tuanze na kikundi kidogo", "idea"), ("muhtasari", "summary")]
)
def test_swahili_words_choose_commands(typed: str, path: str) -> None:
    understood = parse(typed)
    assert isinstance(understood, Typed)
    assert understood.command.path == path


INTAKE = Path(__file__).parents[2] / "benchmarks" / "intake"


def lines(name: str) -> list[str]:
    return (INTAKE / name).read_text(encoding="utf-8").splitlines()


def test_few_contributions_in_the_words_of_talk_are_taken_for_it() -> None:
    """They were written to be mistaken: they thank, greet, name meetings and links, and say something."""
    near = lines("near_talk.txt")
    lost = [line for line in near if is_talk(line)]
    assert len(near) == 130
    assert lost == ["No", "Share the recording with those who could not attend", "Sem luz não há reunião à noite"]


def test_most_talk_is_recognised_in_all_languages() -> None:
    talk = lines("second_look.txt")
    assert len(talk) > 250
    assert sum(map(is_talk, talk)) >= 0.97 * len(talk)
