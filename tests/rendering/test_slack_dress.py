"""How a message looks in Slack, and what members can't do to it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_bot.domain.message import (
    Bullets,
    Button,
    Buttons,
    Chart,
    Code,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Person,
    Words,
)
from cop_bot.platforms.slack.render import blocks, plain
from cop_bot.rendering.text import harmless

OPENS = Moment(datetime(2020, 11, 23, 8, 0, tzinfo=UTC), "Europe/Amsterdam")

HOSTILE = [
    "<!channel> <!here> <!everyone>",
    "<@U123> <!subteam^S1>",
    "<https://evil.example|https://bank.example>",
    "&lt;!channel&gt;",
    "*bold* _italic_ ~gone~ `code` ```open",
    "> quoted",
    ":boom:",
]


def elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = block["elements"][0]["elements"]
    return found


def said(block: dict[str, Any]) -> str:
    assert block["type"] == "section"
    text: str = block["text"]["text"]
    return text


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_a_deadline_is_shown_in_each_readers_zone_and_the_fallback_names_one() -> None:
    message = Message((Paragraph((Words("Opens "), OPENS)),))
    shown = said(blocks(message)[0])
    assert shown.startswith("Opens <!date^1606118400^{date_long_pretty} {time}|")
    assert "09:00" in shown
    assert "Europe/Amsterdam" in shown
    assert plain(message) == shown


def test_a_deadline_beside_words_with_signs_has_the_same_fallback() -> None:
    date = elements(blocks(Message((Paragraph((Words("*Opens* "), OPENS)),)))[0])[1]
    assert (date["type"], date["timestamp"]) == ("date", 1606118400)
    assert date["format"] == "{date_long_pretty} {time}"
    assert "Europe/Amsterdam" in date["fallback"]


def test_the_fallback_of_a_time_speaks_the_members_language() -> None:
    assert "maandag" in plain(Message((Paragraph((OPENS,)),), "nl"))


THEMES = Chart(
    (Words("Themes: budget 12 · trust 7 · <!here> 2"),),
    "Themes",
    ("Theme", "Contributions"),
    (("budget", 12), ("trust", 7), ("<!here>", 2)),
)


def test_what_can_be_drawn_is_a_table_and_its_words_stay_for_notifications() -> None:
    (table,) = blocks(Message((THEMES,)))
    assert table == {
        "type": "data_table",
        "caption": "Themes",
        "page_size": 3,
        "rows": [
            [{"type": "raw_text", "text": "Theme"}, {"type": "raw_text", "text": "Contributions"}],
            [{"type": "raw_text", "text": "budget"}, {"type": "raw_number", "value": 12, "text": "12"}],
            [{"type": "raw_text", "text": "trust"}, {"type": "raw_number", "value": 7, "text": "7"}],
            [{"type": "raw_text", "text": "<!here>"}, {"type": "raw_number", "value": 2, "text": "2"}],
        ],
    }
    assert plain(Message((THEMES,))) == "Themes: budget 12 · trust 7 · &lt;!here&gt; 2"


def test_two_themes_are_told_in_words() -> None:
    (block,) = blocks(Message((replace(THEMES, bars=THEMES.bars[:2]),)))
    assert block["type"] == "section"


MENTIONS = HOSTILE[:4]


@pytest.mark.parametrize("text", MENTIONS)
def test_nobody_is_called_and_nothing_linked_by_a_members_words(text: str) -> None:
    message = Message((Paragraph((Words(text),)), Bullets(((Words(text),),)), Note((Words(text),)), Heading(text)))
    for block in blocks(message)[:2]:
        assert block["text"]["verbatim"] is True
        assert unescaped(said(block)) in (text, f"• {text}")
        assert not any(sign in said(block) for sign in "<>")
    for line in plain(message).splitlines():
        assert not any(sign in line for sign in "<>")


@pytest.mark.parametrize("text", HOSTILE[4:])
def test_what_would_be_taken_for_formatting_is_shown_as_it_was_typed(text: str) -> None:
    message = Message((Paragraph((Words(text),)), Bullets(((Words(text),),)), Note((Words(text),)), Heading(text)))
    dressed = blocks(message)
    assert elements(dressed[0]) == elements(dressed[2]) == [{"type": "text", "text": text}]
    assert dressed[1]["elements"][0]["elements"][0]["elements"] == [{"type": "text", "text": text}]
    assert dressed[3]["text"] == {"type": "plain_text", "text": text, "emoji": False}


@given(st.text(alphabet=st.one_of(st.sampled_from("*_~`<>&:| a"), st.characters()), max_size=40), st.booleans())
def test_no_text_at_all_mentions_links_or_formats(text: str, small: bool) -> None:
    spans, text = (Words(text),), harmless(text)
    for block in blocks(Message((Note(spans) if small else Paragraph(spans),))):
        if block["type"] == "rich_text":
            assert "".join(part["text"] for part in elements(block)) == text
            continue
        shown = block["elements"][0] if small else block["text"]
        assert shown["verbatim"] is True
        assert unescaped(shown["text"]) == text
        assert not any(sign in shown["text"] for sign in "<>")
        # One sign alone in a line formats nothing.
        assert all(line.count(sign) <= 1 for line in shown["text"].splitlines() for sign in "*_~`")


def test_a_members_text_turns_the_reading_direction_of_nothing_after_it() -> None:
    turning = "a\u202eb\u2066c"
    for text in (turning, f"{turning} *so*"):
        spans = (Words(text), Link("https://example.org", turning), Code(turning), Words(turning, bold=True))
        dressed = json.dumps(blocks(Message((Paragraph(spans), Bullets((spans,)), Note(spans)))), ensure_ascii=False)
        assert not {"\u202e", "\u2066"} & set(dressed)


def test_marks_of_ours_stand_alone_or_become_rich_text() -> None:
    bold, code = Words("Theme 1", bold=True), Code("/cop help")
    (block,) = blocks(Message((Paragraph((bold, Words(" is open. Type "), code, Words("."))),)))
    assert said(block) == "*Theme 1* is open. Type `/cop help`."
    for spans in ((Words("x"), bold), (bold, Words("x")), (bold, Words(" 2 * 3")), (Words("a * b", bold=True),)):
        assert blocks(Message((Paragraph(spans),)))[0]["type"] == "rich_text", spans


def test_a_list_is_a_section_but_for_the_bullets_with_signs() -> None:
    bullets = tuple((Words(text),) for text in ("one", "*two*", "three"))
    first, second, third = blocks(Message((Bullets(bullets, "Ideas"),)))
    assert said(first) == "*Ideas*\n• one"
    assert second["elements"][0]["elements"][0]["elements"] == [{"type": "text", "text": "*two*"}]
    assert said(third) == "• three"
    many = tuple((Words(text),) for text in ("one", "*two*") * 5)
    (whole,) = blocks(Message((Bullets(many, "Ideas"),)))
    assert whole["type"] == "rich_text"


def test_a_long_list_takes_as_many_sections_as_it_needs() -> None:
    bullets = tuple((Words(f"{number} " + "x" * 500),) for number in range(20))
    dressed = blocks(Message((Bullets(bullets),)))
    assert all(len(said(block)) <= 3_000 for block in dressed)
    assert "\n".join(map(said, dressed)) == "\n".join(f"• {spans[0].text}" for spans in bullets)


def test_small_print_keeps_its_links_and_moments() -> None:
    note = Note((Words("Next: "), OPENS, Words(" "), Link("https://example.org/a|b", "agenda")))
    (block,) = blocks(Message((note,)))
    assert block["type"] == "context"
    assert block["elements"][0]["text"].startswith("Next: <!date^1606118400^")
    assert block["elements"][0]["text"].endswith("<https://example.org/a%7Cb|agenda>")


def test_only_web_addresses_become_links() -> None:
    message = Message((Paragraph((Link("javascript:alert(1)", "here"), Link("https://example.org/p1", "#12"))),))
    assert said(blocks(message)[0]) == "here (javascript:alert(1))<https://example.org/p1|#12>"


def test_the_key_is_the_id_of_the_first_block() -> None:
    message = Message((Paragraph((Words(""),)), Heading("Theme 1"), Paragraph((Words("Welcome"),))))
    dressed = blocks(message, "a1/session/1/opening")
    assert [block.get("block_id") for block in dressed] == ["a1/session/1/opening", None]


def test_people_are_named_and_not_called() -> None:
    message = Message((Paragraph((Person("Amina", "U1"), Words(" asked"), Code("/cop help"))),))
    assert elements(blocks(message)[0]) == [
        {"type": "text", "text": "Amina"},
        {"type": "text", "text": " asked"},
        {"type": "text", "text": "/cop help", "style": {"code": True}},
    ]
    assert plain(message) == "Amina asked`/cop help`"


def test_buttons_carry_what_would_be_typed_and_say_whether_their_message_stays() -> None:
    row = Buttons((Button("Erase it all", "settings forget yes", "danger"), Button("Leave it", "cancel")))
    message = Message((Paragraph((Words("Sure?"),)), row))
    asked = blocks(message)[1]["elements"]
    assert [(one["value"], one.get("style")) for one in asked] == [("settings forget yes", "danger"), ("cancel", None)]
    assert len({one["action_id"] for one in asked}) == 2
    assert all(one["action_id"].startswith("cop:answer:") for one in asked)
    assert all(one["action_id"].startswith("cop:notice:") for one in blocks(message, "key")[1]["elements"])


def test_a_button_that_slack_would_refuse_is_left_to_typing() -> None:
    row = Buttons((Button("x" * 90, "help"), Button("Say it", "idea " + "x" * 2_000)))
    (only,) = blocks(Message((row,)))[0]["elements"]
    assert len(only["text"]["text"]) == 75


def test_what_is_too_long_for_one_element_is_still_all_there() -> None:
    heading, text = "h" * 151, "t" * 7_000
    dressed = blocks(Message((Heading(heading), Paragraph((Words(text),)), Note((Words(text),)))))
    assert said(dressed[0]) == f"*{heading}*"
    for block in dressed[1:]:
        assert "".join(part["text"] for part in elements(block)) == text
        assert max(len(part["text"]) for part in elements(block)) <= 3_000


def test_lists_have_their_title_above_and_empty_parts_are_left_out() -> None:
    message = Message((Bullets(((Words("one"),), (Words(""),)), "Ideas"), Paragraph(()), Bullets(())))
    (block,) = blocks(message)
    assert said(block) == "*Ideas*\n• one"
    assert plain(message).startswith("Ideas\n• one")
