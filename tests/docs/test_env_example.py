"""`.env.example` says what the settings are, and gives nobody a secret that works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from cop_bot.config import load_settings
from cop_bot.env_example import env_example, fields

FILE = Path(__file__).parents[2] / ".env.example"
WRITE = "python -c \"from cop_bot.env_example import env_example, fields; print(env_example(), end='')\" > .env.example"


def offered() -> dict[str, str]:
    lines = re.findall(r"^#([A-Z_]+)=(.*)$", FILE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(lines)


def test_the_file_is_what_the_settings_make_of_it() -> None:
    assert FILE.read_text(encoding="utf-8") == env_example(), f"write it anew: {WRITE}"


def test_every_setting_is_offered_with_what_it_is_for() -> None:
    assert list(offered()) == [field.validation_alias for field in fields()]
    assert all(field.description for field in fields())


def test_secrets_are_empty() -> None:
    secret = [field for field in fields() if SecretStr in getattr(field.annotation, "__args__", ())]
    assert len(secret) == 6
    assert [offered()[str(field.validation_alias)] for field in secret] == [""] * 6


def test_a_copy_of_the_file_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    without = load_settings()
    (tmp_path / ".env").write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_settings() == without


def test_the_defaults_in_the_file_are_those_that_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    without = load_settings()
    said = [f"{name}={value}" for name, value in offered().items() if value]
    (tmp_path / ".env").write_text("\n".join(said), encoding="utf-8")
    assert load_settings() == without
