"""What the launcher tells its installers, and what it says when one is missing."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cop_installing", ROOT / "locks" / "install.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def pip_says(installing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lines of `pip config list`, to be filled by the test."""
    lines: list[str] = []

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, stdout="\n".join(lines), stderr="")

    monkeypatch.setattr(installing, "run", run)
    for word in installing.UV_WORDS.values():
        monkeypatch.delenv(word, raising=False)
    return lines


def test_the_index_that_pip_is_configured_with_is_the_one_that_uv_asks(
    installing: ModuleType, pip_says: list[str]
) -> None:
    pip_says += [
        "global.index-url='https://mirror.example.org/simple'",
        "global.find-links='/srv/wheels /srv/more'",
        "install.cert='/etc/ssl/ours.pem'",
        "list.format='columns'",
    ]
    env = installing.uv_environment(installing.pip_settings("python"))
    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example.org/simple"
    assert env["UV_FIND_LINKS"] == "/srv/wheels,/srv/more"
    assert env["SSL_CERT_FILE"] == "/etc/ssl/ours.pem"


def test_the_environment_counts_over_pips_files(installing: ModuleType, pip_says: list[str]) -> None:
    pip_says += [":env:.index-url='https://b.example.org/'", "global.index-url='https://a.example.org/'"]
    assert installing.pip_settings("python") == {"index-url": "https://b.example.org/"}


def test_what_uv_was_told_itself_stays(installing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example.org/simple")
    env = installing.uv_environment({"index-url": "https://mirror.example.org/simple"})
    assert env["UV_DEFAULT_INDEX"] == "https://own.example.org/simple"


def test_a_python_without_its_installer_names_the_package_to_install(
    installing: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(installing.shutil, "which", lambda _: None)
    monkeypatch.setattr(installing.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match=r"sudo apt install python3-venv$"):
        installing.make_venv(str(tmp_path / "venv"))
    assert not (tmp_path / "venv").exists()


def test_with_uv_at_hand_no_pip_is_needed(
    installing: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(installing.shutil, "which", lambda name: f"/opt/{name}")
    monkeypatch.setattr(installing.importlib.util, "find_spec", lambda _: None)
    installing.make_venv(str(tmp_path / "venv"))
    assert (tmp_path / "venv" / "bin" / "python").exists()


def test_a_step_that_fails_shows_why_and_stops(installing: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    done = installing.run([sys.executable, "-c", "raise SystemExit('no route to the index')"])
    with pytest.raises(SystemExit, match="the set-up stopped at `python"):
        installing.check(done)
    assert "no route to the index" in capsys.readouterr().err


def test_the_pin_of_uv_keeps_its_hashes(installing: ModuleType) -> None:
    paragraph = installing.pins(str(ROOT / "locks" / "run.txt"))["uv"]
    assert paragraph.startswith("uv==")
    assert "--hash=sha256:" in paragraph
    assert "uvicorn" not in paragraph


def test_an_activated_environment_elsewhere_is_left_alone(
    installing: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/home/invented/other")
    done = installing.run([sys.executable, "-c", "import os; print(os.environ.get('VIRTUAL_ENV'))"])
    assert done.stdout.strip() == "None"
