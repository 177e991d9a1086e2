"""The app's home: made anew for whoever opens it, and after each press there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fakes.bot import Bot, message
from fakes.fake_slack import FakeSlack
from fakes.slack_requests import Workspace

from cop_bot.domain.message import Button, Buttons, Message, Paragraph, Words
from cop_bot.platforms.slack.modal import home
from handlers.gesture import Gesture


async def test_who_opens_the_bot_finds_a_home(workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    await workspace.event(type="app_home_opened", user="U1", channel="D1", tab="home")
    assert bot.commands == [(Gesture("slack", "U1"), "home")]
    assert slack.homes["U1"]["blocks"][0]["text"]["text"] == "Done."


@pytest.mark.parametrize("more", [{"tab": "messages"}, {"tab": "home", "user": None}, {}])
async def test_the_other_tab_needs_nothing(more: dict[str, Any], workspace: Workspace, slack: FakeSlack) -> None:
    assert (await workspace.event(type="app_home_opened", **{"user": "U1"} | more)).status_code == 200
    assert slack.homes == {}


async def test_a_press_there_is_answered_above_it_and_the_home_is_made_anew(
    workspace: Workspace, slack: FakeSlack, bot: Bot
) -> None:
    await workspace.presses("settings off", "cop:answer:1.0", view={"type": "home"})
    assert [text for _, text in bot.commands] == ["settings off", "home"]
    (view,) = slack.views
    assert view["blocks"][0]["text"]["text"] == "Done."
    assert "U1" in slack.homes
    assert slack.private == []


async def test_a_form_opens_from_there_too(workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    await workspace.presses("idea", "cop:answer:1.0", view={"type": "home"})
    assert slack.views[0]["callback_id"] == "cop:form"
    assert bot.asked[0][0].place is None


async def test_why_there_is_no_form_is_said_above_it(workspace: Workspace, slack: FakeSlack, bot: Bot) -> None:
    bot.closed = message("No session is open here now.")
    await workspace.presses("idea", "cop:answer:1.0", view={"type": "home"})
    assert "No session is open" in json.dumps(slack.views[0]["blocks"])


@pytest.mark.parametrize("method", ["views.open", "views.publish"])
async def test_a_home_that_can_not_be_shown_breaks_nothing(method: str, workspace: Workspace, slack: FakeSlack) -> None:
    slack.fail(method, "not_enabled")
    pressed = await workspace.presses("settings off", "cop:answer:1.0", view={"type": "home"})
    assert pressed.status_code == 200


def test_a_home_has_no_more_blocks_than_slack_takes() -> None:
    long = Message(tuple(Paragraph((Words(f"Line {n}"),)) for n in range(200)))
    assert len(home(long)["blocks"]) == 100
    shown = home(Message((Buttons((Button("Contribute", "idea", asks=True),), spare=True),)))
    assert shown["blocks"][0]["elements"][0]["value"] == "idea"
