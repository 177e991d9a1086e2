"""The answers of a model on a file: what was paid for survives, and is nobody else's."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cop_bot.cli.summarise.answers_file import KEPT_FOR, FileAnswers, usual_file
from cop_bot.domain.errors import OperatorMistake
from cop_bot.ports import Spent

NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def answers(file: Path | None, now: datetime = NOW) -> FileAnswers:
    return FileAnswers(file, lambda: now)


async def keep(file: Path, key: str = "k", now: datetime = NOW) -> None:
    one = answers(file, now)
    await one.keep(key, "the answer", subject="file/a", numbers=[1, 2])
    one.close()


async def recalled(file: Path, key: str = "k", now: datetime = NOW) -> str | None:
    one = answers(file, now)
    try:
        return await one.recall(key)
    finally:
        one.close()


async def test_an_answer_is_there_for_the_next_run(tmp_path: Path) -> None:
    file = tmp_path / "some" / "folders" / "answers.db"
    await keep(file)
    assert await recalled(file) == "the answer"
    assert await recalled(file, "another") is None


async def test_two_runs_may_keep_at_once_and_twice_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "answers.db"
    one, other = answers(file), answers(file)
    await one.keep("k", "first", subject="file/a", numbers=[])
    await other.keep("k", "second", subject="file/a", numbers=[])
    await other.keep("l", "third", subject="file/a", numbers=[])
    assert [await one.recall("k"), await one.recall("l")] == ["first", "third"]
    one.close()
    other.close()


async def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    file = tmp_path / "made" / "answers.db"
    await keep(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_what_nobody_asked_for_in_a_month_is_erased_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "answers.db"
    await keep(file)
    assert await recalled(file, now=NOW + KEPT_FOR - timedelta(hours=1)) == "the answer"
    assert await recalled(file, now=NOW + 2 * KEPT_FOR - timedelta(hours=2)) == "the answer"
    assert await recalled(file, now=NOW + 4 * KEPT_FOR) is None
    assert b"the answer" not in file.read_bytes()


async def test_what_was_spent_is_counted_by_subject_and_by_day(tmp_path: Path) -> None:
    file = tmp_path / "answers.db"
    today = answers(file)
    await today.spend("file/a", 100, 20)
    await today.spend("file/b", 7, 1)
    assert (today.calls, today.tokens) == (2, 128)
    today.close()
    tomorrow = answers(file, NOW + timedelta(hours=2))
    await tomorrow.spend("file/a", 3, 2)
    assert await tomorrow.spent("file/a") == Spent(subject=125, today=5)
    tomorrow.close()


async def test_without_a_file_answers_last_as_long_as_the_run() -> None:
    one = answers(None)
    await one.keep("k", "the answer", subject="file/a", numbers=[])
    assert await one.recall("k") == "the answer"
    one.close()


async def test_looking_for_an_answer_makes_no_file(tmp_path: Path) -> None:
    one = answers(tmp_path / "made")
    assert (await one.recall("k"), await one.spent("file/a")) == (None, Spent())
    one.close()
    assert not one.file or not one.file.exists()


async def test_a_file_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    file.write_text("a diary, and not ours")
    with pytest.raises(OperatorMistake, match="left as it is"):
        await recalled(file)
    assert file.read_text() == "a diary, and not ours"


async def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    theirs = sqlite3.connect(file)
    theirs.execute("CREATE TABLE diary (day TEXT)")
    theirs.close()
    with pytest.raises(OperatorMistake, match="left as it is"):
        await recalled(file)


async def test_a_file_that_was_cut_off_is_said_and_how_to_go_on(tmp_path: Path) -> None:
    file = tmp_path / "answers.db"
    await keep(file)
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(OperatorMistake, match=r"can't be used: .* Erase the file"):
        await recalled(file)


def test_it_lies_where_caches_belong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert usual_file() == tmp_path / ".cache" / "cop-bot" / "answers.db"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "mine"))
    assert usual_file() == tmp_path / "mine" / "cop-bot" / "answers.db"
    monkeypatch.setattr("sys.platform", "darwin")
    assert usual_file() == tmp_path / "Library" / "Caches" / "cop-bot" / "answers.db"


async def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "answers.db"
    file.touch(mode=0o644)
    file.chmod(0o644)
    await keep(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_somebody_elses_file_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "answers.db"
    file.touch()
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    with pytest.raises(OperatorMistake, match="somebody else's"):
        await keep(file)
    assert file.read_bytes() == b""
