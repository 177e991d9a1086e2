"""A long message becomes several; nobody's words get lost."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from cop_bot.domain.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Chart,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Words,
)
from cop_bot.platforms.slack.render import blocks as slack_blocks
from cop_bot.platforms.slack.render import plain
from cop_bot.rendering.splitting import Limits, size, split

LIMITS = Limits()


def paragraph(text: str) -> Paragraph:
    return Paragraph((Words(text),))


def text_of(block: Block) -> str:
    match block:
        case Heading(text=text):
            return text
        case Paragraph(spans=spans) | Chart(spans=spans) | Note(spans=spans):
            return "".join(span.text for span in spans if isinstance(span, Words))
        case Bullets(bullets=bullets, title=title):
            return (title or "") + "".join(span.text for spans in bullets for span in spans if isinstance(span, Words))
        case Buttons(buttons=buttons):
            return "".join(button.command for button in buttons)


def said(parts: list[Message]) -> str:
    first, *later = parts
    return "".join(text_of(block) for part in [first.blocks, *(one.blocks[1:] for one in later)] for block in part)


def test_a_message_that_fits_is_left_alone() -> None:
    message = Message((Heading("Theme 1"), paragraph("Short.")), "da")
    assert split(message) == [message]


def test_later_parts_say_which_they_are_and_keep_the_language() -> None:
    message = Message(tuple(paragraph(f"{number} " + "word " * 500) for number in range(11)), "nl")
    parts = split(message)
    assert [part.blocks[0] for part in parts[1:]] == [
        Note((Words(f"{number}/{len(parts)}"),)) for number in range(2, len(parts) + 1)
    ]
    assert {part.language for part in parts} == {"nl"}
    assert said(parts) == said([message])


def test_the_numbering_can_be_in_the_members_language() -> None:
    message = Message(tuple(paragraph("x") for _ in range(50)))
    second = split(message, number=lambda part, parts: f"{part} van {parts}")[1]
    assert second.blocks[0] == Note((Words("2 van 2"),))


def test_a_long_list_is_divided_between_its_bullets_and_its_title_said_once() -> None:
    bullets = tuple(
        (Words(f"{number}: " + "idea " * 60), Link("https://example.org/x", f"#{number}")) for number in range(80)
    )
    parts = split(Message((Bullets(bullets, "Ideas"),)))
    lists = [block for part in parts for block in part.blocks if isinstance(block, Bullets)]
    assert len(parts) == len(lists) > 1
    assert [block.title for block in lists] == ["Ideas"] + [None] * (len(lists) - 1)
    assert tuple(bullet for block in lists for bullet in block.bullets) == bullets


def test_a_long_paragraph_is_cut_after_a_space() -> None:
    message = Message((paragraph("seed " * 10_000),))
    parts = split(message)
    assert said(parts) == said([message])
    assert all(text_of(part.blocks[-1]).endswith("seed ") for part in parts)


def test_a_heading_goes_with_what_it_is_the_heading_of() -> None:
    parts = split(Message((paragraph("x" * 11_900), Heading("Questions"), paragraph("y" * 200))))
    assert isinstance(parts[1].blocks[1], Heading)


words = st.text(st.sampled_from("ab <&>\n"), max_size=400).map(Words)
spans = st.lists(
    words
    | st.just(Link("https://example.org/p1", "#1"))
    | st.just(Moment(datetime(2020, 11, 23, 8, tzinfo=UTC), "UTC")),
    max_size=4,
).map(tuple)
any_block = st.one_of(
    st.text(st.sampled_from("ab &"), min_size=1, max_size=300).map(Heading),
    spans.map(Paragraph),
    spans.map(Note),
    st.lists(spans, max_size=6).map(tuple).map(Bullets),
    st.just(Buttons((Button("Yes", "withdraw #1 yes"), Button("No", "cancel")))),
)


@given(st.lists(any_block, max_size=12))
def test_nothing_is_lost_and_every_part_fits_whatever_the_message(found: list[Block]) -> None:
    message = Message(tuple(found))
    parts = split(message, Limits(5, 600))
    assert said(parts) == said([message])
    for part in parts:
        assert len(part.blocks) <= 5
        assert sum(map(size, part.blocks)) <= 600


def test_the_parts_of_a_findings_post_fit_slack() -> None:
    bullets = tuple((Words("A & B < C " * 40), Link(f"https://example.org/{number}", "#1")) for number in range(200))
    for part in split(Message((Heading("Findings"), Bullets(bullets, "Main points")))):
        dressed = slack_blocks(part)
        assert len(dressed) <= LIMITS.most_blocks
        assert len(plain(part)) <= LIMITS.most_characters + 500
