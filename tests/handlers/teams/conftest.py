"""A tenant with the bot in one channel."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from fakes import teams_requests
from fakes.bot import Bot
from fakes.teams_requests import Tenant
from fakes.teams_service import TeamsService, teams_service


@pytest.fixture
async def service() -> AsyncIterator[TeamsService]:
    async with teams_service() as running:
        yield running


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def tenant(bot: Bot, service: TeamsService) -> AsyncIterator[Tenant]:
    async with teams_requests.tenant(bot.calls(), service) as opened:
        yield opened
