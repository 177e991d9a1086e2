"""Programme files for the tests, and what is wrong in them."""

from __future__ import annotations

import pytest

from cop_bot.domain.plan import Plan
from cop_bot.programme_file.mistakes import Mistake, ProgrammeFileMistakes
from cop_bot.programme_file.reading import read_programme

HEAD = """\
cop: 1
id: small
title: A small programme
zone: {zone}
platform: {{channel: "#cop"}}
"""
ONE_THEME = "sessions: {first_opens: 2020-11-23T09:00}\nthemes: [{id: one, title: One}]\n"


def programme(rest: str = ONE_THEME, zone: str = "Europe/Amsterdam") -> str:
    """A whole file that begins with five sound lines; what follows begins in line 6."""
    return HEAD.format(zone=zone) + rest


def plan(rest: str = ONE_THEME, zone: str = "Europe/Amsterdam") -> Plan:
    return read_programme(programme(rest, zone), "cop.yaml")


def mistakes(text: str | bytes) -> tuple[Mistake, ...]:
    with pytest.raises(ProgrammeFileMistakes) as raised:
        read_programme(text, "cop.yaml")
    return raised.value.mistakes


def only_mistake(text: str | bytes) -> Mistake:
    found = mistakes(text)
    assert len(found) == 1, [str(mistake) for mistake in found]
    return found[0]


def spots(text: str | bytes) -> list[tuple[int, int]]:
    return [(mistake.line, mistake.column) for mistake in mistakes(text)]
