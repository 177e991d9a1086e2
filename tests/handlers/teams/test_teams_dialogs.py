"""The form on the opening card and in the compose box, and "Add to CoP session" on any message."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.bot import Bot, message
from fakes.teams_requests import FIRST, Tenant
from fakes.teams_service import BRAM, PLACE, TeamsService

from handlers.teams.dialogs import CONTRIBUTE, KEEP

PAYLOAD = {
    "id": str(FIRST),
    "createdDateTime": "2026-05-28T20:26:40.000Z",
    "from": {"user": {"userIdentityType": "aadUser", "id": BRAM, "displayName": "Bram"}},
    "body": {"contentType": "html", "content": "<p>Partners could <b>chair</b> the meeting</p>"},
}


def form(answer: Any) -> dict[str, Any]:
    task = answer.json()["task"]
    assert task["type"] == "continue"
    card: dict[str, Any] = task["value"]["card"]["content"]
    return {field["id"]: field for field in card["body"]} | {"title": task["value"]["title"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task/fetch", {"data": {"msteams": {"type": "task/fetch"}}, "context": {"theme": "default"}}),
        ("composeExtension/fetchTask", {"commandId": CONTRIBUTE, "commandContext": "compose"}),
    ],
)
async def test_a_form_asks_what_it_is_and_what_is_said(name: str, value: dict[str, Any], tenant: Tenant) -> None:
    fields = form(await tenant.sends(tenant.invoke(name, value)))
    assert [choice["value"] for choice in fields["kind"]["choices"]] == ["idea", "ask", "resource", "lesson"]
    assert (fields["kind"]["value"], fields["text"]["isRequired"], fields["title"]) == ("idea", True, "Contribute")


async def test_a_form_speaks_the_language_of_its_reader(tenant: Tenant) -> None:
    asked = tenant.invoke("task/fetch", {"data": {}}, locale="nl-NL")
    assert form(await tenant.sends(asked))["title"] == "Bijdragen"


@pytest.mark.parametrize("name", ["task/submit", "composeExtension/submitAction"])
async def test_what_is_filled_in_is_handed_over_and_others_can_not_read_it(name: str, tenant: Tenant, bot: Bot) -> None:
    value = {"commandId": CONTRIBUTE, "commandContext": "compose", "data": {"kind": "ask", "text": "Who\ndecides?"}}
    answer = await tenant.sends(tenant.invoke(name, value))
    gesture, command, filled_in = bot.filled_in[0]
    assert (command, gesture.place, gesture.message) == ("idea", PLACE, None)
    assert filled_in == {"kind": "ask", "text": "Who\ndecides?"}
    assert answer.json() == {"task": {"type": "message", "value": "Done."}}


@pytest.mark.parametrize("filled_in", [{}, {"kind": "session close yes", "text": "now"}, {"kind": 5, "text": ["a"]}])
async def test_a_form_gives_no_other_command(filled_in: dict[str, Any], tenant: Tenant, bot: Bot) -> None:
    assert (await tenant.sends(tenant.invoke("task/submit", {"data": filled_in}))).status_code == 200
    assert bot.filled_in[0][1] == "idea"
    assert bot.commands == []


async def test_a_button_says_which_form_it_opens(tenant: Tenant, bot: Bot) -> None:
    data = {"msteams": {"type": "task/fetch"}, "command": "lesson"}
    fields = form(await tenant.sends(tenant.invoke("task/fetch", {"data": data})))
    assert (bot.asked[0][1], fields["kind"]["value"]) == ("lesson", "lesson")


async def test_a_button_without_a_form_is_obeyed(tenant: Tenant, bot: Bot) -> None:
    answer = await tenant.sends(tenant.invoke("task/fetch", {"data": {"command": "agenda"}}))
    assert bot.commands[0][1] == "agenda"
    assert answer.json()["task"] == {"type": "message", "value": "Done."}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task/fetch", {"data": {}}),
        ("composeExtension/fetchTask", {"commandId": CONTRIBUTE, "commandContext": "compose"}),
    ],
)
async def test_where_nothing_is_open_no_form_asks_for_words(
    name: str, value: dict[str, Any], tenant: Tenant, bot: Bot
) -> None:
    bot.closed = message("No session is open here now.")
    answer = await tenant.sends(tenant.invoke(name, value))
    assert answer.json() == {"task": {"type": "message", "value": "No session is open here now."}}


async def test_words_sent_after_the_close_come_back_in_the_form_with_the_reason(tenant: Tenant, bot: Bot) -> None:
    bot.closed = message("No session is open here now.")
    filled_in = {"data": {"kind": "ask", "text": "Who decides?"}}
    task = (await tenant.sends(tenant.invoke("task/submit", filled_in))).json()["task"]
    first, which, what = task["value"]["card"]["content"]["body"]
    assert "No session is open" in str(first)
    assert (which["value"], what["value"]) == ("ask", "Who decides?")
    assert bot.commands == []


def pointing(payload: dict[str, Any]) -> dict[str, Any]:
    return {"commandId": KEEP, "commandContext": "message", "messagePayload": payload}


async def test_a_message_that_somebody_points_at_is_handed_over_as_a_post(tenant: Tenant, bot: Bot) -> None:
    answer = await tenant.sends(tenant.invoke("composeExtension/fetchTask", pointing(PAYLOAD)))
    assert answer.json() == {"task": {"type": "message", "value": "Done."}}
    ((_, post),) = bot.kept
    assert (post.place, post.message, post.author) == (PLACE, str(FIRST), BRAM)
    assert post.text == "Partners could chair the meeting"


async def test_a_message_of_nobodys_can_not_be_kept(tenant: Tenant, bot: Bot) -> None:
    payload = PAYLOAD | {"from": {"application": {"id": "x", "displayName": "A bot"}}}
    answer = await tenant.sends(tenant.invoke("composeExtension/fetchTask", pointing(payload)))
    assert "member" in answer.json()["task"]["value"]
    assert bot.kept == []


async def test_a_failure_is_an_apology(tenant: Tenant, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    bot.failure = RuntimeError("my words")
    answer = await tenant.sends(tenant.invoke("composeExtension/fetchTask", pointing(PAYLOAD)))
    assert answer.json()["task"]["value"].startswith("Sorry")
    assert "my words" not in caplog.text


async def test_nothing_is_said_elsewhere(tenant: Tenant, service: TeamsService) -> None:
    await tenant.sends(tenant.invoke("task/submit", {"data": {"kind": "idea", "text": "An idea"}}))
    assert service.sent == []
