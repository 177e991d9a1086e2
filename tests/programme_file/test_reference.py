"""The reference in docs/reference/programme-file.md says what the reader of the file does, key by key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cop_bot.programme_file.reading import examine
from cop_bot.programme_file.section import Section

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "programme-file.md"
EVERY_KEY = Path(__file__).with_name("every_key.yaml")


def documented() -> dict[str, str]:
    rows = re.findall(
        r"^\| `([a-z_.]+)`(?: \*)? \|.*\| (acts|not yet) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) == len(dict(rows)), "a key stands twice in the reference"
    return dict(rows)


def known(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every key that was asked for while the file with all of them was read."""
    asked: set[str] = set()
    true_read = Section.read

    def read(self: Section, key: str, kind: object) -> object:
        asked.add(f"{self.name}.{key}".lstrip("."))
        return true_read(self, key, kind)  # type: ignore[arg-type]

    monkeypatch.setattr(Section, "read", read)
    examine(EVERY_KEY.read_bytes(), "every_key.yaml")
    return asked


def test_the_reference_names_every_key_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(documented()) == known(monkeypatch)


def test_the_reference_says_not_yet_where_cop_check_says_so() -> None:
    not_yet = {key for key, effect in documented().items() if effect == "not yet"}
    plan = examine(EVERY_KEY.read_bytes(), "every_key.yaml").plan
    listed = {*plan.not_acted_on, *plan.promises}
    # `cop check` names a whole mapping once; the reference names its keys too.
    assert {key for key in not_yet if not any(key.startswith(f"{other}.") for other in not_yet)} == listed
