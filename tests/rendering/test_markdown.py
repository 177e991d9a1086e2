"""A message as a Markdown file, and what members can't do to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cop_bot.domain.message import (
    Bullets,
    Button,
    Buttons,
    Code,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Words,
)
from cop_bot.rendering.markdown import as_markdown

CLOSES = Moment(datetime(2020, 12, 6, 22, 59, tzinfo=UTC), "Europe/Amsterdam", "date")
HOSTILE = [
    "# a title",
    "<script>alert(1)</script>",
    "[click](https://evil.example)",
    "![](https://evil.example/x.png)",
    "**bold** _so_ `code` ~~no~~",
    "1. one\n2) two\n- three\n+ four\n=====\n---",
    "    code by indenting",
    "first\n\n\nsecond",
    "> quoted\n| a | b |\n|---|---|",
    "&lt;b&gt; &#35; \\",
    "[x]: https://evil.example\n<https://evil.example>",
    "```\nfence\n```",
    "~~~\nfence",
]


def tokens(text: str) -> list[Token]:
    top = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [token for outer in top for token in (outer, *(outer.children or ()))]


def shown(text: str) -> str:
    return "".join(token.content for token in tokens(text) if token.type == "text")


def test_a_message_becomes_a_file() -> None:
    message = Message(
        (
            Heading("Theme 1 · summary"),
            Note((CLOSES, Words(" · 12 people"))),
            Bullets(((Words("Shared budgets "), Link("https://example.org/a b?c=(1)", "#12")),), "Main points"),
            Paragraph((Words("Risk", bold=True), Words(": type "), Code("/cop `x`"))),
            Buttons((Button("Stop reminders", "settings off"),)),
        )
    )
    assert as_markdown(message) == (
        "# Theme 1 · summary\n\n"
        "> 6 December 2020 · 12 people\n\n"
        "## Main points\n\n"
        "- Shared budgets [\\#12](<https://example.org/a%20b?c=(1)>)\n\n"
        "**Risk**: type `` /cop `x` ``\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("bold", [False, True])
def test_a_members_text_stays_a_text(text: str, bold: bool) -> None:
    parsed = tokens(as_markdown(Message((Paragraph((Words(text, bold=bold),)),))))
    allowed = {"paragraph_open", "paragraph_close", "inline", "text", "hardbreak", "text_special"}
    assert {token.type for token in parsed} <= allowed | ({"strong_open", "strong_close"} if bold else set())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_members_text_stays_in_its_bullet(text: str) -> None:
    parsed = tokens(as_markdown(Message((Bullets(((Words(text),), (Words("next"),))),))))
    assert [token.type for token in parsed].count("list_item_open") == 2
    assert not {"heading_open", "html_block", "html_inline", "link_open", "fence"} & {token.type for token in parsed}


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), min_size=1))
def test_every_sign_of_a_text_is_shown_as_it_was_written(text: str) -> None:
    assert shown(as_markdown(Message((Paragraph((Words(f"x{text}x"),)),)))) == f"x{text}x"


@given(st.text(max_size=60))
def test_a_title_is_one_line(text: str) -> None:
    parsed = tokens(as_markdown(Message((Heading(text), Paragraph((Words("after"),))))))
    assert [token.type for token in parsed].count("heading_open") == 1
    assert [token.type for token in parsed].count("paragraph_open") == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert as_markdown(Message((Paragraph((Link(url, "label"),)),))) == "label\n"


def test_an_address_in_a_members_text_is_not_made_a_link() -> None:
    written = as_markdown(Message((Paragraph((Words("see https://evil.example and www.evil.example"),)),)))
    assert written == "see https\\://evil.example and www\\.evil.example\n"
