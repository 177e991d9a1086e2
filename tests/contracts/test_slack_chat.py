"""Port `Chat` over Slack, against a server that answers like Slack and fails like Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from chat_promises import ChatPromises, Town
from fakes.fake_slack import BOT, FakeSlack, fake_slack

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.message import Chart, Heading, Link, Message, Paragraph, Words
from cop_bot.domain.post import Change
from cop_bot.platforms.slack.chat import SlackChat
from cop_bot.ports import Later, Posted, Ref, Refused, Shut, To, Unknown

KEY = "a1b2/session/1/opening"
OPENING = Message((Heading("Theme 1"), Paragraph((Words("Welcome "), Link("https://example.org", "guide")))))
PLACE = To(place="C1")
SINCE = datetime.fromtimestamp(1_780_000_000, UTC)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as server:
        server.channels["C1"] = {"id": "C1", "name": "cop-power", "is_member": True}
        server.users["U1"] = {
            "id": "U1",
            "name": "amina",
            "tz": "Africa/Maputo",
            "locale": "pt-PT",
            "profile": {"display_name": "Amina", "email": "amina@example.org"},
        }
        yield server


@pytest.fixture
async def chat(slack: FakeSlack) -> AsyncIterator[SlackChat]:
    async with SlackChat("xoxb-test", api_url=slack.base_url, timeout=0.3) as opened:
        yield opened


class TestSlackKeepsThePromises(ChatPromises):
    """What every platform promises."""

    @pytest.fixture
    def town(self, chat: SlackChat, slack: FakeSlack) -> Town:
        slack.members["C1"] = ["U1", BOT]
        return Town(chat, "C1", "U1", SINCE)


async def test_what_is_posted_carries_its_key_twice_and_unfolds_nothing(chat: SlackChat, slack: FakeSlack) -> None:
    outcome = await chat.post(PLACE, OPENING, KEY)
    (message,) = slack.messages["C1"]
    assert outcome == Posted(Ref("C1", message["ts"]))
    assert message["blocks"][0]["block_id"] == KEY
    assert message["metadata"]["event_payload"] == {"key": KEY}
    (sent,) = slack.called("chat.postMessage")
    assert sent["text"] == "Theme 1\nWelcome <https://example.org|guide>"
    assert {sent[name] for name in ("unfurl_links", "unfurl_media", "link_names")} <= {"0", 0}
    assert sent["parse"] == "none"


async def test_a_reply_goes_into_its_thread(chat: SlackChat, slack: FakeSlack) -> None:
    root = slack.says("C1", "U1", "An idea")["ts"]
    await chat.post(To(place="C1", thread=root), OPENING, KEY)
    assert slack.messages["C1"][-1]["thread_ts"] == root


async def test_one_person_is_told_in_the_direct_conversation_which_is_opened_once(
    chat: SlackChat, slack: FakeSlack
) -> None:
    for key in ("one", "two"):
        assert isinstance(await chat.post(To(person="U1"), OPENING, key), Posted)
    assert len(slack.messages["D1"]) == 2
    assert len(slack.called("conversations.open")) == 1


async def test_somebody_unknown_is_a_refusal(chat: SlackChat) -> None:
    assert await chat.post(To(person="U404"), OPENING, KEY) == Refused("user_not_found")


@pytest.mark.parametrize("kind", ["before", "html", "fatal_error", "service_unavailable"])
async def test_an_answer_that_says_nothing_certain_leaves_it_unknown(
    kind: str, chat: SlackChat, slack: FakeSlack
) -> None:
    slack.fail("chat.postMessage", kind)
    assert isinstance(await chat.post(PLACE, OPENING, KEY), Unknown)
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("kind", ["after", "drop", "hang"])
async def test_a_message_that_was_taken_without_an_answer_is_found_and_never_repeated(
    kind: str, chat: SlackChat, slack: FakeSlack
) -> None:
    slack.fail("chat.postMessage", kind)
    assert isinstance(await chat.post(PLACE, OPENING, KEY), Unknown)
    (message,) = slack.messages["C1"]
    assert await chat.find(PLACE, KEY, SINCE) == Ref("C1", message["ts"])


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7", 7), (None, 30), ("soon", 30), ("Mon, 23 Nov 2020 08:00:00 GMT", 0), ("999999", 3_600)],
)
async def test_a_limit_says_when_to_come_back(header: str | None, wait: int, chat: SlackChat, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", "limited", header)
    assert await chat.post(PLACE, OPENING, KEY) == Later(timedelta(seconds=wait), "ratelimited")


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "channel_not_found"])
async def test_a_place_that_is_not_open_to_us_keeps_the_words_waiting(
    error: str, chat: SlackChat, slack: FakeSlack
) -> None:
    slack.fail("chat.postMessage", error)
    assert await chat.post(PLACE, OPENING, KEY) == Shut(error)


@pytest.mark.parametrize("error", ["msg_too_long", "invalid_blocks"])
async def test_a_definite_refusal_is_one(error: str, chat: SlackChat, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", error)
    assert await chat.post(PLACE, OPENING, KEY) == Refused(error)


THEMES = Message(
    (
        Heading("Summary"),
        Chart((Words("Themes: a 3 · b 2 · c 1"),), "Themes", ("Theme", "How many"), (("a", 3), ("b", 2), ("c", 1))),
    )
)


async def test_a_slack_that_does_not_know_tables_is_told_in_words_and_once(chat: SlackChat, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", "invalid_blocks")
    posted = await chat.post(PLACE, THEMES, KEY)
    assert isinstance(posted, Posted)
    await chat.update(posted.ref, THEMES, KEY)
    (message,) = slack.messages["C1"]
    assert [block["type"] for block in message["blocks"]] == ["header", "section"]
    asked = [[block["type"] for block in call["blocks"]] for call in slack.called("chat.postMessage")]
    assert asked == [["header", "data_table"], ["header", "section"]]


async def test_an_update_is_told_in_words_too(chat: SlackChat, slack: FakeSlack) -> None:
    posted = await chat.post(PLACE, OPENING, KEY)
    assert isinstance(posted, Posted)
    slack.fail("chat.update", "invalid_blocks")
    assert await chat.update(posted.ref, THEMES, KEY) == posted
    assert slack.messages["C1"][0]["blocks"][1]["type"] == "section"


@pytest.mark.parametrize("error", ["token_revoked", "missing_scope", "team_added_to_org"])
async def test_what_the_operator_has_to_mend_delays_the_words_and_loses_none(
    error: str, chat: SlackChat, slack: FakeSlack
) -> None:
    slack.fail("chat.postMessage", error)
    assert await chat.post(PLACE, OPENING, KEY) == Later(timedelta(minutes=5), error)


async def test_without_a_connection_nothing_was_said(chat: SlackChat, slack: FakeSlack) -> None:
    async with SlackChat("xoxb-test", api_url="http://127.0.0.1:9/api/") as cut_off:
        assert isinstance(await cut_off.post(PLACE, OPENING, KEY), Later)
        with pytest.raises(ChatUnavailable):
            await cut_off.find(PLACE, KEY, SINCE)


async def test_a_conversation_that_may_not_have_opened_is_tried_again(chat: SlackChat, slack: FakeSlack) -> None:
    slack.fail("conversations.open", "hang")
    assert isinstance(await chat.post(To(person="U1"), OPENING, KEY), Later)
    assert slack.messages["D1"] == []


@pytest.mark.parametrize("to", [PLACE, To(person="U1")])
async def test_a_message_is_found_by_its_block_where_metadata_is_lost(
    to: To, chat: SlackChat, slack: FakeSlack
) -> None:
    posted = await chat.post(to, OPENING, KEY)
    for channel in ("C1", "D1"):
        for number in range(8):
            slack.says(channel, "U1", f"Idea {number}")
        for message in slack.messages[channel]:
            message.pop("metadata", None)
    assert isinstance(posted, Posted)
    assert await chat.find(to, KEY, SINCE) == posted.ref
    assert await chat.find(to, "another/key", SINCE) is None


async def test_a_reply_is_found_in_its_thread(chat: SlackChat, slack: FakeSlack) -> None:
    root = slack.says("C1", "U1", "An idea")["ts"]
    to = To(place="C1", thread=root)
    posted = await chat.post(to, OPENING, KEY)
    for message in slack.messages["C1"]:
        message.pop("blocks", None)
    assert isinstance(posted, Posted)
    assert await chat.find(to, KEY, SINCE) == posted.ref


async def test_a_search_that_fails_is_no_finding(chat: SlackChat, slack: FakeSlack) -> None:
    slack.fail("conversations.history", "limited")
    with pytest.raises(ChatUnavailable, match="ratelimited"):
        await chat.find(PLACE, KEY, SINCE)


async def test_an_update_replaces_the_words_and_can_be_repeated(chat: SlackChat, slack: FakeSlack) -> None:
    posted = await chat.post(PLACE, OPENING, KEY)
    assert isinstance(posted, Posted)
    longer = Message((Paragraph((Words("word " * 2_000),)),))
    for _ in range(2):
        assert await chat.update(posted.ref, longer, KEY) == posted
    assert slack.messages["C1"][0]["blocks"][0]["block_id"] == KEY
    assert await chat.update(Ref("C1", "1.000001"), OPENING, KEY) == Refused("message_not_found")


async def test_the_quiet_mark_can_be_put_and_taken_away_twice(chat: SlackChat, slack: FakeSlack) -> None:
    ref = Ref("C1", slack.says("C1", "U1", "An idea")["ts"])
    for marked, marks in ((True, ["seedling"]), (False, [])):
        for _ in range(2):
            assert await chat.react(ref, marked) == Posted(ref)
        assert slack.messages["C1"][0]["marks"] == marks
    assert await chat.react(Ref("C1", "1.000001"), True) == Refused("message_not_found")


async def test_people_have_a_name_a_zone_and_a_language(chat: SlackChat, slack: FakeSlack) -> None:
    slack.users["U2"] = {"id": "U2", "name": "oldbot", "is_bot": True, "is_admin": True}
    slack.users["U3"] = {"id": "U3", "real_name": "Bram", "is_owner": True, "deleted": False}
    amina, bot = await chat.person("U1"), await chat.person("U2")
    assert amina is not None
    assert (amina.name, amina.zone, amina.language, amina.is_person) == ("Amina", "Africa/Maputo", "pt-PT", True)
    assert bot is not None
    assert not bot.is_person
    assert await chat.person("U404") is None
    assert await chat.person_by_email("amina@example.org") == amina
    assert await chat.person_by_email("nobody@example.org") is None
    assert (bram := await chat.person("U3")) is not None
    assert bram.is_admin
    assert await chat.workspace() == "T1"


async def test_members_come_page_after_page(chat: SlackChat, slack: FakeSlack) -> None:
    slack.members["C1"] = [f"U{number}" for number in range(8)]
    slack.fail("conversations.members", "limited", "0")
    assert await chat.members("C1") == slack.members["C1"]


async def test_a_place_is_found_by_name_and_by_id(chat: SlackChat, slack: FakeSlack) -> None:
    for number in range(2, 6):
        slack.channels[f"C{number}"] = {"id": f"C{number}", "name": f"other-{number}", "is_member": False}
    for name in ("#cop-power", "cop-power", "C1"):
        found = await chat.place(name)
        assert found is not None
        assert (found.platform_id, found.name, found.bot_is_in) == ("C1", "cop-power", True)
    not_in = await chat.place("#other-5")
    assert not_in is not None
    assert not not_in.bot_is_in
    assert await chat.place("#nowhere") is None
    assert await chat.place("C404") is None


async def test_a_message_has_a_lasting_address(chat: SlackChat, slack: FakeSlack) -> None:
    ts = slack.says("C1", "U1", "An idea")["ts"]
    assert await chat.permalink(Ref("C1", ts)) == f"https://example.slack.com/archives/C1/p{ts.replace('.', '')}"
    assert await chat.permalink(Ref("C1", "1.000001")) is None


async def history(chat: SlackChat, after: datetime) -> list[str]:
    return [post.text async for post in chat.history("C1", after)]


@pytest.mark.parametrize("ignores_pages", [False, True])
async def test_history_brings_what_was_missed_once_and_in_order(
    ignores_pages: bool, chat: SlackChat, slack: FakeSlack
) -> None:
    slack.ignores_pages = ignores_pages
    old = slack.says("C1", "U1", "old root")
    slack.says("C1", "U1", "old reply", thread_ts=old["ts"])
    edited = slack.says("C1", "U1", "was edited meanwhile")
    slack.now += 60
    after = datetime.fromtimestamp(slack.now, UTC)
    new = slack.says("C1", "U1", "new root")
    slack.says("C1", "U1", "late reply", thread_ts=old["ts"])
    slack.says("C1", "U1", "shown in both", thread_ts=new["ts"], subtype="thread_broadcast")
    slack.says("C1", BOT, "our own", bot_id="B0BOT")
    slack.says("C1", "U1", f"<@{BOT}> status")
    slack.says("C1", "U1", "joined", subtype="channel_join")
    slack.says("C1", "U1", "last")
    edited["edited"] = {"user": "U1", "ts": f"{slack.now}.000000"}
    assert await history(chat, after) == ["was edited meanwhile", "new root", "late reply", "shown in both", "last"]


async def test_history_knows_what_was_deleted_while_others_had_replied(chat: SlackChat, slack: FakeSlack) -> None:
    slack.says("C1", "USLACKBOT", "Deleted.", subtype="tombstone")
    (post,) = [post async for post in chat.history("C1", SINCE)]
    assert post.change is Change.DELETED


async def test_history_waits_when_slack_asks_it_to_and_gives_up_when_slack_is_down(
    chat: SlackChat, slack: FakeSlack
) -> None:
    slack.says("C1", "U1", "An idea")
    slack.fail("conversations.history", "limited", "0")
    assert await history(chat, SINCE) == ["An idea"]
    for _ in range(4):  # it asks again three times
        slack.fail("conversations.history", "before")
    with pytest.raises(ChatUnavailable):
        await history(chat, SINCE)
