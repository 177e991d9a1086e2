"""A plan written as a programme file plans the same again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cop_bot.domain.plan import Plan
from cop_bot.programme_file.reading import read_programme
from cop_bot.programme_file.writing import write_programme

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "examples").glob("*.yaml")), Path(__file__).with_name("every_key.yaml")]

SPRING = """cop: 1
id: spring
title: {en: Spring, sw: "Masika: ya kwanza"}
zone: Europe/Amsterdam
languages: {working: [en, sw], summaries: [sw, en]}
platform: {kind: slack, channel: "#spring"}
roles: {facilitators: [amina@example.org, U2]}
plenary:
  {at: 2027-04-20T13:15, until: 2027-04-20T15:00, where: {kind: zoom, url: "https://example.org/z"},
  invite: {send: [P30D, PT90M]}}
sessions:
  first_opens: 2027-03-22T02:00
  days: 7
  every: P2W
  closes_at: "17:00"
  remind: [{at: midway}, {before: P2D, to: all}, {before: PT6H}]
  breaks: [{from: 2027-04-05, to: 2027-04-06, why: "Easter: closed"}]
themes:
  - {id: a, title: "Who: decides", questions: ["Why?", {en: "How?", sw: "Vipi?"}]}
  - {id: b, title: "- a dash", resources: [{title: "A # hash", url: "https://example.org", kind: tool}]}
summary: {review: facilitator, brief_words: 200, ratify: PT48H, model: {mode: offline, cap_tokens: 9000}}
privacy: {ai: no, keep: P400D}
"""


def alike(plan: Plan) -> Plan:
    """Without what a written file can't have: the digest of another text, why a break moved what has its own times."""
    sessions = tuple(replace(one, moved_because=None) for one in plan.sessions)
    return replace(plan, digest="", not_acted_on=(), promises=(), sessions=sessions)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_written_plans_the_same(file: Path) -> None:
    plan = read_programme(file.read_bytes(), file.name)
    assert alike(read_programme(write_programme(plan), "written")) == alike(plan)


def test_clocks_that_change_breaks_and_odd_signs_come_through() -> None:
    plan = read_programme(SPRING, "spring")
    text = write_programme(plan)
    assert alike(read_programme(text, "written")) == alike(plan)
    assert "send:\n    - P30D\n    - PT1H30M" in text.replace("      - ", "    - ")
    assert write_programme(read_programme(text, "written")) == text


@pytest.mark.parametrize(
    "title", ["yes", "1e3", "2027-01-01", "null", "~", "a: b", "# x", "'", '"', "&a *b", "é ü", "- x", "[x]"]
)
def test_any_title_stays_words(title: str) -> None:
    plan = replace(read_programme(SPRING, "spring"), title={"en": title})
    assert read_programme(write_programme(plan), "written").title == {"en": title}
