"""Port `Chat` over Microsoft Teams, against a service and a Graph that answer like Microsoft's and fail like them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chat_promises import ChatPromises, Town
from fakes.fake_teams import fake_teams
from fakes.teams_tenant import APP, CHANNEL, GROUP, TENANT, Tenant

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.message import Button, Buttons, Command, Heading, Link, Message, Paragraph, Words
from cop_bot.domain.post import Change
from cop_bot.platforms.teams.chat import TeamsChat
from cop_bot.platforms.teams.identity import TeamsIdentity
from cop_bot.ports import Later, Posted, Ref, Refused, Shut, To, Unknown

KEY = "a1b2/session/1/opening"
OPENING = Message((Heading("Theme 1"), Paragraph((Words("Welcome "), Link("https://example.org", "guide")))))
PLACE = f"{GROUP}/{CHANNEL}"
HERE = To(place=PLACE)
SINCE = datetime.fromtimestamp(1_780_000_000, UTC)


@pytest.fixture
async def teams() -> AsyncIterator[Tenant]:
    async with fake_teams() as tenant:
        tenant.add_team(owner="olga")
        tenant.add_channel("cop-power")
        tenant.join("amina")
        yield tenant
        assert tenant.violations == []


@pytest.fixture
async def chat(teams: Tenant) -> AsyncIterator[TeamsChat]:
    async with open_chat(teams) as opened:
        await opened.place(PLACE)
        teams.calls.clear()
        yield opened


def open_chat(teams: Tenant) -> TeamsChat:
    identity = TeamsIdentity(APP, None, TENANT, "a.fixed.token")
    return TeamsChat(identity, service_url=teams.service_url, graph_url=teams.graph_url, timeout=1)


class TestTeamsKeepsThePromises(ChatPromises):
    """What every platform promises."""

    @pytest.fixture
    def town(self, chat: TeamsChat) -> Town:
        return Town(chat, PLACE, "amina", SINCE)


async def test_what_is_posted_is_a_card_with_its_key_and_a_line_for_notifications(
    chat: TeamsChat, teams: Tenant
) -> None:
    outcome = await chat.post(HERE, OPENING, KEY)
    (message,) = teams.messages[CHANNEL]
    assert outcome == Posted(Ref(PLACE, message["id"]))
    (card,) = teams.ours()
    assert card["body"][0]["id"] == KEY
    (sent,) = teams.called("post")
    assert "text" not in sent
    assert sent["summary"] == "Theme 1 · Welcome guide"


async def test_a_reply_goes_into_its_thread(chat: TeamsChat, teams: Tenant) -> None:
    root = teams.says("amina", "<p>An idea</p>")["id"]
    posted = await chat.post(To(place=PLACE, thread=root), OPENING, KEY)
    assert isinstance(posted, Posted)
    assert teams.messages[CHANNEL][-1]["replyToId"] == root
    assert await chat.find(To(place=PLACE, thread=root), KEY, SINCE) == posted.ref


@pytest.mark.parametrize("kind", ["before", "html", "500", "502", "412"])
async def test_an_answer_that_says_nothing_certain_leaves_it_unknown(kind: str, chat: TeamsChat, teams: Tenant) -> None:
    teams.fail("post", kind)
    assert isinstance(await chat.post(HERE, OPENING, KEY), Unknown)
    assert len(teams.called("post")) == 1
    assert await chat.find(HERE, KEY, SINCE) is None


@pytest.mark.parametrize("kind", ["after", "drop", "hang"])
async def test_a_message_that_was_taken_without_an_answer_is_found_and_never_repeated(
    kind: str, chat: TeamsChat, teams: Tenant
) -> None:
    teams.fail("post", kind)
    assert isinstance(await chat.post(HERE, OPENING, KEY), Unknown)
    for number in range(8):
        teams.says("amina", f"<p>Idea {number}</p>")
    assert await chat.find(HERE, KEY, SINCE) == Ref(PLACE, teams.messages[CHANNEL][0]["id"])
    assert await chat.find(HERE, KEY.removesuffix("ing"), SINCE) is None
    assert len(teams.called("post")) == 1


async def test_nobody_can_plant_our_key(chat: TeamsChat, teams: Tenant) -> None:
    await chat.post(HERE, OPENING, KEY)
    (ours,) = teams.messages[CHANNEL]
    ours["from"] = {"user": {"id": "mallory"}}
    assert await chat.find(HERE, KEY, SINCE) is None


@pytest.mark.parametrize(
    ("header", "wait"), [("7", 7), (None, 30), ("soon", 30), ("Mon, 23 Nov 2020 08:00:00 GMT", 0), ("999999", 3_600)]
)
async def test_a_limit_says_when_to_come_back(header: str | None, wait: int, chat: TeamsChat, teams: Tenant) -> None:
    teams.fail("post", "limited", retry_after=header)
    assert await chat.post(HERE, OPENING, KEY) == Later(timedelta(seconds=wait), "TooManyRequests")


@pytest.mark.parametrize(("status", "error"), [("403", "BotDisabledByAdmin"), ("404", "ConversationNotFound")])
async def test_a_place_that_is_not_open_to_us_keeps_the_words_waiting(
    status: str, error: str, chat: TeamsChat, teams: Tenant
) -> None:
    teams.fail("post", status, code=error)
    assert await chat.post(HERE, OPENING, KEY) == Shut(error)


async def test_a_definite_refusal_is_one(chat: TeamsChat, teams: Tenant) -> None:
    teams.fail("post", "400", code="BadSyntax")
    assert await chat.post(HERE, OPENING, KEY) == Refused("BadSyntax")


async def test_what_the_operator_has_to_mend_delays_the_words_and_loses_none(chat: TeamsChat, teams: Tenant) -> None:
    teams.fail("post", "401", code="Unauthorized")
    assert await chat.post(HERE, OPENING, KEY) == Later(timedelta(minutes=5), "Unauthorized")


async def test_without_a_token_nothing_was_said(teams: Tenant) -> None:
    identity = TeamsIdentity(APP, None, TENANT)
    async with TeamsChat(identity, service_url=teams.service_url, graph_url=teams.graph_url) as unknown:
        assert isinstance(await unknown.post(HERE, OPENING, KEY), Later)
        with pytest.raises(ChatUnavailable, match="there is no client secret"):
            await unknown.find(HERE, KEY, SINCE)
    assert teams.calls == []


async def test_without_a_connection_nothing_was_said() -> None:
    nowhere = "http://127.0.0.1:9"
    identity = TeamsIdentity(APP, None, TENANT, "a.fixed.token")
    async with TeamsChat(identity, service_url=nowhere, graph_url=nowhere) as cut_off:
        assert isinstance(await cut_off.post(HERE, OPENING, KEY), Later)
        with pytest.raises(ChatUnavailable):
            await cut_off.find(HERE, KEY, SINCE)


async def test_a_search_that_fails_is_no_finding(chat: TeamsChat, teams: Tenant) -> None:
    teams.fail("delta", "500", code="InternalServerError")
    with pytest.raises(ChatUnavailable, match="InternalServerError"):
        await chat.find(HERE, KEY, SINCE)


async def test_an_update_replaces_the_words_and_can_be_repeated(chat: TeamsChat, teams: Tenant) -> None:
    posted = await chat.post(HERE, OPENING, KEY)
    assert isinstance(posted, Posted)
    other = Message((Paragraph((Words("Other words"),)),))
    for _ in range(2):
        assert await chat.update(posted.ref, other, KEY) == posted
    (card,) = teams.ours()
    assert card["fallbackText"] == "Other words"
    assert await chat.find(HERE, KEY, SINCE) == posted.ref


async def test_the_quiet_mark_can_be_put_and_taken_away_twice(chat: TeamsChat, teams: Tenant) -> None:
    ref = Ref(PLACE, teams.says("amina", "<p>An idea</p>")["id"])
    for marked, marks in ((True, ["1f331_seedling"]), (False, [])):
        for _ in range(2):
            assert await chat.react(ref, marked) == Posted(ref)
        assert teams.messages[CHANNEL][0]["marks"] == marks
    assert await chat.react(Ref(PLACE, "1.000001"), True) == Refused("ActivityNotFoundInConversation")


async def test_in_the_direct_conversation_commands_are_told_without_our_name(chat: TeamsChat, teams: Tenant) -> None:
    message = Message((Paragraph((Command("settings off"),)),))
    posted = await chat.post(To(person="amina"), message, KEY)
    assert isinstance(posted, Posted)
    await chat.update(posted.ref, message, KEY)
    await chat.post(HERE, message, "in the channel")
    said = [body["attachments"][0]["content"]["fallbackText"] for _, body in teams.calls if body.get("attachments")]
    assert said == ["settings off", "settings off", "@CoP Bot settings off"]


async def test_one_person_is_told_in_the_direct_conversation_which_is_opened_once(
    chat: TeamsChat, teams: Tenant
) -> None:
    for key in ("one", "two"):
        assert isinstance(await chat.post(To(person="amina"), OPENING, key), Posted)
    assert len(teams.messages["a:amina"]) == 2
    assert len(teams.called("open")) == 1


REMINDER = Message(
    (
        Paragraph((Words("Theme 1", bold=True), Words(" is open until Sunday. " + "word " * 40))),
        Buttons((Button("Pause", "settings pause 14d"),)),
    )
)


async def test_who_does_not_have_the_app_finds_the_reminder_in_the_activity_feed(
    chat: TeamsChat, teams: Tenant
) -> None:
    teams.join("bram", app=False)
    posted = await chat.post(To(person="bram"), REMINDER, KEY)
    assert isinstance(posted, Posted)
    ((person, body),) = teams.notified
    assert person == "bram"
    assert body["activityType"] == "systemDefault"
    assert body["templateParameters"][0]["value"].startswith("Theme 1 is open until Sunday.")
    assert len(body["previewText"]["content"]) == 150
    assert await chat.find(To(person="bram"), KEY, SINCE) == posted.ref
    assert await chat.update(posted.ref, REMINDER, KEY) == posted
    assert len(teams.notified) == 1


async def test_who_took_the_app_away_meanwhile_is_told_in_the_feed_too(chat: TeamsChat, teams: Tenant) -> None:
    await chat.post(To(person="amina"), REMINDER, "one")
    teams.has_app.discard("amina")
    assert isinstance(await chat.post(To(person="amina"), REMINDER, "two"), Posted)
    assert [person for person, _ in teams.notified] == ["amina"]


async def test_somebody_whom_nothing_reaches_is_a_refusal(chat: TeamsChat, teams: Tenant) -> None:
    assert await chat.post(To(person="nobody"), OPENING, KEY) == Refused("BotNotInstalledForUser")
    teams.join("bram", app=False)
    await chat.members(PLACE)
    teams.fail("notify", "403", code="Forbidden")
    assert isinstance(await chat.post(To(person="bram"), OPENING, KEY), Refused)


@pytest.mark.parametrize(("kind", "wait"), [("limited", 7), ("after", 30), ("before", 30)])
async def test_the_feed_is_told_again_with_one_call_an_attempt_and_shows_it_once(
    kind: str, wait: int, chat: TeamsChat, teams: Tenant
) -> None:
    teams.join("bram", app=False)
    teams.fail("notify", kind)
    outcome = await chat.post(To(person="bram"), OPENING, KEY)
    assert isinstance(outcome, Later)
    assert outcome.wait == timedelta(seconds=wait)
    assert len(teams.called("notify")) == 1
    assert isinstance(await chat.post(To(person="bram"), OPENING, KEY), Posted)
    assert len(teams.notified) == 1


@pytest.mark.parametrize("kind", ["after", "before"])
async def test_what_may_stand_in_a_direct_conversation_is_followed_up_in_the_feed_and_never_said_there_again(
    kind: str, chat: TeamsChat, teams: Tenant
) -> None:
    teams.fail("post", kind)
    assert isinstance(await chat.post(To(person="amina"), OPENING, KEY), Unknown)
    assert await chat.find(To(person="amina"), KEY, SINCE) is None
    assert isinstance(await chat.post(To(person="amina"), OPENING, KEY), Posted)
    assert len(teams.called("post")) == 1
    assert len(teams.notified) == 1


async def test_a_conversation_that_may_not_have_opened_is_tried_again(chat: TeamsChat, teams: Tenant) -> None:
    teams.fail("open", "after")
    assert isinstance(await chat.post(To(person="amina"), OPENING, KEY), Later)
    assert teams.messages["a:amina"] == []
    assert isinstance(await chat.post(To(person="amina"), OPENING, KEY), Posted)


async def test_people_have_names_and_owners_are_administrators(chat: TeamsChat, teams: Tenant) -> None:
    for number in range(7):
        teams.join(f"member{number}")
    amina, olga = await chat.person("amina"), await chat.person("olga")
    assert amina is not None
    assert olga is not None
    assert (amina.name, amina.is_person, amina.is_admin, olga.is_admin) == ("Amina", True, False, True)
    assert await chat.person("29:amina") == amina
    assert await chat.person("nobody") is None
    assert await chat.person_by_email("Amina@example.org") == amina
    assert len(await chat.members(PLACE)) == 9


@pytest.mark.parametrize("name", [PLACE, "#Shifting the power/cop-power", "#cop-power"])
async def test_a_place_is_found_by_id_and_by_name(name: str, chat: TeamsChat, teams: Tenant) -> None:
    for number in range(5):
        teams.add_channel(f"other-{number}", f"19:other{number}@thread.tacv2")
    found = await chat.place(name)
    assert found is not None
    assert (found.platform_id, found.name, found.bot_is_in) == (PLACE, "cop-power", True)


@pytest.mark.parametrize("more", [{"membershipType": "private"}, {"membershipType": "shared"}, {"isArchived": True}])
async def test_a_channel_where_the_bot_can_not_work_is_found_and_not_used(
    more: dict[str, Any], chat: TeamsChat, teams: Tenant
) -> None:
    place = teams.add_channel("closed", "19:closed@thread.tacv2", **more)
    found = await chat.place(place)
    assert found is not None
    assert not found.bot_is_in


async def test_a_team_without_the_app_is_known_by_its_id(chat: TeamsChat, teams: Tenant) -> None:
    teams.fail("channel", "403")
    found = await chat.place(PLACE)
    assert found is not None
    assert (found.platform_id, found.bot_is_in) == (PLACE, False)


async def test_a_name_that_several_teams_use_names_no_place(chat: TeamsChat, teams: Tenant) -> None:
    other = "0f1e2d3c-0000-4000-8000-000000000002"
    teams.add_team(other, "Another team")
    teams.add_channel("cop-power", "19:other@thread.tacv2", other)
    assert await chat.place(f"{other}/19:other@thread.tacv2") is not None
    assert await chat.place("#cop-power") is None
    assert await chat.place("#Another team/cop-power") is not None


async def test_a_team_that_the_bot_has_left_hides_no_other(chat: TeamsChat, teams: Tenant) -> None:
    other = "0f1e2d3c-0000-4000-8000-000000000000"
    teams.add_team(other, "Left")
    await chat.members(teams.add_channel("cop-power", "19:left@thread.tacv2", other))
    teams.fail("channels", "403")
    found = await chat.place("#cop-power")
    assert found is not None
    assert found.platform_id == PLACE


async def test_a_message_has_a_lasting_address_and_so_has_a_reply(chat: TeamsChat, teams: Tenant) -> None:
    root = teams.says("amina", "<p>An idea</p>")
    reply = teams.says("olga", "<p>Feedback</p>", root=root["id"])
    for message in (root, reply):
        assert await chat.permalink(Ref(PLACE, message["id"])) == message["webUrl"]
    assert await chat.permalink(Ref(PLACE, "1.000001")) is None
    assert await chat.permalink(Ref("a:amina", "1")) is None


async def history(chat: TeamsChat, after: datetime) -> list[tuple[str, Change]]:
    return [(post.text, post.change) async for post in chat.history(PLACE, after)]


async def test_history_brings_what_was_missed_once_and_in_order(chat: TeamsChat, teams: Tenant) -> None:
    old = teams.says("amina", "<p>old root</p>")
    teams.says("amina", "<p>old reply</p>", root=old["id"])
    edited, gone = teams.says("amina", "<p>draft</p>"), teams.says("amina", "<p>by mistake</p>")
    for number in range(8):
        teams.says("amina", f"<p>old idea {number}</p>")
    teams.now += timedelta(minutes=1)
    after = teams.now
    teams.says("amina", "<p>new root</p>")
    teams.says("olga", "<p>late reply</p>", root=old["id"])
    teams.put(CHANNEL, {"application": {"id": APP}}, "<p>our own</p>")
    ours = [{"id": 0, "mentionText": "CoP Bot", "mentioned": {"application": {"id": APP}}}]
    teams.says("amina", '<p><at id="0">CoP Bot</at> status</p>', mentions=ours)
    teams.says("amina", "<p></p>", messageType="systemEventMessage")
    teams.edit(edited, "<p>was edited meanwhile</p>")
    teams.delete(gone)
    teams.says("amina", "<p>last</p>")
    assert await history(chat, after) == [
        ("was edited meanwhile", Change.EDITED),
        ("", Change.DELETED),
        ("new root", Change.NEW),
        ("late reply", Change.NEW),
        ("last", Change.NEW),
    ]


async def test_a_reading_that_lost_its_place_begins_again(chat: TeamsChat, teams: Tenant) -> None:
    for number in range(7):
        teams.says("amina", f"<p>Idea {number}</p>")
    teams.page = 2
    posts = chat.history(PLACE, SINCE)
    teams.fail("delta", "410", code="syncStateNotFound")
    assert len([post async for post in posts]) == 7
    teams.fail("delta", "410")
    teams.fail("delta", "410")
    with pytest.raises(ChatUnavailable):
        await history(chat, SINCE)


async def test_history_waits_when_graph_asks_it_to_and_gives_up_when_graph_is_down(
    chat: TeamsChat, teams: Tenant
) -> None:
    teams.says("amina", "<p>An idea</p>")
    teams.fail("delta", "limited", retry_after="0")
    assert await history(chat, SINCE) == [("An idea", Change.NEW)]
    teams.fail("delta", "500")
    with pytest.raises(ChatUnavailable):
        await history(chat, SINCE)
