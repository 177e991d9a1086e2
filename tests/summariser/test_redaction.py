"""What of members' words is never sent to a model."""

import pytest

from cop_bot.summariser.writing.redaction import has_mark, masked, restored


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Ask <@U02AB> about it.", "Ask [name] about it."),
        ("Ask <@U02AB|amina> about it.", "Ask [name] about it."),
        ("Ask <at>Amina Sitoe</at> about it.", "Ask [name] about it."),
        ("Thanks @amina.sitoe, that helps.", "Thanks [name], that helps."),
        ("Thanks @Amina Sitoe for this.", "Thanks [name] for this."),
        ("@amina Donors should wait.", "[name] Donors should wait."),
        ("Write to amina+cop@mail.example.org.", "Write to [e-mail]."),
        ("Write to mailto:amina@example.org!", "Write to [e-mail]!"),
        ("Call +258 84 123 4567 before noon.", "Call [phone] before noon."),
        ("Call 0031 6 12345678.", "Call [phone]."),
        ("Call (020) 123 45 67 8.", "Call [phone]."),
        ("Bel 06-12345678 of 020 123 4567.", "Bel [phone] of [phone]."),
        ("Call 841 234 5678.", "Call [phone]."),
        ("Ligue 912 345 678.", "Ligue [phone]."),
        ("Phone:0612345678, or tel:+258841234567", "Phone:[phone], or tel:[phone]"),
        ("Call +258–84–123–4567 or +258‑84‑123‑4567.", "Call [phone] or [phone]."),
        ("Ask @Jan de Vries about it.", "Ask [name] about it."),
        ("Write to amina (at) example.org.", "Write to [e-mail]."),
        ("Write to amina [at] mail [dot] example.org.", "Write to [e-mail]."),
        ("Write to amina＠example.org.", "Write to [e-mail]."),
    ],
)
def test_names_addresses_and_numbers_are_marks(text: str, sent: str) -> None:
    assert masked(text) == sent


@pytest.mark.parametrize(
    "text",
    [
        "It cost 1 000 000 000 meticais.",
        "It cost 12,500,000.00 in 2020.",
        "From 2019-2021 and 2020 - 2024.",
        "On 23-11-2020 and 2020-11-23 at 10:30.",
        "See https://example.org/@amina/0612345678 and #12.",
        "We are 3 of 41 people, 25 % of all.",
        "Point 1.2.3 of the plan.",
        "It cost 700 000 000 meticais.",
        "We met at (at least) example 12:30.",
    ],
)
def test_amounts_dates_and_addresses_of_pages_are_not(text: str) -> None:
    assert masked(text) == text


def test_marks_become_again_what_they_stood_for() -> None:
    original = "Ask @amina or call +258 84 123 4567, see https://example.org/a."
    there = "Vraag [name] of bel [phone], zie https://example.org/a."
    assert restored(there, original) == "Vraag @amina of bel +258 84 123 4567, zie https://example.org/a."


@pytest.mark.parametrize("text", ["Vraag [name].", "Bel [phone] of vraag [name].", "Vraag iemand."])
def test_unless_one_is_missing_or_they_changed_places(text: str) -> None:
    assert restored(text, "Ask @amina or call +258 84 123 4567.") is None


def test_a_mark_is_recognised() -> None:
    assert has_mark("Ask [name].")
    assert not has_mark("Ask [somebody].")
