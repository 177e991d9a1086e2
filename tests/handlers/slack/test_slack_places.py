"""The bot notices what happens to its places."""

from __future__ import annotations

import pytest
from fakes.bot import Bot
from fakes.fake_slack import BOT
from fakes.slack_requests import Workspace

from handlers.slack.places import CHANGES, MEMBERSHIP


@pytest.mark.parametrize("name", MEMBERSHIP)
async def test_our_own_coming_and_going_is_looked_into_and_that_of_members_is_not(
    name: str, workspace: Workspace, bot: Bot
) -> None:
    for user in ("U1", BOT):
        answer = await workspace.event(type=name, user=user, channel="C1", channel_type="C", team="T1")
        assert answer.status_code == 200
    assert bot.places == ["C1"]


async def test_who_invited_the_bot_is_known(workspace: Workspace, bot: Bot) -> None:
    joined = {"channel": "C1", "channel_type": "C", "team": "T1", "inviter": "U1"}
    for user in ("U2", BOT):
        await workspace.event(type="member_joined_channel", user=user, **joined)
    await workspace.event(type="member_left_channel", user=BOT, **joined)
    assert bot.invited == [("C1", "U1")]


@pytest.mark.parametrize("name", CHANGES)
async def test_every_change_of_a_place_is_looked_into(name: str, workspace: Workspace, bot: Bot) -> None:
    channel = {"id": "C1", "name": "cop-power-2"} if name.endswith("rename") else "C1"
    assert (await workspace.event(type=name, channel=channel)).status_code == 200
    assert bot.places == ["C1"]
