"""The manifest asks for what the listeners need, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fakes.fake_slack import BOT
from fakes.slack_requests import Workspace
from jsonschema import Draft7Validator

from cop_bot.platforms.slack.rights import SCOPES
from handlers.slack.commands import COMMAND
from handlers.slack.manifest import EVENTS, manifest

URL = "https://bot.example.org/slack/events"
SCHEMA = Path(__file__).parents[2] / "slack-manifest.schema.json"

NEEDED_BY_EVENT = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "groups:read",
}


@pytest.mark.parametrize("socket_mode", [True, False])
def test_slacks_own_schema_accepts_it(socket_mode: bool) -> None:
    schema = json.loads(SCHEMA.read_text())
    found = manifest(socket_mode, None if socket_mode else URL)
    assert [error.message for error in Draft7Validator(schema).iter_errors(found)] == []


def addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [address for inner in value.values() for address in addresses(inner)]
    if isinstance(value, list):
        return [address for inner in value for address in addresses(inner)]
    return [value] if isinstance(value, str) and value.startswith("http") else []


def test_over_http_everything_comes_to_one_address_and_over_socket_mode_to_none() -> None:
    assert addresses(manifest(socket_mode=False, request_url=URL)) == [URL] * 3
    assert addresses(manifest(socket_mode=True)) == []
    with pytest.raises(ValueError, match="public address"):
        manifest(socket_mode=False)


def test_no_tokens_that_expire_no_whole_organisations_no_redirects() -> None:
    found = manifest(socket_mode=True)
    assert found["settings"]["token_rotation_enabled"] is False
    assert found["settings"]["org_deploy_enabled"] is False
    assert "redirect_urls" not in found["oauth_config"]
    assert set(found["oauth_config"]["scopes"]) == {"bot"}


async def test_every_event_that_slack_is_asked_for_has_a_listener(workspace: Workspace) -> None:
    for name in EVENTS:
        kind, _, place = name.partition(".")
        channel_type = {"channels": "channel", "groups": "group", "im": "im"}.get(place)
        said = {"channel": "C1", "channel_type": channel_type, "user": "U1", "text": f"<@{BOT}> help", "ts": "1.000001"}
        assert (await workspace.event(type=kind, **said)).status_code == 200, name


async def test_every_listener_is_asked_for(workspace: Workspace) -> None:
    listeners = len(workspace.app._async_listeners)
    kinds = {name.partition(".")[0] for name in EVENTS}
    commands = [one["command"] for one in manifest(socket_mode=True)["features"]["slash_commands"]]
    buttons = forms = 1
    shortcuts = len(manifest(socket_mode=True)["features"]["shortcuts"])
    assert commands == [COMMAND]
    assert listeners == len(kinds) + len(commands) + buttons + forms + shortcuts


def test_every_scope_has_its_reason_and_every_event_its_scope() -> None:
    assert all(len(reason) > 5 for reason in SCOPES.values())
    assert {scope for event, scope in NEEDED_BY_EVENT.items() if event in EVENTS} <= set(SCOPES)
    used_by_calls = {"chat:write", "commands", "im:write", "reactions:write", "users:read", "users:read.email"}
    assert set(SCOPES) == used_by_calls | set(NEEDED_BY_EVENT.values())
