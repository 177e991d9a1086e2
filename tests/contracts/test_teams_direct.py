"""What another process may have said to somebody alone in Teams, where nobody can look."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from fakes.fake_teams import fake_teams
from fakes.teams_tenant import APP, TENANT, Tenant

from cop_bot.domain.message import Message, Paragraph, Words
from cop_bot.platforms.teams.chat import TeamsChat
from cop_bot.platforms.teams.identity import TeamsIdentity
from cop_bot.ports import Posted, To, Unknown

KEY = "a1b2/reminder/1/member/2"
REMINDER = Message((Paragraph((Words("A session is open"),)),))
AMINA = To(person="amina")
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
async def teams() -> AsyncIterator[Tenant]:
    async with fake_teams() as tenant:
        tenant.add_team()
        tenant.add_channel("cop-power")
        tenant.join("amina")
        yield tenant


async def after_a_restart(teams: Tenant) -> TeamsChat:
    """A process that knows the team and nothing else."""
    identity = TeamsIdentity(APP, None, TENANT, "a.fixed.token")
    chat = TeamsChat(identity, service_url=teams.service_url, graph_url=teams.graph_url, timeout=1)
    await chat.place("0f1e2d3c-0000-4000-8000-000000000001/19:cop@thread.tacv2")
    return chat


async def test_what_is_in_doubt_after_a_restart_goes_to_the_feed(teams: Tenant) -> None:
    async with await after_a_restart(teams) as chat:
        assert await chat.find(AMINA, KEY, SINCE) is None
        assert isinstance(await chat.post(AMINA, REMINDER, KEY), Posted)
        assert teams.called("post") == []
        assert [person for person, _ in teams.notified] == ["amina"]


async def test_a_member_whose_feed_is_closed_stays_reachable(teams: Tenant) -> None:
    async with await after_a_restart(teams) as chat:
        assert await chat.find(AMINA, KEY, SINCE) is None
        teams.fail("notify", "403")
        assert isinstance(await chat.post(AMINA, REMINDER, KEY), Unknown)
        assert isinstance(await chat.post(AMINA, REMINDER, f"{KEY}/other"), Posted)
        assert len(teams.called("post")) == 1
