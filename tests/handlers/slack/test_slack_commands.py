"""Commands: typed after `/cop`, after a mention, or to the bot alone."""

from __future__ import annotations

import pytest
from fakes.bot import Bot
from fakes.fake_slack import BOT, FakeSlack
from fakes.slack_requests import TS, Workspace

from cop_bot.domain.message import Message, Paragraph, Words
from cop_bot.domain.mistakes import SessionIsNotOpen
from handlers.gesture import Gesture


async def test_a_slash_command_is_answered_privately_in_the_same_breath(workspace: Workspace, bot: Bot) -> None:
    answer = await workspace.command("status")
    assert bot.commands == [(Gesture("slack", "U1", place="C1", delivery="1.2"), "status")]
    body = answer.json()
    assert (body["response_type"], body["text"], len(body["blocks"])) == ("ephemeral", "Done.", 1)


async def test_a_slash_command_in_a_direct_conversation_has_no_place(workspace: Workspace, bot: Bot) -> None:
    await workspace.command("status", channel_id="D1")
    assert bot.commands[0][0].place is None


async def test_people_in_a_command_keep_their_ids(workspace: Workspace, bot: Bot) -> None:
    await workspace.command("facilitators add <@U2|amina>")
    await workspace.command("idea R&amp;D &lt;now&gt;")
    assert [text for _, text in bot.commands] == ["facilitators add <@U2|amina>", "idea R&D <now>"]


async def test_a_long_answer_comes_in_parts(workspace: Workspace, bot: Bot, slack: FakeSlack) -> None:
    bot.reply = Message(tuple(Paragraph((Words("word " * 1_000),)) for _ in range(5)))
    answer = await workspace.command("find word")
    assert (answer.status_code, answer.text) == (200, "")
    assert [part["blocks"][0]["type"] for part in slack.private] == ["rich_text", "context", "context"]
    assert {part["response_type"] for part in slack.private} == {"ephemeral"}


async def test_a_mistake_is_answered_with_its_own_sentence(workspace: Workspace, bot: Bot) -> None:
    bot.failure = SessionIsNotOpen()
    assert (await workspace.command("session close")).json()["text"] == "This session is not open."


async def test_a_failure_is_one_apology_with_a_reference_that_the_log_knows(
    workspace: Workspace, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.failure = RuntimeError("token xoxb-1 and my words")
    text = (await workspace.command("idea my words")).json()["text"]
    reference = text.removeprefix("Sorry, ")
    assert reference != text
    assert reference in caplog.text
    assert "my words" not in caplog.text
    assert "xoxb" not in caplog.text


async def test_a_mention_is_a_command_and_answered_for_its_author_alone(
    workspace: Workspace, bot: Bot, slack: FakeSlack
) -> None:
    await workspace.mentions("withdraw", thread_ts="1780000000.000100")
    assert bot.commands == [(Gesture("slack", "U1", "C1", "1780000000.000100", TS), "withdraw")]
    (said,) = slack.called("chat.postEphemeral")
    assert (said["channel"], said["user"], said["thread_ts"]) == ("C1", "U1", "1780000000.000100")
    assert slack.called("chat.postMessage") == []


@pytest.mark.parametrize("more", [{"text": f"Thanks <@{BOT}>!"}, {"bot_id": "B9"}, {"edited": {"ts": "1.2"}}])
async def test_a_mention_in_passing_by_a_bot_or_by_an_edit_asks_for_nothing(
    more: dict[str, object], workspace: Workspace, bot: Bot
) -> None:
    assert (await workspace.mentions("status", **more)).status_code == 200
    assert bot.commands == []


async def test_a_message_to_the_bot_alone_is_a_command(workspace: Workspace, bot: Bot, slack: FakeSlack) -> None:
    for text in ("settings off", f"<@{BOT}> settings off"):
        await workspace.says(text, channel="D1", channel_type="im")
    assert bot.commands == [(Gesture("slack", "U1", message=TS), "settings off")] * 2
    assert bot.posts == []
    assert {said["channel"] for said in slack.called("chat.postMessage")} == {"D1"}


@pytest.mark.parametrize("more", [{"bot_id": "B9"}, {"subtype": "message_changed"}, {"subtype": "message_deleted"}])
async def test_edits_in_a_direct_conversation_command_nothing(
    more: dict[str, str], workspace: Workspace, bot: Bot
) -> None:
    assert (await workspace.says("settings forget yes", channel="D1", channel_type="im", **more)).status_code == 200
    assert bot.commands == []


async def test_a_command_delivered_again_is_answered_with_silence(
    workspace: Workspace, bot: Bot, slack: FakeSlack
) -> None:
    bot.reply = Message(())
    assert (await workspace.mentions("status")).status_code == 200
    assert (await workspace.says("status", channel="D1", channel_type="im")).status_code == 200
    assert [name for name, _ in slack.calls if name.startswith("chat.")] == []


async def test_an_answer_that_slack_does_not_take_does_not_repeat_the_command(
    workspace: Workspace, bot: Bot, slack: FakeSlack
) -> None:
    slack.fail("chat.postEphemeral", "user_not_in_channel")
    assert (await workspace.mentions("session close")).status_code == 200
    assert len(bot.commands) == 1


async def test_a_button_does_what_its_command_says_and_takes_its_question_away(
    workspace: Workspace, bot: Bot, slack: FakeSlack
) -> None:
    answer = await workspace.presses("settings forget yes", "cop:answer:1.0", thread_ts="1780000000.000100")
    assert answer.status_code == 200
    assert bot.commands == [(Gesture("slack", "U1", "C1", "1780000000.000100"), "settings forget yes")]
    (said,) = slack.private
    assert (said["replace_original"], said["text"]) == (True, "Done.")


async def test_a_button_in_a_notice_leaves_the_notice_to_the_others(workspace: Workspace, slack: FakeSlack) -> None:
    await workspace.presses("settings pause 14d", "cop:notice:1.0", channel_id="D1")
    (said,) = slack.private
    assert (said["replace_original"], said["response_type"]) == (False, "ephemeral")


@pytest.mark.parametrize("action_id", ["cop:answer:1.0", "cop:notice:1.0"])
async def test_a_failure_behind_a_button_is_told_too(
    action_id: str, workspace: Workspace, bot: Bot, slack: FakeSlack
) -> None:
    bot.failure = SessionIsNotOpen()
    assert (await workspace.presses("session close yes", action_id)).status_code == 200
    assert slack.private[0]["text"] == "This session is not open."
