"""`cop summarise FILE` with a model on loopback: what is said before, what is paid once, and what a failure leaves."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from scripted_model import Answer, ScriptedModel, asked_for, in_turn, points, quoted, refused, scripted
from structlog.testing import capture_logs
from typer.testing import CliRunner

from cop_bot.__main__ import app
from cop_bot.cli.summarise.result import shipped_schema


@dataclass(frozen=True, slots=True)
class Done:
    """How the command ended, and what it printed where."""

    status: int | None
    stdout: str
    stderr: str


Run = Callable[..., Awaitable[Done]]


def cites_the_first(request: dict[str, Any]) -> Answer:
    first = quoted(request)[0]
    return points(("main_points", first["text"], [first["id"]]))


ANSWERS = in_turn(brief=cites_the_first)


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Statements on several things, too many to be read at once."""
    things = (
        "Core funding for %d years keeps the staff of a local organisation together between two projects.",
        "Village meetings number %d should decide on repairs of the water pump before the rains begin.",
        "Report templates with %d pages cost our finance officer more hours than the training itself.",
    )
    file = tmp_path / "pile.jsonl"
    rows = [{"id": f"s{at}", "author": f"author-{at % 50}", "text": things[at % 3] % (at + 2)} for at in range(240)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def cop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str]) -> Run:
    """Runs the command here with this model, beside its server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cop_bot.cli.summarise.command.set_up_logs", lambda _: None)

    async def run(model: ScriptedModel, *arguments: str | Path, **settings: str) -> Done:
        env = surroundings | configured(model) | settings
        command = ["summarise", *map(str, arguments)]
        with capture_logs():
            done = await asyncio.to_thread(CliRunner().invoke, app, command, env=env, catch_exceptions=False)
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


def configured(model: ScriptedModel) -> dict[str, str]:
    return {"OPENAI_BASE_URL": model.url, "OPENAI_MODEL": "small-1"}


async def test_the_summary_is_the_models_and_a_second_run_costs_nothing(cop: Run, pile: Path) -> None:
    async with scripted(ANSWERS) as model:
        first = await cop(model, pile, "--format", "json", "--theme", "Money")
        assert first.status == 0, first.stderr
        asked = len(model.asked)
        assert len(asked_for(model, "brief")) > 1
        second = await cop(model, pile, "--format", "json", "--theme", "Money")
    assert len(model.asked) == asked
    assert second.stdout == first.stdout
    assert "Asked: 0 calls, 0 tokens;" in second.stderr
    found = json.loads(first.stdout)
    jsonschema.validate(found, json.loads(shipped_schema()))
    assert found["maker"] == "small-1"
    assert set(found["prompts"]) >= {"brief.system", "brief.user"}
    assert "author-" not in json.dumps(model.asked), "authors are never sent"


async def test_when_the_file_has_grown_only_what_is_new_is_read_again(cop: Run, pile: Path) -> None:
    async with scripted(ANSWERS) as model:
        assert (await cop(model, pile)).status == 0
        paid = len(asked_for(model, "brief"))
        with pile.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"id": "new", "text": "The water pump in our village broke again last week."}) + "\n")
        assert (await cop(model, pile)).status == 0
    assert paid > 2
    assert len(asked_for(model, "brief")) == paid + 1


async def test_what_it_will_cost_is_said_first_and_a_dry_run_asks_nobody(cop: Run, pile: Path, tmp_path: Path) -> None:
    async with scripted(ANSWERS) as model:
        done = await cop(model, pile, "--dry-run", "--out", "summary.md")
    assert (done.status, done.stdout, model.asked) == (0, "", [])
    said = done.stderr.splitlines()[-1]
    assert said.startswith(f"To be sent to small-1 at {model.url.split('/')[2]}: at most ")
    assert "tokens there and" in said
    assert names_in(tmp_path) == [pile.name]


async def test_more_than_the_settings_allow_is_refused_with_the_figures(cop: Run, pile: Path) -> None:
    async with scripted(ANSWERS) as model:
        done = await cop(model, pile, OPENAI_TOKENS_PER_SESSION="5000")
        tried = await cop(model, pile, "--dry-run", OPENAI_TOKENS_PER_SESSION="5000")
    assert (done.status, tried.status, done.stdout, model.asked) == (2, 0, "", [])
    assert "OPENAI_TOKENS_PER_SESSION allows 5,000." in done.stderr
    assert tried.stderr == done.stderr, "a dry run says that it would be refused"


async def test_after_ctrl_c_the_same_command_goes_on_and_pays_nothing_twice(
    cop: Run, pile: Path, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    read = asyncio.Event()

    def hangs(_: dict[str, Any]) -> Answer:
        read.set()
        return Answer(hang=True)

    async with scripted(in_turn(brief=cites_the_first, translate=hangs)) as model:
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cop_bot", "summarise", str(pile), "--translate", "pt"),
            env=surroundings | configured(model),
            cwd=tmp_path,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        await asyncio.wait_for(read.wait(), 60)
        running.send_signal(signal.SIGINT)
        stdout, stderr = await asyncio.wait_for(running.communicate(), 60)
        assert (running.returncode, stdout) == (130, b"")
        said = stderr.decode().splitlines()[-1]
        assert said.startswith("Stopped. What was answered is kept in ")
        assert said.endswith("the same command goes on from there and pays nothing twice.")
        paid = len(asked_for(model, "brief"))
        assert paid > 1
        model.script = ANSWERS
        done = await cop(model, pile, "--translate", "pt")
    assert done.status == 0, done.stderr
    assert len(asked_for(model, "brief")) == paid
    assert "small-1" in done.stdout


async def test_a_model_that_fails_ends_in_an_error_that_says_what_is_kept(cop: Run, pile: Path, tmp_path: Path) -> None:
    def one_and_no_more(request: dict[str, Any]) -> Answer:
        first = not asked_for(model, "brief")[1:]
        return cites_the_first(request) if first else refused(400, "No such thing.")

    async with scripted(in_turn(brief=one_and_no_more)) as model:
        done = await cop(model, pile, "--out", "summary.md", "--format", "md")
    assert (done.status, done.stdout) == (1, "")
    assert "The model has not written the summary: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "summary.md").exists()


async def test_where_nothing_the_model_wrote_holds_the_quotes_are_not_called_its_own(cop: Run, pile: Path) -> None:
    def invents(request: dict[str, Any]) -> Answer:
        return points(("main_points", "Cheese ripens on the moon.", [quoted(request)[0]["id"]]))

    async with scripted(in_turn(brief=invents)) as model:
        done = await cop(model, pile, "--format", "json")
    found = json.loads(done.stdout)
    assert "Cheese" not in done.stdout
    assert (found["maker"], found["prompts"]) == ("offline", {})
    assert "these are selected quotes." in done.stderr


async def test_without_a_cache_nothing_is_kept_and_without_a_model_nothing_is_asked(
    cop: Run, pile: Path, tmp_path: Path
) -> None:
    async with scripted(ANSWERS) as model:
        done = await cop(model, pile, "--no-cache")
        assert done.status == 0, done.stderr
        asked = len(model.asked)
        assert not (tmp_path / "cache").exists()
        offline = await cop(model, pile, "--model", "offline")
    assert asked
    assert len(model.asked) == asked
    assert "Selected quotes, no AI" in offline.stdout


async def test_a_cache_of_ones_own_is_used_and_somebody_elses_file_is_left_alone(
    cop: Run, pile: Path, tmp_path: Path
) -> None:
    async with scripted(ANSWERS) as model:
        assert (await cop(model, pile, "--cache", "mine.db")).status == 0
        assert (tmp_path / "mine.db").read_bytes().startswith(b"SQLite format 3")
        refusal = await cop(model, pile, "--cache", pile.name)
    assert refusal.status == 2
    assert "left as it is" in refusal.stderr
