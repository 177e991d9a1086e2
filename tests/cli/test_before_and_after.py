"""What is asked before many calls, and how a result reaches a terminal or a pipe."""

from __future__ import annotations

import json

import pytest

from cop_bot.cli.summarise.asking import MANY_CALLS, estimated, must_be_wanted, must_be_within
from cop_bot.cli.summarise.result import Counts, Result, as_json
from cop_bot.cli.summarise.terminal import folded, progress_bar
from cop_bot.domain.brief import Receipt
from cop_bot.domain.errors import OperatorMistake
from cop_bot.ports import Estimate

FEW = Estimate(MANY_CALLS, 1000, 200)
MANY = Estimate(MANY_CALLS + 1, 1_234_567, 89_000)


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    for stream in ("stdin", "stderr", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: answer)


def test_few_calls_need_no_word_and_many_need_a_yes() -> None:
    must_be_wanted(FEW, yes=False)
    must_be_wanted(MANY, yes=True)
    with pytest.raises(OperatorMistake, match="more than 200 calls; say --yes"):
        must_be_wanted(MANY, yes=False)


@pytest.mark.parametrize("answer", [True, False])
def test_on_a_terminal_a_person_is_asked(monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    on_a_terminal(monkeypatch, answer)
    if answer:
        must_be_wanted(MANY, yes=False)
    else:
        with pytest.raises(OperatorMistake, match=r"^Nothing was sent\.$"):
            must_be_wanted(MANY, yes=False)


def test_figures_can_be_read_at_a_glance() -> None:
    assert estimated(MANY, "small-1", "model.example.org") == (
        "To be sent to small-1 at model.example.org: at most 201 calls, 1,234,567 tokens there and 89,000 back. "
        "What was answered before costs nothing."
    )
    with pytest.raises(OperatorMistake, match=r"1,323,567 tokens, and OPENAI_TOKENS_PER_SESSION allows 500,000\."):
        must_be_within(MANY, 500_000)
    must_be_within(MANY, 1_323_567)


def test_lines_are_folded_between_words_and_lists_are_indented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    text = "A heading\n\n10. “Donors should give core funding.” #1 #2\n• one\n"
    assert folded(text) == "A heading\n\n10. “Donors should give core\n    funding.” #1 #2\n• one\n"


def test_scripts_without_blanks_and_wide_signs_are_folded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    lines = folded("1. " + "私たちはもっと話し合うべきです" * 3).splitlines()
    assert len(lines) > 2
    assert "".join(line.strip() for line in lines) == "1. " + "私たちはもっと話し合うべきです" * 3


def test_there_is_no_bar_where_nobody_looks() -> None:
    with progress_bar() as progress:
        assert progress is None


def test_a_bar_takes_any_number_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, True)
    with progress_bar() as progress:
        assert progress is not None
        for done, steps in ((0, 0), (1, 3), (5, 4)):
            progress(done, steps)


def test_where_only_ascii_gets_through_json_loses_nothing() -> None:
    result = Result(1, "0", "-", "Ação", "pt", "offline", "–", {}, Counts(0, 0, 0), (), (), "", (), (), Receipt(()), ())
    assert as_json(result, ascii_only=True).isascii()
    assert json.loads(as_json(result, ascii_only=True)) == json.loads(as_json(result))
