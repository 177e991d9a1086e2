"""A workspace with the bot in it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from fakes.bot import Bot
from fakes.fake_slack import FakeSlack, fake_slack
from fakes.slack_requests import Workspace


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as server:
        server.channels["C1"] = {"id": "C1", "name": "cop-power", "is_member": True}
        yield server


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def workspace(bot: Bot, slack: FakeSlack) -> Workspace:
    return Workspace(bot, slack)
