"""The package asks for what the handlers need, and for nothing else; what it offers to type is understood."""

from __future__ import annotations

import json
import re
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from fakes.teams_service import APP_ID
from jsonschema import Draft4Validator
from typer.testing import CliRunner

from cop_bot.__main__ import app
from cop_bot.domain.errors import OperatorMistake
from cop_bot.platforms.teams.rights import RIGHTS
from cop_bot.texts.words import Typed, parse
from handlers.teams.dialogs import CONTRIBUTE, KEEP
from handlers.teams.icons import NOTHING, WHITE
from handlers.teams.package import manifest, package

SCHEMA = Path(__file__).parents[2] / "teams-manifest.v1.29.schema.json"
PAGE = "https://example.org/cop"


@pytest.fixture
def written() -> dict[str, Any]:
    return manifest(APP_ID, url=PAGE, organisation="Shifting the power")


def test_microsofts_own_schema_accepts_it(written: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [error.message for error in Draft4Validator(schema).iter_errors(written)] == []


def commands(written: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for several in written["bots"][0]["commandLists"] for one in several["commands"]]


def test_what_teams_offers_to_type_is_understood(written: dict[str, Any]) -> None:
    assert len(commands(written)) == 24
    for command in commands(written):
        assert isinstance(parse(command["title"]), Typed), command["title"]
        assert command["description"].strip(), command["title"]


def test_in_the_direct_conversation_nothing_is_offered_to_facilitators_alone(written: dict[str, Any]) -> None:
    (alone,) = [one for one in written["bots"][0]["commandLists"] if one["scopes"] == ["personal"]]
    understood = [parse(command["title"]) for command in alone["commands"]]
    assert {typed.command.role for typed in understood if isinstance(typed, Typed)} == {"member"}


def test_slash_commands_are_never_the_only_way(written: dict[str, Any]) -> None:
    assert written["bots"][0]["supportsTargetedMessages"] is True
    for offered in written["bots"][0]["commandLists"]:
        assert "mention" in offered.get("triggers", ["mention"])


def test_the_message_extension_has_the_commands_that_the_handlers_know(written: dict[str, Any]) -> None:
    (extension,) = written["composeExtensions"]
    assert {one["id"]: one["context"] for one in extension["commands"]} == {KEEP: ["message"], CONTRIBUTE: ["compose"]}
    assert all(one["fetchTask"] for one in extension["commands"])


def test_every_right_has_its_reason_and_holds_in_one_team_alone(written: dict[str, Any]) -> None:
    asked = written["authorization"]["permissions"]["resourceSpecific"]
    assert [one["name"] for one in asked] == list(RIGHTS)
    assert all(name.endswith(".Group") and len(reason) > 20 for name, reason in RIGHTS.items())
    assert not [name for name in RIGHTS if "Write" in name or "Delete" in name]


def test_every_right_is_explained_to_who_adds_the_app() -> None:
    explained = (Path(__file__).parents[3] / "docs" / "how-to" / "teams.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(\w+\.\w+\.Group)`", explained)) == set(RIGHTS)


def test_only_teams_and_direct_conversations_are_served(written: dict[str, Any]) -> None:
    assert written["bots"][0]["scopes"] == ["team", "personal"]
    assert "supportedChannelTypes" not in written


def image(content: bytes) -> tuple[int, int, bytes]:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    length = struct.unpack(">I", content[33:37])[0]
    return width, height, zlib.decompress(content[41 : 41 + length])


def test_the_package_has_the_manifest_and_two_icons_as_teams_wants_them(written: dict[str, Any]) -> None:
    zipped = ZipFile(BytesIO(package(APP_ID, url=PAGE, organisation="Shifting the power")))
    languages = sorted(name for name in zipped.namelist() if name.endswith(".json") and name != "manifest.json")
    assert languages == ["da.json", "es.json", "fr.json", "nl.json", "pt.json", "sw.json"]
    assert json.loads(zipped.read("nl.json"))["composeExtensions[0].commands[1].title"] == "Bijdragen"
    assert json.loads(zipped.read("manifest.json")) == written
    assert image(zipped.read("color.png"))[:2] == (192, 192)
    width, height, points = image(zipped.read("outline.png"))
    assert (width, height) == (32, 32)
    rows = [points[start + 1 : start + 129] for start in range(0, len(points), 129)]
    colours = {row[at : at + 3] for row in rows for at in range(0, 128, 4)}
    assert colours == {bytes(WHITE[:3])} == {bytes(NOTHING[:3])}


def test_the_same_package_comes_out_each_time() -> None:
    first, again = (package(APP_ID, url=PAGE, organisation="A") for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("client_id", "url"),
    [
        ("none", PAGE),
        (APP_ID, "example.org"),
        (APP_ID, "http://example.org"),
        (APP_ID, "https://"),
        (APP_ID, "https://exa mple.org/x"),
        (APP_ID, "https://example.org/ü"),
        (APP_ID, "https://cop"),
    ],
)
def test_what_teams_would_refuse_is_refused_here(client_id: str, url: str) -> None:
    with pytest.raises(OperatorMistake):
        package(client_id, url=url, organisation="A")


@pytest.mark.parametrize(
    "more", [{"organisation": " "}, {"version": "1.0"}, {"version": "1.0.x"}, {"version": "01.0.0"}]
)
def test_a_package_names_who_runs_the_bot_and_a_version_that_teams_can_compare(more: dict[str, str]) -> None:
    with pytest.raises(OperatorMistake):
        package(APP_ID, **{"url": PAGE, "organisation": "A"} | more)
    assert manifest(APP_ID, url=PAGE, organisation="A", version="1.2.3")["version"] == "1.2.3"


def test_the_command_line_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["teams", "package", "--client-id", APP_ID])
    assert told.exit_code == 0, told.output
    assert ZipFile("cop-teams.zip").testzip() is None
    assert "--organisation" in told.output
    assert CliRunner().invoke(app, ["teams", "package"]).exit_code == 2
