"""`cop summarise FILE` as somebody starts it: what is printed where, what is left behind, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from cop_bot.__main__ import app

ROWS = """comment-id,author-id,comment-body
17,4,Donors should give core funding for at least three years.
18,5,"Core funding for three years
lets a local organisation keep its staff."
19,4,
20,6,Who decides on the exchange rate?
"""

Run = Callable[..., "Done"]


@dataclass(frozen=True, slots=True)
class Done:
    """How the command ended, and what it printed where."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    file = tmp_path / "core-funding.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


@pytest.fixture
def cop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str]) -> Run:
    """Runs the command here, in a folder without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cop_bot.cli.summarise.command.set_up_logs", lambda _: None)

    def run(*arguments: str | Path, given: bytes = b"", **settings: str) -> Done:
        done = CliRunner().invoke(
            app, ["summarise", *map(str, arguments)], input=given, env=surroundings | settings, catch_exceptions=False
        )
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def started(tmp_path: Path, surroundings: dict[str, str]) -> Run:
    """Starts the command as a program of its own, and waits for it."""

    def run(*arguments: str | Path, given: bytes = b"") -> Done:
        command = [sys.executable, "-m", "cop_bot", "summarise", *map(str, arguments)]
        done = subprocess.run(
            command, env=surroundings, cwd=tmp_path, input=given, capture_output=True, check=False, timeout=60
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def test_without_any_setting_a_file_is_summed_up_in_quotes(started: Run, pile: Path, tmp_path: Path) -> None:
    done = started(pile)
    assert done.status == 0, done.stderr
    assert done.stdout.startswith("core funding · summary\n\n3 people · 4 contributions · Selected quotes, no AI\n")
    assert "“Who decides on the exchange rate?” #4" in done.stdout
    assert "1 set aside (empty: #3)" in done.stdout
    assert done.stderr.splitlines() == [
        f"{pile}: 4 rows, text from “comment-body”, id from “comment-id”, author from “author-id”.",
        "No model is configured (OPENAI_API_KEY or OPENAI_BASE_URL); the offline summariser chooses quotes.",
        "Nothing is sent to any model: 0 calls, 0 tokens.",
    ]
    assert [file.name for file in tmp_path.iterdir()] == [pile.name], "no database, no cache"


def test_settings_are_not_looked_at_for_the_offline_summariser(cop: Run, pile: Path) -> None:
    done = cop(pile, "--model", "offline", SLACK_BOT_TOKEN="", COP_PORT="none", COP_PROMPTS="nowhere")
    assert done.status == 0, done.stderr
    assert cop(pile, COP_PORT="none").status == 2


def test_standard_input_is_a_file_too_and_the_output_may_go_through_a_pipe(started: Run) -> None:
    lines = b'{"text": "Hvem bestemmer over pengene?"}\n{"text": "Det er os selv, der skal bestemme over pengene."}\n'
    done = started("-", "--format", "json", given=lines)
    found = json.loads(done.stdout)
    assert (found["language"], found["source"], found["counts"]["rows"]) == ("da", "-", 2)
    assert found["counts"]["people"] == 0, "nobody said who wrote what"
    assert all(point["people"] == 0 for point in found["points"])


def test_the_schema_that_is_printed_fits_what_is_written(cop: Run, pile: Path, tmp_path: Path) -> None:
    schema = json.loads(cop("--schema").stdout)
    out = tmp_path / "summary.json"
    assert cop(pile, "--out", out, "--format", "json", "--question", "Who pays?", "--theme", "Money").status == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    assert (found["theme"], found["questions"], found["maker"]) == ("Money", ["Who pays?"], "offline")
    assert [citation["id"] for point in found["points"] for citation in point["citations"]]


def test_the_same_file_gives_the_same_bytes(cop: Run, pile: Path) -> None:
    assert cop(pile, "--format", "json").stdout == cop(pile, "--format", "json").stdout


def test_a_language_can_be_asked_for(cop: Run, pile: Path) -> None:
    assert "Open vragen" in cop(pile, "--language", "nl").stdout
    done = cop(pile, "--language", "Dutch please")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == "--language Dutch please: write a language as its code, such as en, pt or pt-BR.\n"


def test_a_result_is_never_overwritten_unless_that_is_wanted(cop: Run, pile: Path, tmp_path: Path) -> None:
    out = tmp_path / "summary.md"
    out.write_text("mine", encoding="utf-8")
    done = cop(pile, "--out", out, "--format", "md")
    assert (done.status, out.read_text(encoding="utf-8")) == (2, "mine")
    assert done.stderr == f"--out {out}: it is there already; say --force to replace it.\n"
    assert cop(pile, "--out", out, "--format", "md", "--force").status == 0
    assert out.read_text(encoding="utf-8").startswith("# core funding · summary\n")
    assert sorted(file.name for file in tmp_path.iterdir()) == [pile.name, out.name]


def test_the_statements_are_never_overwritten(cop: Run, pile: Path) -> None:
    done = cop(pile, "--out", pile, "--force")
    assert done.status == 2
    assert pile.read_text(encoding="utf-8") == ROWS


@pytest.mark.parametrize(("out", "why"), [("missing/summary.md", "there is no folder"), (".", "that is no file")])
def test_where_nothing_can_be_written_it_is_said_first(cop: Run, pile: Path, out: str, why: str) -> None:
    done = cop(pile, "--out", out)
    assert done.status == 2
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_can_not_be_read_is_one_sentence(cop: Run, tmp_path: Path) -> None:
    done = cop("none.csv")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == "none.csv can't be read: No such file or directory.\n"
    done = cop(tmp_path)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{tmp_path} holds no export that can be read")
    secret = tmp_path / "secret.csv"
    secret.write_text(ROWS, encoding="utf-8")
    secret.chmod(0)
    if not os.access(secret, os.R_OK):
        assert cop(secret).stderr == f"{secret} can't be read: Permission denied.\n"


def test_nothing_of_a_file_gives_orders_to_the_terminal_not_even_in_a_mistake(cop: Run) -> None:
    done = cop("-", given="\x1b[2Jname,\u202eother\nOne,Two\n".encode())
    assert done.status == 2
    assert "“[2Jname”, “other”" in done.stderr


def test_a_name_in_no_encoding_is_no_obstacle(started: Run, pile: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"core \xff funding.csv")
    pile.rename(odd)
    done = started(odd, "--theme", os.fsdecode(b"Mon\xe9y"), "--format", "json", "--out", "summary.json")
    assert done.status == 0, done.stderr
    found = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert (found["theme"], found["source"]) == ("Mony", "core  funding.csv")


def test_a_file_without_rows_ends_with_two(cop: Run) -> None:
    done = cop("-", given=b"text,id\n")
    assert (done.status, done.stderr) == (
        2,
        "Standard input has no rows: there is nothing to summarise.\n",
    )


def test_rows_without_a_single_word_are_still_accounted_for(cop: Run) -> None:
    done = cop("-", given=b"text,id\n,1\n,2\n")
    assert done.status == 0, done.stderr
    assert "2 set aside (empty: #1 #2)" in done.stdout


def test_a_dry_run_leaves_nothing_behind(cop: Run, pile: Path, tmp_path: Path) -> None:
    done = cop(pile, "--dry-run", "--out", tmp_path / "summary.md", "--model", "offline")
    assert (done.status, done.stdout) == (0, "")
    assert done.stderr.endswith("Nothing is sent to any model: 0 calls, 0 tokens.\n")
    assert [file.name for file in tmp_path.iterdir()] == [pile.name]


def test_a_reader_who_has_gone_is_no_failure_to_explain(surroundings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text("text,id\n" + "".join(f"Statement {at} on shared budgets,{at}\n" for at in range(3000)))
    command = f'"{sys.executable}" -m cop_bot summarise "{file}" --model offline --format md | head -n 1'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], env=surroundings, capture_output=True, check=False, timeout=60
    )
    assert done.stdout.decode().startswith("# long")
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 141)


def test_ctrl_c_ends_the_offline_summariser_at_once(surroundings: dict[str, str], tmp_path: Path) -> None:
    """Its thread can't be stopped: without an end of its own the command would wait for it."""
    file = tmp_path / "large.csv"
    words = ["funding", "risk", "village", "report", "partner", "training", "vote", "reserve", "budget", "staff"]
    rows = (f"{' '.join(words[at % 7 :])} {at} {at * 7919 % 10007},{at}" for at in range(60_000))
    file.write_text("text,id\n" + "\n".join(rows) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "cop_bot", "summarise", str(file), "--model", "offline"]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        assert any(b"0 calls" in line for line in running.stderr)
        running.send_signal(signal.SIGINT)
        stdout, stderr = running.communicate(timeout=60)  # to its end it would take minutes
    assert (running.returncode, stdout) == (130, b"")
    assert stderr.decode() == "Stopped.\n"
