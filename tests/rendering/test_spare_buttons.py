"""Buttons for platforms with forms: Slack and Teams show them, elsewhere the words around them are enough."""

from __future__ import annotations

import json

from cop_bot.domain.message import Button, Buttons, Message, Paragraph, Words, from_json, to_json
from cop_bot.platforms.slack.render import blocks, plain
from cop_bot.platforms.teams.render import card
from cop_bot.rendering.markdown import as_markdown
from cop_bot.rendering.text import as_text

WELCOME = Paragraph((Words("Welcome"),))
SPARE = Buttons(
    (Button("Contribute", "idea", "primary", asks=True), Button("Stop reminders", "settings off")), spare=True
)
OPENING = Message((WELCOME, SPARE))


def test_slack_has_both() -> None:
    row = blocks(OPENING, "key")[1]
    assert [one["value"] for one in row["elements"]] == ["idea", "settings off"]


def test_text_and_files_are_as_if_they_were_not_there() -> None:
    bare = Message((WELCOME,))
    assert (plain(OPENING), as_text(OPENING), as_markdown(OPENING)) == (plain(bare), as_text(bare), as_markdown(bare))


def test_in_teams_one_opens_the_form_and_the_others_are_commands() -> None:
    (row,) = [element for element in card(OPENING, "key")["body"] if element["type"] == "ActionSet"]
    form, stop = row["actions"]
    assert (form["type"], form["data"]) == ("Action.Submit", {"msteams": {"type": "task/fetch"}, "command": "idea"})
    assert (stop["type"], stop["data"]) == ("Action.Execute", {"command": "settings off", "notice": True})


def test_in_teams_an_answers_buttons_make_room_for_what_they_lead_to() -> None:
    answer = card(Message((Buttons((Button("Yes", "withdraw #1 yes"),)),)))
    assert answer["body"][0]["actions"][0]["data"] == {"command": "withdraw #1 yes"}


def test_a_notice_that_was_stored_before_there_were_spare_buttons_can_be_read() -> None:
    stored = json.loads(json.dumps(to_json(Message((Buttons((Button("Yes", "help"),)),)))))
    del stored["blocks"][0]["spare"], stored["blocks"][0]["buttons"][0]["asks"]
    assert from_json(stored) == Message((Buttons((Button("Yes", "help"),)),))
    assert from_json(json.loads(json.dumps(to_json(OPENING)))) == OPENING
