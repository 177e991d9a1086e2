"""Statements from CSV: everything in it is read, or it is said where it can't be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_bot.cli.summarise.columns import Columns
from cop_bot.cli.summarise.csv_rows import LONGEST_CELL, csv_table
from cop_bot.cli.summarise.reading import read_statements
from cop_bot.cli.summarise.statement import Pile
from cop_bot.domain.errors import OperatorMistake


def pile(folder: Path, content: str | bytes, columns: Columns | None = None, encoding: str | None = None) -> Pile:
    file = folder / "pile.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_statements(str(file), columns or Columns(), encoding)


def texts(found: Pile) -> list[str]:
    return [statement.text for statement in found.statements]


def mistake(folder: Path, content: str | bytes, columns: Columns | None = None, encoding: str | None = None) -> str:
    with pytest.raises(OperatorMistake) as caught:
        pile(folder, content, columns, encoding)
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "text"], ["7", "One, two; three"], ["8", "Four"]]
    content = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = pile(tmp_path, content)
    assert [(s.number, s.id, s.text) for s in found.statements] == [(1, "7", "One, two; three"), (2, "8", "Four")]


def test_the_line_in_which_a_spreadsheet_names_its_delimiter_is_no_header(tmp_path: Path) -> None:
    found = pile(tmp_path, "sep=;\r\ntext;id\r\nOne;a\r\n")
    assert [(s.text, s.id, s.line) for s in found.statements] == [("One", "a", 3)]


def test_a_comma_divides_nothing_where_there_is_one_column(tmp_path: Path) -> None:
    assert texts(pile(tmp_path, 'text\nFirst, second; third\n"Quoted, too"\n')) == [
        "First, second; third",
        "Quoted, too",
    ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16", b""), ("utf-16-le", b""), ("utf-16-be", b""),
     ("utf-16-be", b"\xfe\xff"), ("utf-32", b"")],
)  # fmt: skip
def test_unicode_is_read_with_its_mark_and_without(tmp_path: Path, encoding: str, mark: bytes) -> None:
    assert texts(pile(tmp_path, mark + "text,id\nØkonomi på é – ação,1\n".encode(encoding))) == ["Økonomi på é – ação"]


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    content = "text\nUne idée à 5 €\n".encode("cp1252")
    assert texts(pile(tmp_path, content, encoding="cp1252")) == ["Une idée à 5 €"]
    assert mistake(tmp_path, content, encoding="nonsense").startswith("--encoding nonsense: no encoding has this name")


def test_another_encoding_is_recognised_with_a_remark(tmp_path: Path) -> None:
    found = pile(tmp_path, "text\nfine\nUne idée à 5 €\n".encode("cp1252"))
    assert texts(found) == ["fine", "Une idée à 5 €"]
    assert "pile.csv is not in UTF-8: byte 17 (line 3) is 0xE9. It is read as CP1252" in found.remarks[0]


def test_where_the_named_encoding_is_wrong_is_said(tmp_path: Path) -> None:
    said = mistake(tmp_path, "text\nfine\nUne idée\n".encode("latin-1"), encoding="utf-8")
    assert said.startswith("pile.csv is not in UTF-8: byte 17 (line 3) is 0xE9.")
    assert "--encoding cp1252" in said


def test_a_zip_that_is_broken_is_one_sentence(tmp_path: Path) -> None:
    assert "can't be unpacked" in mistake(tmp_path, b"PK\x03\x04 and so on")


def test_a_cell_may_have_several_lines_and_rows_know_where_they_begin(tmp_path: Path) -> None:
    found = pile(tmp_path, 'id,text\r\n1,"First line\r\nsecond ""line"""\r\n\r\n2,After\r\n')
    assert [(s.row, s.line, s.text) for s in found.statements] == [
        (1, 2, 'First line\r\nsecond "line"'),
        (2, 5, "After"),
    ]


def test_ragged_rows_are_named_with_their_lines_and_no_more_than_five(tmp_path: Path) -> None:
    said = mistake(tmp_path, 'id,text\n1,"two\nlines"\n2\n3,a,b\n' + "4\n" * 9).splitlines()
    assert said[:2] == [
        "pile.csv, row 2 (line 4): has 1 cell, the header has 2.",
        "pile.csv, row 3 (line 5): has 3 cells, the header has 2.",
    ]
    assert len(said) == 6
    assert said[-1] == "… and 6 more."


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    said = mistake(tmp_path, 'id,text\n1,fine\n2,"never closed\n3,lost?\n')
    assert said == "pile.csv, line 3: a quotation mark opens here that is never closed."


def test_a_quotation_mark_in_the_middle_of_a_quoted_cell_is_said(tmp_path: Path) -> None:
    assert mistake(tmp_path, 'id,text\n1,"a "b" c"\n').startswith("pile.csv, line 2: a quotation mark inside")


def test_a_large_cell_is_read_and_a_cell_beyond_belief_is_not(tmp_path: Path) -> None:
    assert len(texts(pile(tmp_path, f"text,id\n{'word ' * 100_000},1\n"))[0]) == 499_999
    assert "longer than 1,000,000 characters" in mistake(tmp_path, f"text,id\n{'x' * (LONGEST_CELL + 1)},1\n")


def test_zero_bytes_are_left_out_as_in_chat(tmp_path: Path) -> None:
    assert texts(pile(tmp_path, "text,id\nOne\0 word,1\n")) == ["One word"]


def test_rows_without_words_keep_their_number(tmp_path: Path) -> None:
    found = pile(tmp_path, "text,id\n,1\n   ,2\nwords,3\n")
    assert [(s.number, s.text) for s in found.statements] == [(1, ""), (2, ""), (3, "words")]


def test_in_a_single_column_a_blank_line_is_an_empty_row_until_the_last(tmp_path: Path) -> None:
    assert texts(pile(tmp_path, "text\none\n\ntwo\n\n\n")) == ["one", "", "two"]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_says_so(tmp_path: Path, content: str) -> None:
    assert mistake(tmp_path, content) == "pile.csv is empty: there is nothing to summarise."


def test_a_header_without_rows_says_so(tmp_path: Path) -> None:
    assert mistake(tmp_path, "text,id\n") == "pile.csv has no rows: there is nothing to summarise."


def test_where_no_column_is_surely_the_text_all_are_listed_whatever_else_is_wrong(tmp_path: Path) -> None:
    said = mistake(tmp_path, "A first sentence, with a comma.\nA second one.\n")
    assert said.startswith(
        "pile.csv has no column that is surely the text. Its columns are: “A first sentence”, “with a comma.”."
    )


def test_between_two_columns_of_text_a_person_decides(tmp_path: Path) -> None:
    content = "comment,answer\nOne,Two\n"
    assert mistake(tmp_path, content) == (
        "pile.csv: which column holds the text, “comment”, “answer”? Say --text-column NAME."
    )
    assert texts(pile(tmp_path, content, Columns(text="Answer"))) == ["Two"]


def test_a_column_that_is_not_there_or_is_there_twice_is_refused(tmp_path: Path) -> None:
    content = "text,a,a\nOne,1,2\n"
    assert mistake(tmp_path, content, Columns(id="b")) == (
        "--id-column: pile.csv has no column “b”. Its columns are: “text”, “a”, “a”."
    )
    assert "more than one column “a”" in mistake(tmp_path, content, Columns(id="a"))


def test_two_rows_with_one_id_are_both_named_where_the_column_was(tmp_path: Path) -> None:
    said = mistake(tmp_path, "id,text\n7,One\n8,Two\n 7 ,Three\n", Columns(id="id"))
    assert said == "pile.csv, row 3 (line 4): has the same id as row 1 (line 2): “7”."


def test_a_guessed_id_that_repeats_is_passed_over_with_a_remark_and_none_can_be_said(tmp_path: Path) -> None:
    content = "id,text\n7,One\n7,Two\n"
    found = pile(tmp_path, content)
    assert [one.id for one in found.statements] == [None, None]
    assert any("“id” says the same of several rows" in remark for remark in found.remarks)
    assert [one.id for one in pile(tmp_path, "id,text\n7,One\n", Columns(id="none")).statements] == [None]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020-11-23T09:00:00+01:00", datetime(2020, 11, 23, 8, tzinfo=UTC)),
        ("2020-11-23T08:00Z", datetime(2020, 11, 23, 8, tzinfo=UTC)),
        ("2020-11-23 08:00", datetime(2020, 11, 23, 8, tzinfo=UTC)),
        ("2020-11-23", datetime(2020, 11, 23, tzinfo=UTC)),
        ("20201123", datetime(2020, 11, 23, tzinfo=UTC)),
        ("1606118400", datetime(2020, 11, 23, 8, tzinfo=UTC)),
        ("1606118400.5", datetime(2020, 11, 23, 8, 0, 0, 500_000, tzinfo=UTC)),
        ("1606118400000", datetime(2020, 11, 23, 8, tzinfo=UTC)),
    ],
)
def test_times_are_read_and_without_a_zone_they_are_utc(tmp_path: Path, written: str, meant: datetime) -> None:
    found = pile(tmp_path, f"text;when\nOne;{written}\n", Columns(time="when"))
    assert [s.at for s in found.statements] == [meant]


@pytest.mark.parametrize(
    "written", ["Tue Feb 13 12:58:16 WIB 2018", "2020-02-30", "2020", "9" * 400, "0001-01-01T00:00+14:00"]
)
def test_a_time_that_is_none_is_a_mistake_where_the_column_was_named_and_a_remark_where_it_was_guessed(
    tmp_path: Path, written: str
) -> None:
    content = f"text,date\nOne,{written}\n"
    assert "row 1 (line 2): “" in mistake(tmp_path, content, Columns(time="date"))
    (remark,) = pile(tmp_path, content).remarks[1:]
    assert remark.startswith("The times in “date” (row 1 (line 2): “")
    assert remark.endswith("”) can't be read; the order of the rows is taken.")


def test_of_two_guesses_the_one_that_can_be_read_is_taken(tmp_path: Path) -> None:
    found = pile(tmp_path, "timestamp,date,text\nyesterday,2020-11-23,One\n,,Two\n")
    assert [s.at for s in found.statements] == [datetime(2020, 11, 23, tzinfo=UTC)] * 2


def test_kinds_follow_the_rules_of_the_chat(tmp_path: Path) -> None:
    rows = [
        "We could share the risk.",
        "Who decides?",
        "وصلنا؟",
        "See https://example.org/a for more.",
        "vraag: wie beslist",
    ]
    content = "\n".join(["text", *rows])
    assert [(s.kind.value, s.text, s.links) for s in pile(tmp_path, content).statements] == [
        ("idea", "We could share the risk.", ()),
        ("question", "Who decides?", ()),
        ("question", "وصلنا؟", ()),
        ("resource", "See https://example.org/a for more.", ("https://example.org/a",)),
        ("question", "wie beslist", ()),
    ]


def test_a_column_of_kinds_goes_before_the_rules_and_may_be_in_our_languages(tmp_path: Path) -> None:
    content = "text,kind\nOne,Question\nTwo?,idé\nThree?,\n"
    assert [s.kind.value for s in pile(tmp_path, content).statements] == ["question", "idea", "question"]


def test_kinds_that_are_none_are_a_mistake_where_the_column_was_named_and_a_remark_where_it_was_guessed(
    tmp_path: Path,
) -> None:
    content = "text,kind\nOne,positive\n"
    assert mistake(tmp_path, content, Columns(kind="kind")) == (
        "pile.csv, row 1 (line 2): “positive” is no kind; there are idea, resource, question, feedback, lesson, talk."
    )
    found = pile(tmp_path, content)
    assert [s.kind.value for s in found.statements] == ["idea"]
    assert found.remarks[-1] == "“kind” holds no kinds of ours; they are told by rule."


def test_equal_authors_are_one_person_and_unknown_ones_each_another_and_nobody_is_named(tmp_path: Path) -> None:
    found = pile(tmp_path, "text,author\nOne,Ana\nTwo,Ben\nThree,Ana\nFour,\nFive,\n")
    assert [s.author for s in found.statements] == ["m1", "m2", "m1", "m3", "m4"]
    assert found.has_authors
    assert not pile(tmp_path, "text,author\nOne,\n").has_authors


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1), st.sampled_from(",;\t"))
def test_whatever_is_written_as_csv_comes_back(cells: list[str], delimiter: str) -> None:
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    text = f"text{delimiter}id\n" + "".join(f"{cell}{delimiter}{at}\n" for at, cell in enumerate(quoted))
    table = csv_table(text, "pile")
    assert [row.cells["text"] for row in table.rows] == cells
    table.mistakes.end()
