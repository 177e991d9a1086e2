"""A message as plain text."""

from datetime import UTC, datetime

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
    Person,
    Words,
)
from cop_bot.rendering.text import as_text

CLOSES = Moment(datetime(2020, 12, 6, 22, 59, tzinfo=UTC), "Europe/Amsterdam")
MESSAGE = Message(
    (
        Heading("Theme 1"),
        Paragraph((Words("Open until "), CLOSES, Words("."))),
        Bullets(((Words("Shared budgets "), Link("https://example.org/12", "#12")), (Words("two\nlines"),)), "Ideas"),
        Note((Words("From "), Person("Amina", "U1"), Words(": type "), Code("/cop help"))),
        Buttons((Button("Stop reminders", "settings off"),)),
    )
)


def test_a_message_reads_from_top_to_bottom() -> None:
    assert as_text(MESSAGE) == (
        "Theme 1\n\n"
        "Open until Sunday, 6 December 2020 at 23:59 (Europe/Amsterdam).\n\n"
        "Ideas\n• Shared budgets #12 (https://example.org/12)\n• two\n  lines\n\n"
        "From Amina: type /cop help\n\n"
        "[Stop reminders] /cop settings off"
    )


def test_addresses_can_be_left_out() -> None:
    assert "Shared budgets #12\n" in as_text(MESSAGE, addresses=False)


def test_dates_follow_the_language_of_the_message() -> None:
    assert as_text(Message((Paragraph((CLOSES,)),), "da")).startswith("søndag den 6. december 2020 kl. 23.59")


def test_a_members_text_cannot_paint_the_terminal_or_turn_the_line_around() -> None:
    hostile = "\x1b[2J\x1b]8;;https://evil.example\x07click\x9b31m \u202egnihtyna\r\ndone\x00"
    text = as_text(Message((Paragraph((Words(hostile),)),)))
    assert text == "[2J]8;;https://evil.exampleclick31m gnihtyna\ndone"
