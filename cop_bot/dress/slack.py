"""A message as Slack blocks, and as the plain text that goes with them.

Texts become rich-text elements, which Slack shows as they are: no mention, link or formatting can come out of
them. Limits are those of Slack's Block Kit reference (blocks and block elements).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cop_bot.domain.message import (
    Block,
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
    Span,
    Words,
)
from cop_bot.dress.dates import spelled_out

ANSWER = "cop:answer:"
"""How the action ids begin of buttons in a private answer, which their press replaces."""

NOTICE = "cop:notice:"
"""How the action ids begin of buttons in a notice, which stays."""

_HEADER = 150
_TEXT = 3_000
_ADDRESS = 3_000
_LABEL = 75
_VALUE = 2_000
_BUTTONS = 25

# Slack's formatting characters, emoji codes and quotes: words with them may not stand in small print, which is mrkdwn.
_FORMATTED = re.compile(r"[*_~`]|:[\w+-]+:|^\s*(?:>|&gt;)", re.MULTILINE)

_DATE_FORMATS = {"date_time": "{date_long_pretty} {time}", "date": "{date_long_pretty}", "time": "{time}"}


def blocks(message: Message, key: str | None = None) -> list[dict[str, Any]]:
    """The message as Slack blocks; `key` becomes the id of the first one, so that the message can be recognised."""
    dressed: list[dict[str, Any]] = []
    for block in message.blocks:
        dressed.extend(_dress(block, message.language, ANSWER if key is None else NOTICE, len(dressed)))
    if key is not None and dressed:
        dressed[0]["block_id"] = key
    return dressed


def plain(message: Message) -> str:
    """The same words for notifications, screen readers and search, escaped; moments are date tokens here too."""
    return "\n".join(line for block in message.blocks for line in _lines(block, message.language))


def escape(text: str) -> str:
    """Text that Slack shows as it is: nothing in it can become a mention, a channel or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _dress(block: Block, language: str, action: str, row: int) -> Iterator[dict[str, Any]]:
    match block:
        case Heading(text=text) if 0 < len(text.strip()) <= _HEADER:
            yield {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}
        case Heading(text=text):
            yield from _rich([_section((Words(text, bold=True),), language)])
        case Paragraph(spans=spans):
            yield from _rich([_section(spans, language)])
        case Bullets(bullets=bullets, title=title):
            above = [_section((Words(title, bold=True),), language)] if title else []
            sections = [section for spans in bullets if (section := _section(spans, language))["elements"]]
            listed = [{"type": "rich_text_list", "style": "bullet", "elements": sections}] if sections else []
            yield from _rich([*above, *listed])
        case Note(spans=spans):
            yield from _small_print(spans, language)
        case Buttons(buttons=buttons, spare=False):
            yield from _rows(buttons, action, row)


def _rich(elements: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    filled = [element for element in elements if element["elements"]]
    if filled:
        yield {"type": "rich_text", "elements": filled}


def _section(spans: Sequence[Span], language: str) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": [part for span in spans for part in _elements(span, language)]}


def _elements(span: Span, language: str) -> Iterator[dict[str, Any]]:
    match span:
        case Words(text=text, bold=bold):
            yield from _texts(text, {"bold": True} if bold else None)
        case Code(text=text):
            yield from _texts(text, {"code": True})
        case Person(name=name):
            yield from _texts(name, None)
        case Link(url=url, label=label) if _is_address(url):
            yield {"type": "link", "url": url, "text": label or url}
        case Link(url=url, label=label):
            yield from _texts(_unlinked(url, label), None)
        case Moment():
            yield {
                "type": "date",
                "timestamp": int(span.at.timestamp()),
                "format": _DATE_FORMATS[span.style],
                "fallback": spelled_out(span, language),
            }


def _texts(text: str, style: dict[str, bool] | None) -> Iterator[dict[str, Any]]:
    for start in range(0, len(text), _TEXT):
        element: dict[str, Any] = {"type": "text", "text": text[start : start + _TEXT]}
        yield element | {"style": style} if style else element


def _small_print(spans: Sequence[Span], language: str) -> Iterator[dict[str, Any]]:
    text = _mrkdwn(spans, language)
    safe = not any(_FORMATTED.search(_shown(span)) for span in spans if not isinstance(span, Moment | Code))
    if safe and 0 < len(text) <= _TEXT:
        # verbatim: Slack makes no links of its own out of the words.
        yield {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}
    else:
        yield from _rich([_section(spans, language)])


def _rows(buttons: Sequence[Button], action: str, row: int) -> Iterator[dict[str, Any]]:
    # A command that is too long for a button has to be typed; half a command would do something else.
    fitting = [button for button in buttons if button.label and len(button.command) <= _VALUE]
    for start in range(0, len(fitting), _BUTTONS):
        some = fitting[start : start + _BUTTONS]
        yield {
            "type": "actions",
            "elements": [_button(button, f"{action}{row}.{start + place}") for place, button in enumerate(some)],
        }


def _button(button: Button, action_id: str) -> dict[str, Any]:
    label = button.label if len(button.label) <= _LABEL else button.label[: _LABEL - 1] + "…"
    dressed: dict[str, Any] = {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "value": button.command,
    }
    return dressed if button.style == "plain" else dressed | {"style": button.style}


def _lines(block: Block, language: str) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield escape(text)
        case Paragraph(spans=spans) | Note(spans=spans):
            yield _mrkdwn(spans, language)
        case Bullets(bullets=bullets, title=title):
            if title:
                yield escape(title)
            yield from (f"• {_mrkdwn(spans, language)}" for spans in bullets)
        case Buttons():
            return


def _mrkdwn(spans: Sequence[Span], language: str) -> str:
    return "".join(_marked(span, language) for span in spans)


def _marked(span: Span, language: str) -> str:
    match span:
        case Link(url=url, label=label) if _is_address(url):
            return f"<{escape(url).replace('|', '%7C')}|{escape(label or url)}>"
        case Moment():
            fallback = escape(spelled_out(span, language)).replace("|", "/")
            return f"<!date^{int(span.at.timestamp())}^{_DATE_FORMATS[span.style]}|{fallback}>"
        case Code(text=text) if "`" not in text and text.strip():
            return f"`{escape(text)}`"
        case _:
            return escape(_shown(span))


def _shown(span: Span) -> str:
    match span:
        case Words(text=text) | Code(text=text) | Person(name=text):
            return text
        case Link(url=url, label=label):
            return label if _is_address(url) else _unlinked(url, label)
        case Moment():
            return ""


def _is_address(url: str) -> bool:
    return url.lower().startswith(("https://", "http://")) and len(url) <= _ADDRESS and not re.search(r"[\s<>]", url)


def _unlinked(url: str, label: str) -> str:
    return f"{label} ({url})" if label and label != url else url
