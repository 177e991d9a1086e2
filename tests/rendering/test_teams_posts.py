"""What members do in Teams, as posts: the same whether it arrives at once or is read back from Graph."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cop_bot.domain.post import Change, Post
from cop_bot.platforms.teams.html import links, plain_text
from cop_bot.platforms.teams.parse import may_show_more, post_from_activity, post_from_chat_message
from cop_bot.platforms.teams.text import command_text, mentions_us_first

GROUP, CHANNEL = "0f1e2d3c-0000-4000-8000-000000000001", "19:abc@thread.tacv2"
ROOT, REPLY = "1780000000123", "1780000060456"
BOT, APP = "28:bot-app-id", "bot-app-id"
AT = datetime(2026, 5, 28, 20, 26, 40, 123000, tzinfo=UTC)


def mention(name: str, person: str) -> dict[str, Any]:
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": person, "name": name}}


def activity(html: str | None = "An idea", /, **more: Any) -> dict[str, Any]:
    attachments = [] if html is None else [{"contentType": "text/html", "content": f"<div><div>{html}</div></div>"}]
    return {
        "type": "message",
        "id": ROOT,
        "timestamp": "2026-05-28T20:26:41.5Z",
        "from": {"id": "29:1amina", "name": "Amina", "aadObjectId": "amina-id"},
        "recipient": {"id": BOT, "name": "CoP Bot"},
        "conversation": {"id": f"{CHANNEL};messageid={ROOT}", "conversationType": "channel"},
        "channelData": {"team": {"aadGroupId": GROUP}},
        "textFormat": "plain",
        "text": "An idea",
        "attachments": attachments,
        **more,
    }


def chat_message(html: str = "<p>An idea</p>", /, **more: Any) -> dict[str, Any]:
    return {
        "id": ROOT,
        "messageType": "message",
        "createdDateTime": "2026-05-28T20:26:40.123Z",
        "lastModifiedDateTime": "2026-05-28T20:26:40.123Z",
        "from": {"user": {"id": "amina-id", "displayName": "Amina"}},
        "body": {"contentType": "html", "content": html},
        "attachments": [],
        "mentions": [],
        **more,
    }


def arrived(html: str | None = "An idea", /, **more: Any) -> Post:
    post = post_from_activity(activity(html, **more), GROUP)
    assert post is not None
    return post


def read(html: str = "<p>An idea</p>", /, **more: Any) -> Post:
    post = post_from_chat_message(chat_message(html, **more), f"{GROUP}/{CHANNEL}", APP)
    assert post is not None
    return post


def test_a_post_is_the_same_whether_it_arrives_or_is_read_back() -> None:
    assert replace(arrived(), whole=True) == read()
    assert arrived().at == AT
    assert arrived().place == f"{GROUP}/{CHANNEL}"


def test_a_reply_knows_the_message_that_began_its_thread() -> None:
    post = arrived(id=REPLY)
    assert (post.message, post.thread) == (REPLY, ROOT)
    assert read(id=REPLY, replyToId=ROOT).thread == ROOT
    assert arrived().thread is None


def test_an_edit_a_deletion_and_its_undoing_are_ordered_by_the_moment_they_happened() -> None:
    later, last = "2026-05-28T20:30:00.0000001Z", "2026-05-28T20:31:00Z"
    edited = arrived("Better", type="messageUpdate", timestamp=later, channelData={"eventType": "editMessage"})
    gone = arrived(None, type="messageDelete", timestamp=last, channelData={"eventType": "softDeleteMessage"})
    back = arrived(type="messageUpdate", timestamp=last, channelData={"eventType": "undeleteMessage"})
    assert (edited.change, gone.change, back.change) == (Change.EDITED, Change.DELETED, Change.RESTORED)
    assert "" < edited.edited < gone.edited == back.edited
    assert edited.at == gone.at == AT
    assert read("<p>Better</p>", lastEditedDateTime=later) == replace(edited, whole=True)
    assert read("", deletedDateTime=last).edited == gone.edited


@pytest.mark.parametrize(
    "more",
    [
        {"from": {"id": "28:another-bot"}},
        {"from": {}},
        {"conversation": {"id": "a:1", "conversationType": "personal"}},
        {"recipient": {"id": BOT, "isTargeted": True}},
        {"id": None},
        {"id": "x", "timestamp": "yesterday"},
        {"type": "typing"},
        {"value": {"command": "status"}, "text": None},
    ],
)
def test_what_no_member_said_to_all_is_no_post(more: dict[str, Any]) -> None:
    assert post_from_activity(activity(**more), GROUP) is None


@pytest.mark.parametrize(
    "more",
    [
        {"from": {"application": {"id": APP}}},
        {"from": None},
        {"messageType": "systemEventMessage"},
        {"body": None, "from": {"user": None}},
    ],
)
def test_what_no_member_said_is_no_post_in_the_history_either(more: dict[str, Any]) -> None:
    assert post_from_chat_message(chat_message(**more), "g/c", APP) is None


SPAN = '<span itemscope itemtype="http://schema.skype.com/Mention" itemid="{}">{}</span>'


def test_a_message_that_begins_with_our_mention_is_a_command() -> None:
    entities = [mention("CoP Bot", BOT), mention("Bram de Vries", "29:bram")]
    html = f"<p>{SPAN.format(0, 'CoP Bot')}&nbsp;facilitators add {SPAN.format(1, 'Bram de Vries')} please</p>"
    for said in (
        activity(html, entities=entities),
        activity(None, entities=entities, text="<at>CoP Bot</at> facilitators add <at>Bram de Vries</at> please"),
    ):
        assert mentions_us_first(said)
        assert post_from_activity(said, GROUP) is None
        assert command_text(said) == "facilitators add <@29:bram|Bram de Vries> please"


def test_a_command_is_none_of_the_posts_that_are_read_back() -> None:
    ours = [{"id": 0, "mentionText": "CoP Bot", "mentioned": {"application": {"id": APP}}}]
    said = chat_message('<p><at id="0">CoP Bot</at>&nbsp;status</p>', mentions=ours)
    assert post_from_chat_message(said, "g/c", APP) is None


def test_a_mention_inside_a_text_is_part_of_it() -> None:
    html = f"Thank you {SPAN.format(0, 'CoP Bot')}, and {SPAN.format(1, 'Bram')}!"
    post = arrived(html, entities=[mention("CoP Bot", BOT), mention("Bram", "29:b")])
    assert post.text == "Thank you @CoP Bot, and @Bram!"


def test_a_text_without_html_is_taken_as_it_is() -> None:
    assert arrived(None, text="if a < b & c\nthen <b>").text == "if a < b & c\nthen <b>"


def test_files_and_cards_have_names_and_quotes_are_none() -> None:
    attachments = [
        {"contentType": "reference", "name": "Budget 2021.xlsx", "contentUrl": "https://example.org/b"},
        {"contentType": "application/vnd.microsoft.card.adaptive", "name": "card"},
        {"contentType": "messageReference", "name": "quote"},
        {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "notes.docx"},
        "nonsense",
    ]
    assert read(attachments=attachments).files == ("Budget 2021.xlsx", "card", "notes.docx")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\nTwo\nthree"),
        ("<p>One</p><p>&nbsp;</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>One</li><li><b>Two</b></li></ul>", "• One\n• Two"),
        ('<a href="https://example.org/a">the guide</a>', "the guide (https://example.org/a)"),
        ('<a href="https://example.org/a">https://example.org/a</a>', "https://example.org/a"),
        ('<a href="javascript:alert(1)">press</a>', "press"),
        ("<script>alert(1)</script><style>p{}</style>words<!-- note -->", "words"),
        ('<emoji id="seedling" alt="🌱" title="Seedling"></emoji> grows', "🌱 grows"),
        ('<img itemtype="http://schema.skype.com/Emoji" alt="🙂" src="https://example.org/e">', "🙂"),
        ('<blockquote itemtype="http://schema.skype.com/Reply"><p>theirs</p></blockquote><p>mine</p>', "mine"),
        ("<blockquote><p>theirs</p></blockquote><p>mine</p>", "mine"),
        ("1 &lt; 2 &amp;&nbsp;3", "1 < 2 & 3"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("", ""),
    ],
)
def test_html_becomes_the_text_that_people_saw(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_links_are_web_addresses_each_once() -> None:
    html = (
        '<a href="https://example.org/a">guide</a> https://example.org/b, <a href="mailto:x@example.org">mail</a> '
        '<a href="https://example.org/a">again</a>'
    )
    assert links(html) == ("https://example.org/a", "https://example.org/b")


@pytest.mark.parametrize("html", ["<p>@CoP Bot status</p>", "<p><b>@cop bot</b>: idea Interpret every meeting</p>"])
def test_a_command_that_was_copied_is_none_in_the_history_either(html: str) -> None:
    assert post_from_activity(activity(html), GROUP) is None
    assert post_from_chat_message(chat_message(html), f"{GROUP}/{CHANNEL}", APP) is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>We pay <s>100</s> 50</p>", "We pay ~~100~~ 50"),
        (
            "<p>Steps:</p><ol><li>one</li><li>two<ul><li>deep</li></ul></li></ol>",
            "Steps:\n1. one\n2. two\n  • deep",
        ),
        ('<ol start="3"><li><p>three</p></li></ol>', "3. three"),
        (
            "<table><tbody><tr><td><p>Cost</p></td><td><p>10</p></td></tr><tr><td><p>Gain</p></td><td>5</td></tr>"
            "</tbody></table>",
            "Cost | 10\nGain | 5",
        ),
        ("<codeblock><code>for i in x:<br>    print(i)</code></codeblock>", "for i in x:\n    print(i)"),
        ("<p>cost = <math><mi>x</mi></math> euro</p>", "cost = x euro"),
        ("<div>" * 3_000 + "deep" + "</div>" * 3_000, "deep"),
    ],
)
def test_what_gives_words_their_meaning_stays(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("html", "file"),
    [
        ('<p><img alt="image" itemtype="http://schema.skype.com/AMSImage"></p>', "🖼"),
        ('<p><img alt="A flip-chart" itemtype="http://schema.skype.com/AMSImage"></p>', "A flip-chart"),
        ('<p><video src="https://x/h" itemtype="http://schema.skype.com/AudioMessage"></video></p>', "🎤"),
    ],
)
def test_a_picture_or_a_recording_alone_is_something(html: str, file: str) -> None:
    assert arrived(html).files == read(html).files == (file,)


def test_a_title_comes_before_the_words() -> None:
    assert read("<p>See below.</p>", subject="Let women chair").text == "Let women chair\nSee below."
    assert read("<p>&nbsp;</p>", subject="Pool the reserve").text == "Pool the reserve"
    announced = {"contentType": "application/vnd.microsoft.card.announcement", "content": '{"title": "Solar pumps"}'}
    assert read("<p>From Monday</p>", attachments=[announced], subject="For all").text == (
        "Solar pumps\nFor all\nFrom Monday"
    )


@pytest.mark.parametrize(
    ("kind", "content", "post"),
    [
        (
            "application/vnd.microsoft.card.fluidEmbedCard",
            '{"componentUrl": "https://example.org/loop"}',
            ("", ("📎",), ("https://example.org/loop",)),
        ),
        ("application/vnd.microsoft.card.codesnippet", '{"lines": ["a = 1", "b = 2"]}', ("a = 1\nb = 2", (), ())),
        (
            "application/vnd.microsoft.card.adaptive",
            '{"body": [{"type": "TextBlock", "text": "Who decides?"}]}',
            ("", ("Who decides?",), ()),
        ),
        ("audio/mp4", None, ("", ("🎤",), ())),
        ("image/png", None, ("", ("🖼",), ())),
        ("something/new", "[" * 5_000, ("", ("📎",), ())),
    ],
)
def test_what_hangs_on_a_message_leaves_a_trace(kind: str, content: str | None, post: tuple[Any, ...]) -> None:
    found = read("", attachments=[{"contentType": kind, "content": content}])
    assert (found.text, found.files, found.links) == post


def test_forwarded_words_are_anothers_whichever_way_they_come() -> None:
    forwarded = {
        "contentType": "forwardedMessageReference",
        "content": '{"originalMessageContent": "<p>Ask first</p>", '
        '"originalMessageSender": {"user": {"displayName": "Joao"}}}',
    }
    back = read('<p>Look</p><attachment id="FW"></attachment>', attachments=[forwarded])
    assert (back.text, back.quoted) == ("Look", "Joao: Ask first")
    live = arrived('<p>Look</p><blockquote itemtype="http://schema.skype.com/Forward"><p>Ask first</p></blockquote>')
    assert (live.text, live.quoted) == ("Look", "Ask first")


def test_brackets_of_an_address_stay_and_it_counts_once() -> None:
    html = '<a href="https://example.org/Power_(social)">https://example.org/Power_(social)</a>'
    assert links(html) == ("https://example.org/Power_(social)",)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, True),
        ({"id": REPLY}, False),
        ({"id": REPLY, "attachments": [{"contentType": "image/*"}]}, True),
        ({"id": REPLY, "type": "messageUpdate", "channelData": {"eventType": "editMessage"}}, True),
    ],
)
def test_a_message_is_looked_at_again_where_it_may_show_more(more: dict[str, Any], expected: bool) -> None:
    said = activity("<p>An idea</p>", **more)
    post = post_from_activity(said, GROUP)
    assert post is not None
    assert may_show_more(said, post) is expected
