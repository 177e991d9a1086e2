"""A message as an Adaptive Card for Teams, and as the text that goes with it.

Texts become text runs of a RichTextBlock, which Teams shows as they are, where a TextBlock would take Markdown out of
them. Two things are read out of a text run all the same: `{{DATE(…)}}` and `{{TIME(…)}}`, which show a moment in the
reader's own zone, and `<at>`; in what people wrote both are broken up.
(Microsoft's "Text features in Adaptive Cards"; schema 1.5 is what Teams shows on every device.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

from cop_bot.domain.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Chart,
    Code,
    Command,
    Heading,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Person,
    Span,
    Words,
)
from cop_bot.platforms.teams.fallback import fallback, spelled
from cop_bot.rendering.commands import Spell
from cop_bot.rendering.text import harmless

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
"""What an attachment that carries a card calls itself."""

VERB = "cop"
"""The verb of our buttons: they do what giving their `command` would do."""

_BUTTONS = 6  # Teams hides the others of one row behind a menu
_LABEL = 100
_ADDRESS = 2_000

_STYLES = {"plain": "default", "primary": "positive", "danger": "destructive"}
_DATES = {"date_time": "{{{{DATE({0}, LONG)}}}} {{{{TIME({0})}}}}", "date": "{{{{DATE({0}, LONG)}}}}"}
_TIME = "{{{{TIME({0})}}}}"
_MARKDOWN = re.compile(r"[*_~`\\\[\]<>#|&!]|^\s*(?:[-+>]|\d+[.)])", re.MULTILINE)
_FUNCTION = re.compile(r"\{(?=\{)|<(?=at\b|/at\b)", re.IGNORECASE)


def card(message: Message, key: str | None = None, *, is_alone: bool = False) -> dict[str, Any]:
    """The message as a card; `key` becomes the id of its first element, so that the message can be recognised.
    `is_alone`: for the conversation of one person with the bot.
    """
    spell = spelled(is_alone=is_alone)
    body = [element for block in message.blocks for element in _dress(block, spell, is_notice=key is not None)]
    if key is not None and body:
        body[0]["id"] = key
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": message.language,
        "fallbackText": fallback(message, is_alone=is_alone),
        "msteams": {"width": "Full"},
        "body": body,
    }


def carries(content: str, key: str) -> bool:
    """Whether this card, as JSON, was dressed with this key: quoted, so that `…/1` is not found in `…/10`."""
    return re.search(rf'"id"\s*:\s*"{re.escape(key)}"', content) is not None


def _dress(block: Block, spell: Spell, *, is_notice: bool) -> Iterator[dict[str, Any]]:
    match block:
        case Heading(text=text) if text.strip():
            yield _heading(harmless(text))
        case Paragraph(spans=spans):
            yield from _rich(spans, spell)
        case Chart():
            yield _chart(block, spell)
        case Bullets():
            yield from _listed(block, spell)
        case Note(spans=spans):
            yield from _rich(spans, spell, small=True)
        case Buttons(buttons=buttons):
            yield from _rows(buttons, is_notice)


def _chart(chart: Chart, spell: Spell) -> dict[str, Any]:
    """Drawn where the device can; what can't is told the same in words (Microsoft's "Charts in Adaptive Cards")."""
    words = {"type": "Container", "items": list(_rich(chart.spans, spell))}
    return {
        "type": "Chart.HorizontalBar",
        "title": _inert(harmless(chart.title)),
        "showTitle": True,
        "displayMode": "AbsoluteWithAxis",
        "data": [{"x": _inert(harmless(label)), "y": count} for label, count in chart.bars],
        "fallback": words,
    }


def _listed(block: Bullets, spell: Spell) -> Iterator[dict[str, Any]]:
    if block.title:
        yield from _rich((Words(block.title, bold=True),), spell)
    for mark, spans in zip(block.marks, block.bullets, strict=True):
        yield from _rich((Words(f"{mark} "), *spans), spell, spacing="Small")


def _rows(buttons: Sequence[Button], is_notice: bool) -> Iterator[dict[str, Any]]:
    for start in range(0, len(buttons), _BUTTONS):
        yield {"type": "ActionSet", "actions": [_button(one, is_notice) for one in buttons[start : start + _BUTTONS]]}


def _heading(text: str) -> dict[str, Any]:
    text = text.replace(" · ", "\u00a0· ")  # a narrow card breaks the line after the dot, and begins none with it
    if not _MARKDOWN.search(text) and "{{" not in text:
        # Only a TextBlock can be a heading for screen readers.
        return {
            "type": "TextBlock",
            "text": text,
            "style": "heading",
            "size": "Large",
            "weight": "Bolder",
            "wrap": True,
        }
    run = {"type": "TextRun", "text": _inert(text), "size": "Large", "weight": "Bolder"}
    return {"type": "RichTextBlock", "inlines": [run]}


def _rich(
    spans: Sequence[Span], spell: Spell, *, spacing: str | None = None, small: bool = False
) -> Iterator[dict[str, Any]]:
    look: dict[str, Any] = {"size": "Small", "isSubtle": True} if small else {}
    runs = [run | look for span in spans if (run := _run(span, spell))["text"]]
    if runs:
        yield {"type": "RichTextBlock", "inlines": runs} | ({"spacing": spacing} if spacing else {})


def _run(span: Span, spell: Spell) -> dict[str, Any]:
    match span:
        case Words(text=text, bold=bold):
            return _text(text) | ({"weight": "Bolder"} if bold else {})
        case Code(text=text):
            return _text(text) | {"fontType": "Monospace"}
        case Command(text=text):
            return _text(spell(text)) | {"fontType": "Monospace"}
        case Person(name=name):
            return _text(name)
        case Link(url=url, label=label) if _is_address(url):
            return _text(label or url) | {"selectAction": {"type": "Action.OpenUrl", "url": url}}
        case Link(url=url, label=label):
            return _text(f"{label} ({url})" if label and label != url else url)
        case Moment():
            # Strictly RFC 3339 without fractions, or Teams shows the function itself.
            at = span.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            return {"type": "TextRun", "text": _DATES.get(span.style, _TIME).format(at)}


def _text(text: str) -> dict[str, Any]:
    return {"type": "TextRun", "text": _inert(harmless(text))}


def _inert(text: str) -> str:
    """The same to the eye, with a word joiner (U+2060) where Teams would read a function or a mention."""
    return _FUNCTION.sub(lambda found: found[0] + "\u2060", text)


def _button(button: Button, is_notice: bool) -> dict[str, Any]:
    label = button.label if len(button.label) <= _LABEL else button.label[: _LABEL - 1] + "…"
    looks = {"title": label, "style": _STYLES[button.style]}
    if button.asks:
        # Only this kind of action opens a dialog.
        fetching = {"msteams": {"type": "task/fetch"}, "command": button.command}
        return {"type": "Action.Submit", "data": fetching} | looks
    # An answer makes room for what its button leads to; a notice stays for the others, and has to be told apart.
    data = {"command": button.command} | ({"notice": True} if is_notice else {})
    return {"type": "Action.Execute", "verb": VERB, "data": data} | looks


def _is_address(url: str) -> bool:
    return url.lower().startswith(("https://", "http://")) and len(url) <= _ADDRESS and not re.search(r"[\s<>]", url)
