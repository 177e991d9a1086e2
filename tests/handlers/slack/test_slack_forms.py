"""Modals: opened by a button, by a command that lacks its words, or by a shortcut on a message; what is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fakes.bot import Bot, message
from fakes.fake_slack import BOT, FakeSlack
from fakes.slack_requests import TS, Workspace

from cop_bot.domain.form import Choice, Form, Text
from cop_bot.domain.message import Button, Buttons, Message, Paragraph, Words
from cop_bot.platforms.slack.modal import Origin, filled_in, modal, told
from cop_bot.texts.forms import contributing
from handlers.gesture import Gesture
from handlers.slack.forms import FEEDBACK, KEEP

POSTED: dict[str, Any] = {"type": "message", "user": "U2", "text": "Partners could chair", "ts": TS}


async def test_a_button_that_lacks_its_words_opens_a_form(workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    assert (await workspace.presses("idea", "cop:notice:1.0")).status_code == 200
    (view,) = slack.views
    assert (view["title"]["text"], view["submit"]["text"], view["close"]["text"]) == ("Contribute", "Send", "Cancel")
    assert [block.get("block_id") for block in view["blocks"]] == ["kind", "text"]
    assert bot.asked == [(Gesture("slack", "U1", "C1"), "idea")]
    assert slack.private == []


async def test_a_command_that_lacks_its_words_opens_one_too(workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    answer = await workspace.command("lesson")
    assert (answer.status_code, answer.text) == (200, "")
    kind = slack.views[0]["blocks"][0]["element"]
    assert (kind["type"], kind["initial_option"]["value"]) == ("radio_buttons", "v:lesson")
    assert bot.commands == []


@pytest.mark.parametrize("text", ["idea Share the chair", "status", "", "help idea"])
async def test_what_says_it_all_is_obeyed(text: str, workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    bot.closed = None
    await workspace.command(text)
    assert slack.views == []
    assert [command for _, command in bot.commands] == [text]


async def test_where_nothing_is_open_no_form_asks_for_words(workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    bot.closed = message("No session is open here now.")
    assert (await workspace.command("idea")).json()["text"] == "No session is open here now."
    await workspace.presses("idea", "cop:notice:1.0")
    assert slack.views == []
    assert slack.private[0]["text"] == "No session is open here now."


async def test_what_is_filled_in_comes_from_where_the_form_was_asked_for(
    workspace: Workspace, slack: FakeSlack, bot: Bot
) -> None:
    await workspace.presses("idea", "cop:notice:1.0")
    answer = (await workspace.sends(slack.views[0], {"kind": "ask", "text": "Who\ndecides?"})).json()
    ((gesture, command, values),) = bot.filled_in
    assert (gesture.person, gesture.place, gesture.delivery, command) == ("U1", "C1", "V1/h1", "idea")
    assert values == {"kind": "ask", "text": "Who\ndecides?"}
    assert answer["response_action"] == "update"
    assert answer["view"]["blocks"][0]["text"]["text"] == "Done."
    assert (answer["view"]["close"]["text"], "submit" in answer["view"]) == ("Close", False)


async def test_words_sent_after_the_close_come_back_with_the_reason(
    workspace: Workspace, slack: FakeSlack, bot: Bot
) -> None:
    await workspace.presses("idea", "cop:notice:1.0")
    bot.closed = message("No session is open here now.")
    view = (await workspace.sends(slack.views[0], {"kind": "ask", "text": "Who decides?"})).json()["view"]
    reason, kind, words = view["blocks"]
    assert "No session is open" in reason["text"]["text"]
    assert kind["element"]["initial_option"]["value"] == "v:ask"
    assert words["element"]["initial_value"] == "Who decides?"
    again = await workspace.sends(view, {})
    assert again.status_code == 200
    assert bot.filled_in[1][1:] == bot.filled_in[0][1:]


async def test_what_was_sent_before_closes_the_form(workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    await workspace.presses("idea", "cop:notice:1.0")
    bot.reply = Message(())
    answer = await workspace.sends(slack.views[0], {"text": "Once more"})
    assert (answer.status_code, answer.text) == (200, "")


@pytest.mark.parametrize("metadata", ["", "{}", "[]", "nonsense", '{"command": 5}', None])
async def test_a_view_that_is_none_of_ours_is_an_apology(
    metadata: str | None, workspace: Workspace, slack: FakeSlack, bot: Bot
) -> None:
    await workspace.presses("idea", "cop:notice:1.0")
    answer = await workspace.sends(slack.views[0] | {"private_metadata": metadata}, {"text": "my words"})
    assert "Sorry" in json.dumps(answer.json())
    assert bot.filled_in == []


async def test_a_failure_is_an_apology_and_quotes_nobody(
    workspace: Workspace, slack: FakeSlack, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    await workspace.presses("idea", "cop:notice:1.0")
    bot.failure = RuntimeError("my words")
    answer = await workspace.sends(slack.views[0], {"text": "my words"})
    assert "Sorry" in json.dumps(answer.json())
    assert "my words" not in caplog.text


async def test_a_slack_that_opens_no_view_is_an_apology(workspace: Workspace, slack: FakeSlack) -> None:
    slack.fail("views.open", "expired_trigger_id")
    assert (await workspace.command("idea")).json()["text"].startswith("Sorry")


async def test_a_message_that_somebody_points_at_is_handed_over_as_a_post(
    workspace: Workspace, slack: FakeSlack, bot: Bot
) -> None:
    assert (await workspace.points_at(POSTED, KEEP)).status_code == 200
    ((gesture, post),) = bot.kept
    assert (gesture.person, gesture.place, gesture.thread) == ("U1", "C1", None)
    assert (post.place, post.message, post.author, post.text) == ("C1", TS, "U2", "Partners could chair")
    assert (slack.private[0]["text"], slack.private[0]["response_type"]) == ("Done.", "ephemeral")


async def test_a_message_of_the_bots_can_not_be_kept(workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    await workspace.points_at(POSTED | {"user": BOT, "bot_id": "B0BOT"}, KEEP)
    assert bot.kept == []
    assert "member" in slack.private[0]["text"]


async def test_feedback_on_a_message_is_asked_about_that_message(
    workspace: Workspace, slack: FakeSlack, bot: Bot
) -> None:
    await workspace.points_at(POSTED, FEEDBACK)
    assert bot.asked == [(Gesture("slack", "U1", "C1", TS), "feedback")]


LONG = "Wie entscheidet über das Geld, das im nächsten Jahr für die Partnerorganisationen zur Verfügung steht? " * 4


def test_what_is_too_long_for_slack_is_cut_and_nothing_is_refused() -> None:
    lines = tuple((f"{at}. {LONG}", f"1 {at}") for at in range(1, 150))
    form = Form(
        "x", "de", LONG, (Choice("line", LONG, lines, open=True), Text("text", "?", "!", LONG * 10)), LONG, LONG
    )
    view = modal(form, Origin("x", "C1", "1.2"))
    assert max(len(view[part]["text"]) for part in ("title", "submit", "close")) <= 24
    line, words = (block["element"] for block in view["blocks"])
    assert (line["type"], len(line["options"])) == ("static_select", 100)
    assert max(len(one["text"]["text"]) for one in line["options"]) <= 75
    assert len(words["initial_value"]) <= words["max_length"] <= 3_000
    assert Origin.read(view["private_metadata"]) == Origin("x", "C1", "1.2")


@pytest.mark.parametrize("language", ["en", "nl", "da", "fr", "es", "pt", "sw"])
def test_the_title_and_buttons_fit_in_every_language(language: str) -> None:
    view = modal(contributing(language), Origin("idea"))
    assert not any(view[part]["text"].endswith("…") for part in ("title", "submit", "close"))


def test_what_came_of_it_has_nothing_to_press() -> None:
    said = Message((Paragraph((Words("Kept as #3."),)), Buttons((Button("Take it back", "withdraw #3"),))))
    assert [block["type"] for block in told(said, "Contribute", "Close")["blocks"]] == ["section"]


def test_a_field_that_was_left_empty_is_empty() -> None:
    values = {
        "text": {"text": {"type": "plain_text_input", "value": None}},
        "kind": {"kind": {"selected_option": None}},
    }
    assert filled_in({"state": {"values": values}}) == {"text": "", "kind": ""}
