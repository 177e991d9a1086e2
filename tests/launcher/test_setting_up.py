"""The launcher `./cop` in checkouts made for the purpose; what it would install is replaced by a note of it."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = [ROOT / "cop", ROOT / "locks" / "install.py"]

# Stands in for locks/install.py: an environment whose "python" says how it was called.
INSTALL = """
import os, sys, time

def install(root, name, *, anew):
    bin = os.path.join(root, ".venv", "bin")
    os.makedirs(bin, exist_ok=True)
    with open(os.path.join(root, "installed"), "a") as notes:
        notes.write(f"{name} {'anew' if anew else 'again'}\\n")
    if os.environ.get("COP_TEST_BREAK"):
        sys.exit("cop: the network is down")
    if anew:
        python = os.path.join(bin, "python")
        with open(python, "w") as script:
            script.write('#!/bin/sh\\necho "$PWD|$COP_TEST_STRICT|$@"\\nexit 7\\n')
        os.chmod(python, 0o755)
"""


class Checkout:
    """A checkout with the real `cop` and a stand-in for the installing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "locks").mkdir(parents=True)
        shutil.copy(ROOT / "cop", folder / "cop")
        (folder / "locks" / "install.py").write_text(INSTALL)
        (folder / "locks" / "run.txt").write_text("a==1\n")
        (folder / "locks" / "teams.txt").write_text("a==1\nt==1\n")
        (folder / "locks" / "meaning.txt").write_text("a==1\nt==1\nm==1\n")
        (folder / "locks" / "test.txt").write_text("a==1\nt==1\nm==1\nb==1\n")

    def start(self, *words: str, via: Path | None = None, **environment: str) -> subprocess.Popen[str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith("COP_")}
        return subprocess.Popen(
            [sys.executable, via or self.folder / "cop", *words],
            cwd="/",
            env=env | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def cop(self, *words: str, via: Path | None = None, **environment: str) -> tuple[int, str, str]:
        """Exit status, what it printed, what it printed as an error."""
        with self.start(*words, via=via, **environment) as process:
            printed, complaints = process.communicate(timeout=30)
        return process.returncode, printed, complaints

    @property
    def installed(self) -> list[str]:
        notes = self.folder / "installed"
        return notes.read_text().splitlines() if notes.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "a folder with spaces")


def imported(source: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("source", LAUNCHER, ids=lambda source: source.name)
def test_the_launcher_needs_nothing_but_python(source: Path) -> None:
    assert imported(source) - {"locks"} <= sys.stdlib_module_names


def test_a_start_that_finds_everything_set_up_imports_next_to_nothing() -> None:
    tree = ast.parse((ROOT / "cop").read_text())
    at_the_top = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert at_the_top == {"os", "sys"}


def test_it_sets_up_once_and_then_only_runs(checkout: Checkout) -> None:
    checkout.cop("demo")
    checkout.cop("demo")
    assert checkout.installed == ["run anew"]


def test_the_command_gets_its_words_in_the_folder_where_one_is_and_gives_its_own_exit_status(
    checkout: Checkout,
) -> None:
    status, printed, _ = checkout.cop("check", "my programme.yaml")
    assert (status, printed) == (7, "/||-P -m cop_bot check my programme.yaml\n")


def test_it_finds_its_checkout_through_a_link(checkout: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "cop"
    link.symlink_to(checkout.folder / "cop")
    assert checkout.cop("demo", via=link)[0] == 7
    assert checkout.installed == ["run anew"]


def test_the_tests_run_at_the_top_of_the_checkout_and_strict_is_handed_on(checkout: Checkout) -> None:
    workers = (os.cpu_count() or 1) + 1
    _, printed, _ = checkout.cop("test", "--strict", "-k", "clock")
    assert printed == f"{checkout.folder}|1|-P -m pytest -n {workers} --dist loadfile --no-loadscope-reorder -k clock\n"
    _, printed, _ = checkout.cop("test", "-n", "0", "-k", "clock")
    assert printed.endswith("-P -m pytest -n 0 -k clock\n")


def test_the_demo_after_the_tests_takes_nothing_away(checkout: Checkout) -> None:
    checkout.cop("demo")
    checkout.cop("test")
    checkout.cop("demo")
    assert checkout.installed == ["run anew", "test again"]


def test_a_new_lock_is_installed_at_the_next_start(checkout: Checkout) -> None:
    checkout.cop("demo")
    (checkout.folder / "locks" / "run.txt").write_text("a==2\n")
    checkout.cop("demo")
    assert checkout.installed == ["run anew", "run again"]


def test_whoever_has_the_test_tools_keeps_them_through_a_new_lock(checkout: Checkout) -> None:
    checkout.cop("test")
    (checkout.folder / "locks" / "run.txt").write_text("a==2\n")
    (checkout.folder / "locks" / "test.txt").write_text("a==2\nt==1\nm==1\nb==1\n")
    checkout.cop("demo")
    assert checkout.installed == ["test anew", "test again"]


def test_a_checkout_that_was_moved_is_set_up_anew(checkout: Checkout, tmp_path: Path) -> None:
    checkout.cop("demo")
    checkout.folder = checkout.folder.rename(tmp_path / "elsewhere")
    checkout.cop("demo")
    assert checkout.installed == ["run anew", "run anew"]


def test_a_set_up_that_failed_is_done_anew_the_next_time(checkout: Checkout) -> None:
    status, _, complaint = checkout.cop("demo", COP_TEST_BREAK="1")
    assert (status, complaint) == (1, "cop: the network is down\n")
    assert checkout.cop("demo")[0] == 7
    assert checkout.installed == ["run anew", "run anew"]


def test_an_update_that_failed_is_not_taken_for_done(checkout: Checkout) -> None:
    checkout.cop("demo")
    (checkout.folder / "locks" / "run.txt").write_text("a==2\n")
    checkout.cop("demo", COP_TEST_BREAK="1")
    checkout.cop("demo")
    assert checkout.installed == ["run anew", "run again", "run anew"]


def test_of_several_started_at_once_one_sets_up_and_all_run(checkout: Checkout) -> None:
    together = [checkout.start("demo") for _ in range(4)]
    for process in together:
        process.communicate(timeout=30)
    assert [process.returncode for process in together] == [7] * 4
    assert checkout.installed == ["run anew"]


def test_whoever_configures_teams_gets_what_it_needs_and_nobody_else(checkout: Checkout) -> None:
    checkout.cop("demo")
    assert checkout.installed == ["run anew"]
    checkout.cop("serve", TEAMS_CLIENT_ID="00000000-0000-0000-0000-000000000000")
    assert checkout.installed == ["run anew", "teams again"]
    checkout.cop("demo")
    assert checkout.installed == ["run anew", "teams again"], "what is there is enough"


@pytest.mark.parametrize(
    ("said", "installed"), [("model", ["meaning anew"]), ("words", ["run anew"]), ("auto", ["run anew"])]
)
def test_the_model_of_meaning_is_installed_where_it_is_asked_for(
    checkout: Checkout, said: str, installed: list[str]
) -> None:
    checkout.cop("serve", COP_MEANING=said)
    assert checkout.installed == installed
