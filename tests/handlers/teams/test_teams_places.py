"""The bot notices what happens to its places, and to those of which it knows nothing."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.bot import Bot
from fakes.teams_requests import BOT, Tenant
from fakes.teams_service import AMINA, PLACE, TEAM, TENANT, TeamsService

from handlers.teams.places import OF_CHANNELS, OF_TEAMS


def happened(tenant: Tenant, name: str | None, **more: Any) -> dict[str, Any]:
    told = tenant.in_channel(type="conversationUpdate", **more)
    told["conversation"] |= {"id": TEAM}
    told["channelData"] |= {"eventType": name} if name else {}
    return told


@pytest.mark.parametrize("name", OF_CHANNELS)
async def test_every_change_of_a_channel_is_looked_into(name: str, tenant: Tenant, bot: Bot) -> None:
    for _ in range(2):
        assert (await tenant.sends(happened(tenant, name))).status_code == 200
    assert bot.places == [PLACE, PLACE]


@pytest.mark.parametrize("name", OF_TEAMS)
async def test_every_change_of_a_team_concerns_all_its_channels(name: str, tenant: Tenant, bot: Bot) -> None:
    assert (await tenant.sends(happened(tenant, name))).status_code == 200
    assert bot.places == [None]


@pytest.mark.parametrize("what", ["membersAdded", "membersRemoved"])
async def test_our_own_coming_and_going_is_looked_into_and_that_of_members_is_not(
    what: str, tenant: Tenant, bot: Bot
) -> None:
    for who in ({"id": "29:zoe"}, BOT):
        assert (await tenant.sends(happened(tenant, None, **{what: [who]}))).status_code == 200
    assert bot.places == [None]


@pytest.mark.parametrize("action", ["add", "remove", "upgrade"])
async def test_being_added_and_removed_may_be_said_several_times(action: str, tenant: Tenant, bot: Bot) -> None:
    for _ in range(3):
        told = tenant.in_channel(type="installationUpdate", action=action)
        assert (await tenant.sends(told)).status_code == 200
    assert bot.places == [None] * 3
    assert bot.invited == ([(PLACE, AMINA)] * 3 if action == "add" else [])


async def test_a_member_who_adds_the_app_for_themselves_changes_no_place(tenant: Tenant, bot: Bot) -> None:
    assert (await tenant.sends(tenant.alone(type="installationUpdate", action="add"))).status_code == 200
    assert (await tenant.sends(tenant.alone(type="conversationUpdate", membersAdded=[BOT]))).status_code == 200
    assert bot.places == []
    assert bot.reachable == [AMINA]
    assert [text for _, text in bot.commands] == ["home"]


async def test_a_team_that_is_gone_is_not_asked_for_anything(tenant: Tenant, bot: Bot, service: TeamsService) -> None:
    service.closed.add("teams")
    bare = {"team": {"id": TEAM}, "tenant": {"id": TENANT}, "eventType": "channelDeleted", "channel": {"id": "19:x"}}
    assert (await tenant.sends(happened(tenant, None) | {"channelData": bare})).status_code == 200
    assert TEAM not in service.asked
    assert bot.places == [None]


async def test_added_where_it_can_not_work_the_bot_says_so(tenant: Tenant, service: TeamsService) -> None:
    told = tenant.in_channel(type="installationUpdate", action="add")
    told["channelData"]["channel"] |= {"type": "shared"}
    assert (await tenant.sends(told)).status_code == 200
    assert "standard channel" in service.sent[0].text


async def test_an_unknown_conversation_breaks_nothing(tenant: Tenant, bot: Bot) -> None:
    told = happened(tenant, "somethingNew", conversation={"id": "unknown", "tenantId": TENANT})
    assert (await tenant.sends(told | {"conversation": {"id": "unknown", "tenantId": TENANT}})).status_code == 200
    assert bot.places == []
