"""A line of a list keeps its number on every platform: members speak of it by that number."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cop_bot.demo.terminal import dressed
from cop_bot.domain.message import Bullets, Message, Note, Words, from_json, to_json
from cop_bot.platforms.slack.render import blocks, plain
from cop_bot.platforms.teams.render import card
from cop_bot.rendering.markdown import as_markdown
from cop_bot.rendering.splitting import Limits, split
from cop_bot.rendering.text import as_text


def numbered(*texts: str, first: int = 1, title: str | None = None) -> Bullets:
    return Bullets(tuple((Words(text),) for text in texts), title, first)


LIST = Message((numbered("one", "two", first=9, title="Ideas"), Note((Words("between"),)), numbered("three", first=11)))


def test_a_list_begins_where_it_is_told() -> None:
    assert as_text(LIST) == "Ideas\n9. one\n10. two\n\nbetween\n\n11. three"
    assert dressed(LIST).plain == as_text(LIST)
    assert plain(LIST) == "Ideas\n9. one\n10. two\nbetween\n11. three"


def test_markdown_counts_on_after_what_stands_between() -> None:
    parsed = MarkdownIt("commonmark").parse(as_markdown(LIST))
    assert [token.attrs.get("start", 1) for token in parsed if token.type == "ordered_list_open"] == [9, 11]


def test_what_follows_in_a_line_stays_in_it_in_markdown() -> None:
    message = Message((numbered("one\nmore", "two", first=10),))
    assert as_markdown(message) == "10. one\\\n    more\n11. two\n"
    parsed = MarkdownIt("commonmark").parse(as_markdown(message))
    assert [token.type for token in parsed].count("list_item_open") == 2


def test_slack_shows_the_numbers_as_words_or_as_a_list_with_an_offset() -> None:
    first, _between, last = blocks(LIST)
    assert first["text"]["text"] == "*Ideas*\n9. one\n10. two"
    assert last["text"]["text"] == "11. three"
    before, rich, after = blocks(Message((numbered("one", "*two*", "three", first=3),)))
    (listed,) = rich["elements"]
    assert (listed["style"], listed["offset"]) == ("ordered", 3)
    assert (before["text"]["text"], after["text"]["text"]) == ("3. one", "5. three")


def test_a_line_without_words_leaves_the_others_their_numbers() -> None:
    (shown,) = blocks(Message((numbered("one", "", "three"),)))
    assert shown["text"]["text"] == "1. one\n2. …\n3. three"


def test_a_card_shows_the_numbers() -> None:
    body = card(LIST)["body"]
    starts = ["".join(run["text"] for run in element["inlines"]) for element in body]
    assert starts == ["Ideas", "9. one", "10. two", "between", "11. three"]


def test_a_list_that_was_stored_before_there_were_numbers_has_bullets() -> None:
    stored = to_json(Message((Bullets(((Words("one"),),)),)))
    del stored["blocks"][0]["first"]
    assert as_text(from_json(json.loads(json.dumps(stored)))) == "• one"


@given(st.lists(st.integers(min_value=0, max_value=900), min_size=1, max_size=12), st.integers(1, 20))
def test_every_line_has_its_number_once_however_a_message_is_cut(lengths: list[int], first: int) -> None:
    texts = [f"line{at} " + "word " * (length // 5) for at, length in enumerate(lengths, start=first)]
    parts = split(Message((numbered(*texts, first=first, title="Ideas"),)), Limits(9, 700))
    said = "\n".join(as_text(part) for part in parts)
    assert re.findall(r"^(\d+)\. line(\d+) ", said, re.MULTILINE) == [
        (str(at), str(at)) for at in range(first, first + len(texts))
    ]
    assert said.count("word") == sum(text.count("word") for text in texts)
    assert "•" not in said
