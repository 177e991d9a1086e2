"""The JSON Schema of the programme file: made from the code that reads it, so an editor says what `cop check` says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from typer.testing import CliRunner

from cop_bot.__main__ import app
from cop_bot.programme_file.checking import schema_text
from cop_bot.programme_file.programme import schema

EXAMPLES = Path(__file__).parents[2] / "examples"
EVERY_KEY = Path(__file__).parent / "every_key.yaml"
FILES = [*sorted(EXAMPLES.glob("*.yaml")), EVERY_KEY]


def read(text: str) -> Any:
    """As an editor reads it: YAML 1.2, and dates are text there."""
    yaml = YAML(typ="rt")
    yaml.version = (1, 2)
    return yaml.load(text)


def mistakes(value: Any) -> list[str]:
    plain = json.loads(json.dumps(value, default=str).replace('00:00:00"', '00:00"'))
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema()).iter_errors(plain)]


def keys(shape: dict[str, Any]) -> set[str]:
    found = set(shape.get("properties", ()))
    for inner in (*shape.get("properties", {}).values(), shape.get("items"), *shape.get("anyOf", ())):
        found |= keys(inner) if isinstance(inner, dict) else set()
    return found


def written_keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return {key for one in value for key in written_keys(one)}
    return {key for at, one in value.items() for key in {at} | written_keys(one)} if isinstance(value, dict) else set()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_in_order_is_in_order_in_an_editor(file: Path) -> None:
    assert mistakes(read(file.read_text(encoding="utf-8"))) == []


def test_it_has_every_key_of_the_file_and_no_other() -> None:
    written = written_keys(read(EVERY_KEY.read_text(encoding="utf-8")))
    assert keys(schema()) - {"clock"} <= written
    assert written - keys(schema()) <= {"en", "nl", "da", "fr", "es", "pt", "pt-BR"}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"zonne": "Africa/Maputo"}, "$"),
        ({"zone": "CEST"}, "$.zone"),
        ({"platform": {"kind": "irc", "channel": "#cop"}}, "$.platform.kind"),
        ({"sessions": {"days": 0}}, "$.sessions.days"),
        ({"themes": []}, "$.themes"),
        ({"languages": {"working": ["English"]}}, "$.languages.working[0]"),
        ({"privacy": {"keep": "two years"}}, "$.privacy.keep"),
    ],
)
def test_a_mistake_is_one_in_an_editor_too(change: dict[str, Any], where: str) -> None:
    file = read((EXAMPLES / "minimal.yaml").read_text(encoding="utf-8"))
    assert [mistake.split(":")[0] for mistake in mistakes(dict(file) | change)] == [where]


@pytest.mark.parametrize("missing", ["cop", "id", "title", "zone", "platform", "themes"])
def test_what_a_programme_needs_is_needed(missing: str) -> None:
    file = dict(read((EXAMPLES / "minimal.yaml").read_text(encoding="utf-8")))
    del file[missing]
    assert len(mistakes(file)) == 1


def test_the_shell_prints_it_and_the_examples_name_it() -> None:
    printed = CliRunner().invoke(app, ["check", "--schema"])
    assert (printed.exit_code, printed.stdout) == (0, schema_text())
    assert (EXAMPLES / "programme.schema.json").read_text(encoding="utf-8") == schema_text()
    for file in EXAMPLES.glob("*.yaml"):
        assert (
            file.read_text(encoding="utf-8").splitlines()[0] == "# yaml-language-server: $schema=programme.schema.json"
        )


def test_without_a_file_the_shell_says_what_to_name() -> None:
    said = CliRunner().invoke(app, ["check"])
    assert said.exit_code == 2
    assert "my-programme.yaml" in said.output
