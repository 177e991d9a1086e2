"""Posts arrive through the true app, and are acknowledged when they are recorded."""

from __future__ import annotations

import pytest
from fakes.bot import Bot
from fakes.fake_slack import BOT, BOT_ID, FakeSlack
from fakes.slack_requests import TS, Workspace

from cop_bot.domain.post import Change


async def test_a_post_is_recorded_before_it_is_acknowledged(workspace: Workspace, bot: Bot) -> None:
    answer = await workspace.says("An idea")
    assert answer.status_code == 200
    (post,) = bot.posts
    assert (post.place, post.message, post.author, post.text) == ("C1", TS, "U1", "An idea")


async def test_a_post_that_could_not_be_recorded_is_not_acknowledged_and_its_words_stay_out_of_the_log(
    workspace: Workspace, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.failure = RuntimeError("could not store 'my secret idea'")
    answer = await workspace.says("my secret idea")
    assert answer.status_code == 500
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


async def test_a_retry_is_heard_like_the_first_time(workspace: Workspace, bot: Bot) -> None:
    for _ in range(2):
        await workspace.says("An idea")
    assert len(bot.posts) == 2


async def test_edits_and_deletions_follow(workspace: Workspace, bot: Bot) -> None:
    said = {"type": "message", "user": "U1", "text": "Better", "ts": TS, "edited": {"user": "U1", "ts": "1780000200.0"}}
    outer = {"type": "message", "channel": "C1", "channel_type": "channel", "ts": "1780000201.000000"}
    await workspace.event(**outer, subtype="message_changed", message=said, previous_message=said | {"text": "An idea"})
    await workspace.event(**outer, subtype="message_deleted", deleted_ts=TS, previous_message=said)
    assert [(post.change, post.message) for post in bot.posts] == [(Change.EDITED, TS), (Change.DELETED, TS)]


@pytest.mark.parametrize(
    "subtype", ["channel_join", "channel_topic", "bot_message", "thread_broadcast", "anything_new"]
)
async def test_every_kind_of_message_is_acknowledged(subtype: str, workspace: Workspace) -> None:
    assert (await workspace.says("text", subtype=subtype)).status_code == 200


async def test_our_own_and_other_bots_words_are_not_recorded(workspace: Workspace, bot: Bot) -> None:
    for more in ({"user": BOT}, {"bot_id": BOT_ID}, {"bot_id": "B9", "user": "U9"}):
        assert (await workspace.says("Theme 1", **more)).status_code == 200
    assert bot.posts == []


async def test_a_command_by_mention_is_no_post(workspace: Workspace, bot: Bot) -> None:
    assert (await workspace.says(f"<@{BOT}> status")).status_code == 200
    assert bot.posts == []
    assert bot.commands == []


async def test_who_we_are_is_asked_once_and_an_outage_then_loses_no_post(
    workspace: Workspace, bot: Bot, slack: FakeSlack
) -> None:
    slack.fail("auth.test", "service_unavailable")
    assert (await workspace.says("An idea")).status_code == 500
    for _ in range(3):
        assert (await workspace.says("An idea")).status_code == 200
    assert len(slack.called("auth.test")) == 2
    assert len(bot.posts) == 3


async def test_settings_of_another_app_do_not_turn_bolt_to_oauth(
    bot: Bot, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "other")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-other")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "other")
    workspace = Workspace(bot, slack)
    assert (await workspace.says("An idea")).status_code == 200
    assert len(bot.posts) == 1


async def test_events_that_slack_left_out_are_caught_up(workspace: Workspace, bot: Bot) -> None:
    body = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1780000100, "api_app_id": "A1"}
    assert (await workspace.json(body)).status_code == 200
    assert bot.caught_up == 1
    assert (await workspace.says("app_rate_limited")).status_code == 200
    assert (await workspace.command("idea app_rate_limited")).status_code == 200
    assert (bot.caught_up, len(bot.posts), len(bot.commands)) == (1, 1, 1)


async def test_slack_is_told_that_the_address_is_ours(workspace: Workspace) -> None:
    answer = await workspace.json({"type": "url_verification", "challenge": "abc"})
    assert (answer.status_code, "abc" in answer.text) == (200, True)
