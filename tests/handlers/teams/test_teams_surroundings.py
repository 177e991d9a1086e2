"""The Teams SDK takes nothing from its surroundings and leaves nothing there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import teams_requests
from fakes.bot import Bot
from fakes.teams_service import TeamsService

from cop_bot.platforms.teams.sdk import undisturbed

STRANGERS = (
    "SLACK_CLIENT_ID=1.2\nSLACK_CLIENT_SECRET=other\nSLACK_BOT_TOKEN=xoxb-other\nCLIENT_SECRET=theirs\nCLOUD=China\n"
)
ASK = """
import os, sys
from handlers.teams.app import open_endpoint
from cop_bot.platforms.teams.identity import TeamsIdentity
from handlers.inbound import Calls
import asyncio

async def start():
    async with open_endpoint(Calls(*[None] * 13), TeamsIdentity("id", None, "tenant", "token")):
        print(sorted(name for name in os.environ if name.startswith(("SLACK_", "CLIENT_", "CLOUD", "PYTHON_DOTENV"))))

asyncio.run(start())
"""


def test_settings_of_other_programs_in_env_stay_there(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(STRANGERS, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c", ASK], cwd=tmp_path, env={}, capture_output=True, text=True, timeout=60, check=False
    )
    assert told.stdout.strip() == "[]", told.stderr


def test_what_was_in_the_environment_is_there_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENT_SECRET", "theirs")
    before = dict(os.environ)
    with undisturbed():
        assert "CLIENT_SECRET" not in os.environ
    assert dict(os.environ) == before


async def test_variables_of_the_sdk_do_not_change_whom_the_bot_is(
    bot: Bot, service: TeamsService, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("CLIENT_ID", "theirs"),
        ("CLIENT_SECRET", "theirs"),
        ("TENANT_ID", "theirs"),
        ("CLOUD", "China"),
        ("SERVICE_URL", "https://theirs.example.org"),
    ):
        monkeypatch.setenv(name, value)
    async with teams_requests.tenant(bot.calls(), service) as tenant:
        assert (await tenant.mentions("status")).status_code == 200
    assert [said.text for said in service.sent] == ["Done."]


def test_a_bot_without_teams_imports_nothing_of_it() -> None:
    ask = (
        "import sys, handlers.service, handlers.slack.platform, cop_bot.bootstrap, cop_bot.__main__;"
        "print([n for n in sys.modules if n.split('.')[0] in ('microsoft_teams', 'msgraph', 'nh3', 'msal')])"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, timeout=60, check=False)
    assert told.stdout.strip() == "[]", told.stderr
