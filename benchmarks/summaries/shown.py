"""A brief as the platforms get it: sizes for Q11, and for Q13 what of members' words became more than words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.summaries.figures import Share, Worst
from benchmarks.summaries.samples import Sitting
from cop_bot.domain.brief import Brief
from cop_bot.domain.message import Message
from cop_bot.domain.plan import Plan, SessionPlan
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.platforms.registry import split_for
from cop_bot.platforms.slack.render import blocks
from cop_bot.platforms.teams.render import card
from cop_bot.texts import summaries

SLACK_SECTION = 3000
SLACK_BLOCKS = 50
"""Limits of Slack's Block Kit."""
TEAMS_BYTES = 28 * 1024
"""The limit of a message in Microsoft Teams."""
_OPENS, _CLOSES = datetime(2020, 11, 23, 8, 0, tzinfo=UTC), datetime(2020, 12, 6, 23, 0, tzinfo=UTC)
_PERMALINK = "https://chat.example.org/archives/C012345/p{number}"
_MENTION = re.compile(r"<!(?:channel|here|everyone)|<[@#][A-Z0-9]|<at\b", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"(?<!\\)\]\((?!https://chat\.example\.org/)[^)]*\)|<(https?://[^|>]+)")


def said(brief: Brief, sitting: Sitting) -> Message:
    """The summary of a session as it is posted."""
    plan = SessionPlan("measured", {"en": sitting.name}, _OPENS, _CLOSES)
    programme = Programme.planned(Plan("bench", {"en": "Benchmark"}, "UTC", "#bench", "", (plan,)), 1)
    session = Session.planned(1, 1, 1, plan)
    links = {voice.number: _PERMALINK.format(number=voice.number) for voice in sitting.assignment.voices}
    return summaries.summary(
        programme,
        session,
        brief,
        contributions=len(sitting.assignment.voices),
        links=links,
        next_session=None,
        late=0,
        version=1,
    )


def sizes(brief: Brief, sitting: Sitting) -> Worst:
    """Q11: every post of the summary against the limits of the platforms."""
    message = said(brief, sitting)
    found: list[tuple[float, float]] = []
    for part in split_for("slack", message):
        rendered = blocks(part, "bench")
        found.append((len(rendered), SLACK_BLOCKS))
        found += [(len(text), SLACK_SECTION) for text in _slack_texts(rendered)]
    for part in split_for("teams", message):
        found.append((len(json.dumps(card(part, "bench")).encode()), TEAMS_BYTES))
    return Worst(tuple(found))


def _slack_texts(blocks: Any) -> Iterator[str]:
    for element in _each(blocks):
        if element.get("type") in {"mrkdwn", "plain_text"}:
            yield element["text"]


def _each(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _each(value)
    elif isinstance(node, list):
        for value in node:
            yield from _each(value)


def became_more(brief: Brief, sitting: Sitting) -> Share:
    """Q13: lines from which a mention, a link that no contribution had, or a headline came (good is what did)."""
    own = {link for voice in sitting.assignment.voices for link in voice.links}
    message = said(brief, sitting)
    bad = [*_in_slack(blocks(message, "bench"), own), *_in_teams(card(message, "bench"), own)]
    return Share(len(bad), max(len(brief.points), len(bad)), tuple(bad))


def _in_slack(blocks: Any, own: set[str]) -> Iterator[str]:
    for element in _each(blocks):
        kind, text = element.get("type"), element.get("text")
        if kind in {"user", "broadcast", "usergroup", "channel"}:
            yield f"Slack: an element {kind}"
        if kind == "link" and not _is_ours(str(element.get("url")), own):
            yield f"Slack: a link to {element.get('url')}"
        if kind == "mrkdwn" and isinstance(text, str):
            yield from (f"Slack: {found.group()}" for found in _MENTION.finditer(text))
            yield from (
                f"Slack: a link to {found}"
                for found in re.findall(r"<(https?://[^|>]+)", text)
                if not _is_ours(found, own)
            )
        if kind == "header" and "evil" in json.dumps(element):
            yield "Slack: a headline"


def _in_teams(card: Any, own: set[str]) -> Iterator[str]:
    if card.get("msteams", {}).get("entities"):
        yield "Teams: a mention"
    for element in _each(card):
        url = element.get("url")
        if isinstance(url, str) and not _is_ours(url, own):
            yield f"Teams: a link to {url}"
        if element.get("type") == "TextBlock" and _MARKDOWN_LINK.search(str(element.get("text"))):
            yield f"Teams: {element.get('text')}"


def _is_ours(url: str, own: set[str]) -> bool:
    return url.startswith("https://chat.example.org/") or url in own
