"""The locks: what is installed, by version and hash, and nothing about where it comes from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "locks" / f"{name}.txt").read_text()))


def normal(requirement: str) -> str:
    """`ruamel.yaml>=0.18` is listed as `ruamel-yaml`."""
    name = re.split(r"[\[<>=!~ ;]", requirement)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", ["run", "teams", "test"])
def test_a_lock_names_no_address_and_no_folder_of_a_machine(name: str) -> None:
    lock = (ROOT / "locks" / f"{name}.txt").read_text()
    assert "://" not in lock
    assert "@" not in lock
    assert not re.search(r"^-", lock, re.MULTILINE), "an option such as --index-url"
    assert not re.search(r"(^|\s)[./]", lock), "a path"
    assert "#" not in lock, "a comment: it would repeat the command with the paths it was given"


@pytest.mark.parametrize("name", ["run", "teams", "meaning", "test"])
def test_every_pin_has_a_hash(name: str) -> None:
    paragraphs = re.split(r"\n(?=\S)", (ROOT / "locks" / f"{name}.txt").read_text().strip())
    assert len(paragraphs) == len(pins(name)), "a line that is no pin"
    for paragraph in paragraphs:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", paragraph), paragraph


@pytest.mark.parametrize("package", ["pydantic-core", "greenlet", "psycopg-binary", "uv"])
def test_compiled_packages_carry_the_hashes_of_all_platforms_and_not_of_this_machine_only(package: str) -> None:
    paragraph = (ROOT / "locks" / "run.txt").read_text().split(f"\n{package}==")[1].split("\n")
    hashes = [line for line in paragraph[1:15] if line.startswith("    --hash=")]
    assert len(hashes) > 10


def test_what_runs_the_bot_is_tested_in_the_very_same_versions() -> None:
    run, teams, meaning, test = pins("run"), pins("teams"), pins("meaning"), pins("test")
    assert run.items() <= teams.items() <= meaning.items() <= test.items()


def test_every_dependency_of_the_project_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {normal(wanted) for wanted in project["dependencies"]} <= pins("run").keys()
    for extra in ("teams", "meaning", "test"):
        assert {normal(wanted) for wanted in project["optional-dependencies"][extra]} <= pins(extra).keys()


def test_what_installs_and_builds_the_project_is_pinned_as_well() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    assert {"uv", *map(normal, build)} <= pins("run").keys()
