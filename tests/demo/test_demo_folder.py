"""Where the demo writes, and what it leaves alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cop_bot.demo.keeping import fresh_database
from cop_bot.domain.errors import OperatorMistake


def test_the_database_of_an_earlier_demo_is_replaced(tmp_path: Path) -> None:
    with closing(sqlite3.connect(fresh_database(tmp_path))) as earlier, earlier:
        earlier.execute("CREATE TABLE earlier (id)")
    with closing(sqlite3.connect(fresh_database(tmp_path))) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_database_that_the_demo_did_not_make_is_left_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "cop.db")) as somebodys, somebodys:
        somebodys.execute("CREATE TABLE programme (id)")
    before = (tmp_path / "cop.db").read_bytes()
    with pytest.raises(OperatorMistake, match="was not made by the demo"):
        fresh_database(tmp_path)
    assert (tmp_path / "cop.db").read_bytes() == before


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "cop.db").write_text("my notes")
    with pytest.raises(OperatorMistake, match="--out"):
        fresh_database(tmp_path)
    assert (tmp_path / "cop.db").read_text() == "my notes"


def test_a_folder_that_is_a_file_is_a_clear_mistake(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OperatorMistake, match="--out"):
        fresh_database(tmp_path / "out")


def test_the_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    assert fresh_database(tmp_path / "a" / "b") == tmp_path / "a" / "b" / "cop.db"
