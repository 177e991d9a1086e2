"""The document on `cop summarise` speaks of what exists, and of all of it."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from typer.main import get_command

from cop_bot.__main__ import app
from cop_bot.cli.summarise.asking import MANY_CALLS
from cop_bot.cli.summarise.result import Result
from cop_bot.domain.brief import Receipt

DOCUMENT = (Path(__file__).parents[2] / "docs" / "how-to" / "summarise.md").read_text(encoding="utf-8")


def options() -> set[str]:
    command = get_command(app).commands["summarise"]  # type: ignore[attr-defined]
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")}


def test_it_names_every_option_and_no_other() -> None:
    assert set(re.findall(r"--[a-z][a-z-]+", DOCUMENT)) | {"--help"} == options() | {"--help"}


def test_it_names_every_key_of_the_json() -> None:
    wanted = {field.name for field in (*fields(Result), *fields(Receipt))}
    assert wanted <= set(re.findall(r"`([a-z_]+)`", DOCUMENT))


def test_it_knows_from_how_many_calls_a_person_is_asked() -> None:
    assert f"before more than {MANY_CALLS} calls" in DOCUMENT
