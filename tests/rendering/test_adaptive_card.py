"""Messages as Adaptive Cards: nothing that people write can link, mention, format or calculate."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cop_bot.domain.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Code,
    Command,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Person,
    Words,
)
from cop_bot.platforms.registry import split_for
from cop_bot.platforms.teams.fallback import fallback, summary
from cop_bot.platforms.teams.render import card, carries

AT = datetime(2020, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)
KEY = "a1b2/session/1/opening"


def said(*blocks: Block) -> Message:
    return Message(blocks)


def body(*blocks: Block) -> list[dict[str, Any]]:
    dressed: list[dict[str, Any]] = card(said(*blocks))["body"]
    return dressed


def runs(*blocks: Block) -> list[dict[str, Any]]:
    (block,) = body(*blocks)
    assert block["type"] == "RichTextBlock"
    inlines: list[dict[str, Any]] = block["inlines"]
    assert {run["type"] for run in inlines} <= {"TextRun"}
    return inlines


def test_a_message_is_a_card_that_every_client_shows() -> None:
    dressed = card(said(Heading("Theme 1"), Paragraph((Words("Welcome"),))))
    assert (dressed["type"], dressed["version"], dressed["lang"]) == ("AdaptiveCard", "1.5", "en")
    assert dressed["fallbackText"] == "Theme 1\n\nWelcome"
    assert dressed["body"][0] == {
        "type": "TextBlock",
        "text": "Theme 1",
        "style": "heading",
        "size": "Large",
        "weight": "Bolder",
        "wrap": True,
    }


@pytest.mark.parametrize(
    "first", [Heading("Theme"), Paragraph((Words("a"),)), Buttons((Button("Go", "status"),)), Note((Words("n"),))]
)
def test_the_key_is_found_in_a_card_that_came_back_as_text_and_only_the_whole_key(first: Block) -> None:
    dressed = card(said(first, Paragraph((Words(f'"id": "{KEY}/2"'),))), KEY)
    for text in (json.dumps(dressed), json.dumps(dressed, separators=(",", ":"))):
        assert carries(text, KEY)
        assert not carries(text, KEY[:-1])
        assert not carries(text, f"{KEY}/2")


@pytest.mark.parametrize(
    "text", ["**bold** _it_ ~no~ `code`", "[press](https://example.org)", "# title", "<b>&amp;", "a < b", "1. first"]
)
def test_what_people_write_is_shown_as_it_is(text: str) -> None:
    assert runs(Paragraph((Words(text),))) == [{"type": "TextRun", "text": text}]
    assert runs(Heading(text))[0]["text"] == text


@pytest.mark.parametrize(
    "text", ["{{DATE(2020-11-23T08:00:00Z)}}", "{{TIME(x)}}", "<at>everyone</at>", "<AT id='0'>x</AT>", "{{{{DATE("]
)
def test_what_people_write_is_no_function_and_mentions_nobody(text: str) -> None:
    for block in (
        Paragraph((Words(text),)),
        Heading(text),
        Note((Code(text),)),
        Bullets(((Person(text, "p"),),), text),
    ):
        for element in body(block):
            shown = "".join(run["text"] for run in element["inlines"])
            assert "{{" not in shown
            assert "<at" not in shown.lower()
            assert text in shown.replace("\u2060", "")


def test_links_are_typed_and_go_only_to_web_addresses() -> None:
    first, second = runs(
        Paragraph((Link("https://example.org/?a=1&b=2", "the [guide]"), Link("javascript:alert(1)", "press")))
    )
    assert first["selectAction"] == {"type": "Action.OpenUrl", "url": "https://example.org/?a=1&b=2"}
    assert first["text"] == "the [guide]"
    assert second == {"type": "TextRun", "text": "press (javascript:alert(1))"}


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("date_time", "{{DATE(2020-11-23T08:00:00Z, LONG)}} {{TIME(2020-11-23T08:00:00Z)}}"),
        ("date", "{{DATE(2020-11-23T08:00:00Z, LONG)}}"),
        ("time", "{{TIME(2020-11-23T08:00:00Z)}}"),
    ],
)
def test_a_moment_is_shown_in_the_readers_zone_and_spelled_out_with_its_zone_in_the_text(style: Any, text: str) -> None:
    message = said(Paragraph((Moment(AT, "Europe/Amsterdam", style),)))
    assert card(message)["body"][0]["inlines"][0]["text"] == text
    if style != "date":
        assert fallback(message).endswith("09:00 (Europe/Amsterdam)")
        assert summary(message) == fallback(message)


def test_bullets_and_small_print_look_like_what_they_are() -> None:
    title, first, second = body(Bullets(((Words("one"),), (Words("two", bold=True),)), "Questions"))
    assert title["inlines"] == [{"type": "TextRun", "text": "Questions", "weight": "Bolder"}]
    assert [run["text"] for run in first["inlines"]] == ["• ", "one"]
    assert second["inlines"][1]["weight"] == "Bolder"
    assert runs(Note((Words("small"),))) == [{"type": "TextRun", "text": "small", "size": "Small", "isSubtle": True}]


def test_a_button_does_what_typing_its_command_would_do() -> None:
    (row,) = body(Buttons((Button("Stop", "settings off", "danger"),)))
    assert row["actions"] == [
        {
            "type": "Action.Execute",
            "title": "Stop",
            "verb": "cop",
            "data": {"command": "settings off"},
            "style": "destructive",
        }
    ]
    assert [len(row["actions"]) for row in body(Buttons((Button("x", "help"),) * 8))] == [6, 2]


def test_people_in_teams_read_commands_that_begin_with_our_name() -> None:
    message = said(
        Paragraph((Words("To stop, type /cop or: "), Command("settings off"))),
        Buttons((Button("Pause", "settings pause 14d"),)),
    )
    assert card(message)["body"][0]["inlines"][1]["text"] == "@CoP Bot settings off"
    assert fallback(message) == ("To stop, type /cop or: @CoP Bot settings off\n\n• Pause: @CoP Bot settings pause 14d")


def test_alone_with_the_bot_nobody_needs_its_name() -> None:
    message = said(
        Paragraph((Command("settings off"), Words(" or "), Code("/cop"))),
        Buttons((Button("Pause", "settings pause 14d"),)),
    )
    dressed = card(message, is_alone=True)
    assert [run["text"] for run in dressed["body"][0]["inlines"]] == ["settings off", " or ", "/cop"]
    assert dressed["fallbackText"] == "settings off or /cop\n\n• Pause: settings pause 14d"
    assert summary(message, is_alone=True) == "settings off or /cop", "code is shown as it is"


def test_the_line_for_notifications_is_short_and_has_no_addresses() -> None:
    message = said(Heading("Theme 1"), Paragraph((Link("https://example.org", "guide"), Words(" long " * 100))))
    assert summary(message).startswith("Theme 1 · guide long")
    assert len(summary(message)) == 300
    assert "example.org" not in summary(message)


ADDRESS = f"https://teams.microsoft.com/l/message/19%3A{'a' * 32}%40thread.tacv2/1780000000123?groupId={'b' * 36}"


@pytest.mark.parametrize("text", ["Communities decide themselves what is good for them. ", "تقرر المجتمعات بنفسها. "])
def test_a_long_summary_comes_in_cards_below_20_kilobytes_and_loses_nothing(text: str) -> None:
    bullets = tuple((Words(f"{number} {text * 2}"), Link(ADDRESS, f"#{number}")) for number in range(100))
    parts = split_for("teams", said(Heading("Theme 1"), Bullets(bullets, "Main points")))
    cards = [json.dumps(card(part, KEY), ensure_ascii=False) for part in parts]
    assert max(len(one.encode()) for one in cards) < 20_000
    assert all(f"#{number}" in "".join(cards) for number in range(100))
    assert len(split_for("slack", parts[0])) == 1


def test_empty_parts_leave_nothing_behind() -> None:
    assert body(Heading(" "), Paragraph(()), Note((Words(""),)), Buttons(())) == []


def test_no_line_of_a_heading_begins_with_a_dot() -> None:
    assert body(Heading("Theme 1 · Money · summary"))[0]["text"] == "Theme 1\u00a0· Money\u00a0· summary"
