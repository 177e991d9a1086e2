"""What members write in Slack, as posts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_bot.domain.mentions import named
from cop_bot.domain.post import Change
from cop_bot.platforms.slack.parse import post_from_event, post_from_message
from cop_bot.platforms.slack.text import command_text, links, plain_text

BOT = "U0BOT"
TS = "1606150800.000200"


def event(**more: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "channel": "C1",
        "user": "U1",
        "text": "An idea",
        "ts": TS,
        "channel_type": "channel",
    } | more


def changed(message: dict[str, Any], before: dict[str, Any], **more: Any) -> dict[str, Any]:
    outer = {"subtype": "message_changed", "channel": "C1", "ts": "1606150900.000300", "event_ts": "1606150900.000300"}
    return outer | {"message": event(**message), "previous_message": event(**before)} | more


def test_an_ordinary_post_keeps_its_own_time_to_the_microsecond() -> None:
    post = post_from_event(event(), BOT)
    assert post is not None
    assert (post.place, post.message, post.author, post.text) == ("C1", TS, "U1", "An idea")
    assert post.at == datetime(2020, 11, 23, 17, 0, 0, 200, tzinfo=UTC)
    assert (post.change, post.edited, post.thread) == (Change.NEW, "", None)


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast", "me_message"])
def test_what_members_say_in_any_way_counts(subtype: str | None) -> None:
    assert post_from_event(event(subtype=subtype), BOT)


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"user": None},
        {"channel_type": "im"},
        {"text": f"<@{BOT}> status"},
        {"text": f" <@{BOT}|cop> status"},
        {"ts": "yesterday"},
        {"channel": 5},
        {"subtype": ["channel_join"]},
    ],
)
def test_programs_commands_and_nonsense_are_no_posts(more: dict[str, Any]) -> None:
    assert post_from_event(event(**more), BOT) is None


def test_a_mention_inside_a_text_is_a_post() -> None:
    post = post_from_event(event(text=f"Ask <@{BOT}> for the agenda"), BOT)
    assert post is not None
    assert (named(post.text, {BOT: "CoP Bot"}), post.asks_bot) == ("Ask @CoP Bot for the agenda", True)


def test_a_reply_names_its_root_and_a_root_does_not_name_itself() -> None:
    reply = post_from_event(event(thread_ts="1606150000.000100"), BOT)
    root = post_from_event(event(thread_ts=TS), BOT)
    assert reply is not None
    assert root is not None
    assert (reply.thread, root.thread) == ("1606150000.000100", None)


def test_edits_are_ordered_by_the_time_of_the_edit() -> None:
    post = post_from_event(changed({"text": "Better", "edited": {"user": "U1", "ts": "1606150890.000000"}}, {}), BOT)
    assert post is not None
    assert (post.change, post.message, post.text, post.edited) == (Change.EDITED, TS, "Better", "1606150890.000000")


def test_an_edit_without_its_own_time_has_that_of_the_event() -> None:
    post = post_from_event(changed({"text": "Better"}, {}), BOT)
    assert post is not None
    assert post.edited == "1606150900.000300"


def test_an_unfolded_link_is_no_newer_than_the_post() -> None:
    post = post_from_event(changed({"attachments": [{}]}, {}), BOT)
    assert post is not None
    assert (post.change, post.edited) == (Change.EDITED, "")


def deleted(**before: object) -> dict[str, object]:
    return {"subtype": "message_deleted", "channel": "C1", "deleted_ts": TS, "previous_message": event(**before)}


def test_edits_of_commands_and_all_that_happens_to_our_own_words_are_ignored() -> None:
    command = {"text": f"<@{BOT}> status"}
    assert post_from_event(changed({"text": f"<@{BOT}> agenda"}, command), BOT) is None
    assert post_from_event(changed({"user": BOT, "bot_id": "B0"}, {"user": BOT, "bot_id": "B0"}), BOT) is None
    assert post_from_event(deleted(bot_id="B0", user=BOT), BOT) is None


def test_a_deleted_command_takes_back_what_it_contributed() -> None:
    gone = post_from_event(deleted(text=f"<@{BOT}> idea Let partners chair"), BOT)
    assert gone is not None
    assert (gone.message, gone.change, gone.text) == (TS, Change.DELETED, "")


def test_a_deletion_comes_after_every_edit() -> None:
    gone = {"subtype": "message_deleted", "channel": "C1", "deleted_ts": TS, "previous_message": event()}
    post = post_from_event(gone, BOT)
    edit = post_from_event(changed({"edited": {"ts": "1606150890.000000"}}, {}), BOT)
    assert post is not None
    assert edit is not None
    assert (post.change, post.message, post.author, post.text) == (Change.DELETED, TS, "U1", "")
    assert post.edited > edit.edited
    bare = post_from_event({"subtype": "message_deleted", "channel": "C1", "deleted_ts": TS}, BOT)
    assert bare is not None
    assert bare.message == TS


def test_a_deleted_root_that_still_has_replies_is_a_deletion() -> None:
    stone = {
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "text": "This message was deleted.",
        "ts": TS,
        "thread_ts": TS,
    }
    for post in (post_from_message(stone, "C1", BOT), post_from_event(changed(stone, {}), BOT)):
        assert post is not None
        assert (post.change, post.author, post.text) == (Change.DELETED, "", "")


def test_files_are_named() -> None:
    files = [{"title": "Budget tool", "name": "b.xlsx"}, {"name": "photo.jpg"}, {"mode": "hidden_by_limit"}, "?"]
    post = post_from_event(event(subtype="file_share", text="", files=files), BOT)
    assert post is not None
    assert post.files == ("Budget tool", "photo.jpg")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("R&amp;D is &lt;5% &gt; 3%", "R&D is <5% > 3%"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("&amp;lt;", "&lt;"),
        ("<@U1> and <@U2|amina>", "@member and @amina"),
        ("in <#C1|power> or <#C2>", "in #power or #channel"),
        ("<!here> <!subteam^S1|@board> <!subteam^S1>", "@here @board @group"),
        ("<!date^1606150800^{date}|23 Nov>", "23 Nov"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<https://example.org|the guide>", "the guide (https://example.org)"),
        ("<http://example.org|example.org>", "http://example.org"),
        ("<mailto:a@example.org|a@example.org>", "a@example.org"),
        ("a <b> c", "a <b> c"),
        ("a\0b\ud800c", "ab\ufffdc"),
    ],
)
def test_text_reads_as_members_saw_it(typed: str, read: str) -> None:
    assert named(plain_text(typed), {}) == read


def test_only_web_addresses_are_links_and_each_counts_once() -> None:
    typed = (
        "<https://example.org/a?b=1&amp;c=2|guide> <mailto:a@example.org|a@example.org> <@U1> <#C1|power> "
        "see https://example.org/bare. and <https://example.org/a?b=1&amp;c=2>"
    )
    assert links(typed) == ("https://example.org/a?b=1&c=2", "https://example.org/bare")


def test_a_command_keeps_the_ids_of_people_and_places() -> None:
    assert command_text(" facilitators add <@U1|amina> <@U2> ") == "facilitators add <@U1|amina> <@U2>"
    assert command_text("idea R&amp;D in <#C1|power>") == "idea R&D in <#C1|power>"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["channel", "user", "text", "ts", "subtype", "message", "previous_message", "edited", "files", "thread_ts"]
        ),
        anything,
    )
)
def test_whatever_arrives_is_a_post_or_nothing(found: dict[str, Any]) -> None:
    post_from_event(found, BOT)
    post_from_event(event(**found), BOT)


@given(st.text(st.sampled_from("<>@#!|&;abhttps:/. "), max_size=60))
def test_any_text_can_be_read(typed: str) -> None:
    plain_text(typed)
    links(typed)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("*Question:* who decides", "Question: who decides"),
        ("a *b* c_d_e _it_ ~old~ new", "a b c_d_e it ~~old~~ new"),
        ("2*3*4 = x * y * z", "2*3*4 = x * y * z"),
        ("`a*b*` and ```x = *1*\ny```", "a*b* and x = *1*\ny"),
        ("*two\nlines*", "*two\nlines*"),
        ("* one\n* two", "* one\n* two"),
        ("*bold _both_*", "bold both"),
    ],
)
def test_signs_that_slack_shows_as_formatting_are_no_words(text: str, seen: str) -> None:
    post = post_from_event(event(text=text), BOT)
    assert post is not None
    assert post.text == seen


def test_a_table_keeps_its_rows() -> None:
    gain = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Gain"}]}
    rows = [
        [{"type": "raw_text", "text": "Cost"}, {"type": "raw_text", "text": "10"}],
        [{"type": "rich_text", "elements": [gain]}, {"type": "raw_text", "text": "20"}],
    ]
    post = post_from_event(event(text="", blocks=[{"type": "table", "rows": rows}]), BOT)
    assert post is not None
    assert post.text == "Cost | 10\nGain | 20"
