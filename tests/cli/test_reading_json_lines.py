"""Statements from JSON Lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from cop_bot.cli.summarise.columns import Columns
from cop_bot.cli.summarise.reading import read_statements
from cop_bot.cli.summarise.statement import Pile
from cop_bot.domain.errors import OperatorMistake


def pile(folder: Path, content: str, columns: Columns | None = None) -> Pile:
    file = folder / "pile.jsonl"
    file.write_text(content, encoding="utf-8")
    return read_statements(str(file), columns or Columns())


def mistake(folder: Path, content: str, columns: Columns | None = None) -> str:
    with pytest.raises(OperatorMistake) as caught:
        pile(folder, content, columns)
    return str(caught.value).replace(f"{folder}/", "")


def test_each_line_is_a_statement_and_blank_lines_are_none(tmp_path: Path) -> None:
    found = pile(tmp_path, '{"text": "Uma ideia\\nem duas linhas", "id": 7}\r\n\n{"id": "b", "text": "\u2028Två"}\n')
    assert [(s.number, s.row, s.line, s.id, s.text) for s in found.statements] == [
        (1, 1, 1, "7", "Uma ideia\nem duas linhas"),
        (2, 2, 3, "b", "Två"),
    ]


def test_what_a_line_leaves_out_is_empty(tmp_path: Path) -> None:
    found = pile(tmp_path, '{"text": "One"}\n{"comment_id": 3, "text": null}\n{"other": 1}\n')
    assert [(s.id, s.text) for s in found.statements] == [(None, "One"), ("3", ""), (None, "")]


def test_lines_that_are_no_objects_are_named(tmp_path: Path) -> None:
    said = mistake(
        tmp_path, '{"text": "One"}\n{"text": "Two"\n["Three"]\n{"text": ' + "9" * 5000 + "}\n" + "[" * 100_000
    )
    first, *others = said.splitlines()
    assert first.startswith("pile.jsonl, line 2: is not JSON (Expecting ',' delimiter, column 1")
    assert others == [
        'pile.jsonl, line 3: is no object; each line looks like {"text": "…"}.',
        "pile.jsonl, line 4: is JSON that nobody can read.",
        "pile.jsonl, line 5: is JSON that nobody can read.",
    ]


def test_a_text_that_is_a_list_is_named_with_its_row(tmp_path: Path) -> None:
    assert mistake(tmp_path, '{"text": "One"}\n\n{"text": ["Two"]}\n') == (
        "pile.jsonl, row 2 (line 3): “text” is no text but a list."
    )


def test_one_list_for_all_is_read_as_lines_are(tmp_path: Path) -> None:
    found = pile(tmp_path, '[{"text": "One"}, {"text": "Two"}]')
    assert [one.text for one in found.statements] == ["One", "Two"]
    assert "value 2 of the list: is no object" in mistake(tmp_path, '[{"text": "One"}, "Two"]')


def test_half_a_character_harms_nobody(tmp_path: Path) -> None:
    assert [s.text for s in pile(tmp_path, '{"text": "half \\ud83d of it\\u0000"}').statements] == ["half  of it"]


def test_our_own_export_is_read_without_any_option(tmp_path: Path) -> None:
    line = (
        '{"number": 12, "kind": "question", "text": "Who decides", "message": "1606.1", '
        '"posted_at": "2020-11-23T08:00:00+00:00", "member": "U1"}'
    )
    (found,) = pile(tmp_path, line).statements
    assert (found.text, found.kind.value, found.at.year) == ("Who decides", "question", 2020)
