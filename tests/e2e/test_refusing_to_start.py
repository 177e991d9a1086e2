"""What an operator has to mend before the bot starts: one clear sentence and exit status 2."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest
from e2e.faulty_slack import SECRET, free_port
from e2e.served import Served, serving
from e2e.waiting import until

NOBODY = "http://127.0.0.1:9/api/"


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """A bot whose Slack doesn't answer: it starts all the same."""
    settings = {
        "COP_DATABASE_URL": f"sqlite:///{tmp_path}/cop.db",
        "COP_PORT": str(free_port()),
        "SLACK_BOT_TOKEN": "xoxb-invented",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": NOBODY,
    }
    return Served(tmp_path, settings)


def _runs(served: Served) -> bool:
    return served.log_file.exists() and '"serving"' in served.log_file.read_text()


def _sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_second_bot_on_one_sqlite_file(served: Served) -> None:
    with serving(served):
        until(lambda: _runs(served), "the first bot", 30)
        assert "PostgreSQL" in _sentence(served.run("serve", COP_PORT=str(free_port())))


def test_a_rehearsal_in_a_database_of_real_use_and_the_other_way_round(served: Served) -> None:
    for first, second, word in (
        ((), ("--rehearse-from", "2020-11-16T00:00Z"), "real use"),
        (("--rehearse-from", "2020-11-16T00:00Z"), (), "rehearsal"),
    ):
        served.arguments = first
        with serving(served):
            until(lambda: _runs(served), "the first bot", 30)
            assert served.stop() == 0
        assert word in _sentence(served.run("serve", *second))
        (served.folder / "cop.db").unlink()
        served.log_file.unlink()


def test_a_database_newer_than_the_code(served: Served) -> None:
    with serving(served):
        until(lambda: _runs(served), "the first bot", 30)
        assert served.stop() == 0
    database = sqlite3.connect(served.folder / "cop.db")
    with database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert "newer" in _sentence(served.run("serve"))


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "OPENAI_API_KEY"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_secret_is_named(served: Served, name: str, blank: str) -> None:
    assert name in _sentence(served.run("serve", **{name: blank}))


def test_a_blank_file_for_a_secret_is_named_too(served: Served, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\n")
    without = {name: value for name, value in served.settings.items() if name != "SLACK_SIGNING_SECRET"}
    served.settings = without | {"SLACK_SIGNING_SECRET_FILE": str(tmp_path / "secret")}
    assert "SLACK_SIGNING_SECRET" in _sentence(served.run("serve"))


def test_no_platform_at_all(tmp_path: Path) -> None:
    sentence = _sentence(Served(tmp_path, {"COP_DATABASE_URL": f"sqlite:///{tmp_path}/cop.db"}).run("serve"))
    for word in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "cop demo"):
        assert word in sentence


def test_a_programme_file_that_is_wrong_or_missing(served: Served, tmp_path: Path) -> None:
    assert "nowhere.yaml" in _sentence(served.run("serve", COP_PROGRAMMES="nowhere.yaml"))
    (tmp_path / "wrong.yaml").write_text("cop: 1\nid: x\ntitle: X\nzone: CEST\n")
    done = served.run("serve", COP_PROGRAMMES="wrong.yaml")
    assert done.returncode == 2
    assert "wrong.yaml:4:" in done.stderr
