"""Posts arrive through the true app, and are answered when they are recorded."""

from __future__ import annotations

import pytest
from fakes.bot import Bot
from fakes.teams_requests import BOT, FIRST, Tenant
from fakes.teams_service import AMINA, GROUP, PLACE, TEAM, TENANT, TeamsService

from cop_bot.domain.post import Change


async def test_a_post_without_our_name_is_recorded_before_it_is_answered(tenant: Tenant, bot: Bot) -> None:
    assert (await tenant.says("An idea")).status_code == 200
    (post,) = bot.posts
    assert (post.place, post.message, post.author, post.text) == (PLACE, str(FIRST), AMINA, "An idea")
    assert (post.thread, post.change) == (None, Change.NEW)


async def test_a_reply_knows_its_thread(tenant: Tenant, bot: Bot) -> None:
    await tenant.sends(tenant.in_channel(FIRST + 5, root=str(FIRST), text="I agree"))
    assert bot.posts[0].thread == str(FIRST)


async def test_a_post_that_could_not_be_recorded_is_not_answered_and_its_words_stay_out_of_the_log(
    tenant: Tenant, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.failure = RuntimeError("could not store 'my secret idea'")
    assert (await tenant.says("my secret idea")).status_code == 500
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


async def test_an_edit_a_deletion_and_its_undoing_follow(tenant: Tenant, bot: Bot) -> None:
    said = tenant.in_channel(FIRST, text="Better")
    for kind, happened in (
        ("messageUpdate", "editMessage"),
        ("messageDelete", "softDeleteMessage"),
        ("messageUpdate", "undeleteMessage"),
    ):
        data = said["channelData"] | {"eventType": happened}
        assert (await tenant.sends(said | {"type": kind, "channelData": data})).status_code == 200
    assert [post.change for post in bot.posts] == [Change.EDITED, Change.DELETED, Change.RESTORED]
    assert {post.message for post in bot.posts} == {str(FIRST)}


async def test_the_group_of_a_team_is_asked_for_once(tenant: Tenant, bot: Bot, service: TeamsService) -> None:
    bare = {"team": {"id": TEAM}, "channel": {"id": "19:power@thread.tacv2"}, "tenant": {"id": TENANT}}
    for _ in range(3):
        assert (await tenant.says("An idea", channelData=bare)).status_code == 200
    assert [post.place for post in bot.posts] == [PLACE] * 3
    assert service.asked.count(TEAM) == 1


async def test_a_post_of_a_team_that_can_not_be_asked_for_comes_again(
    tenant: Tenant, bot: Bot, service: TeamsService
) -> None:
    service.closed.add("teams")
    bare = {"team": {"id": "19:other@thread.tacv2"}, "tenant": {"id": TENANT}}
    assert (await tenant.says("An idea", channelData=bare)).status_code == 500
    service.closed.clear()
    assert (await tenant.says("An idea", channelData=bare)).status_code == 200
    assert bot.posts[0].place.startswith(GROUP)


async def test_our_own_words_and_those_of_other_bots_are_no_posts(tenant: Tenant, bot: Bot) -> None:
    assert (await tenant.sends(tenant.in_channel(text="Theme 1") | {"from": BOT})).status_code == 200
    assert (await tenant.sends(tenant.in_channel(text="Hi") | {"from": {"id": "28:other"}})).status_code == 200
    assert (bot.posts, bot.commands) == ([], [])


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "event"])
async def test_what_nobody_asked_for_is_answered(kind: str, tenant: Tenant, bot: Bot) -> None:
    name = {"name": "application/vnd.microsoft.readReceipt", "value": {"lastReadMessageId": "1"}}
    assert (await tenant.sends(tenant.in_channel() | {"type": kind} | name)).status_code == 200
    assert bot.posts == []
