"""A message as Slack blocks, and as the plain text that goes with them.

Texts become sections, which every Slack shows, and every server that stands in for one. Words that mrkdwn would take
for formatting become rich-text elements, which are shown as they are: no mention, link or formatting can come out of
either. Limits are those of Slack's Block Kit reference (blocks and block elements).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
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
    Spans,
    Words,
)
from cop_bot.platforms.slack.mrkdwn import DATE_FORMATS, escape, is_address, is_plain, mrkdwn, shown_as
from cop_bot.rendering.dates import spelled_out

ANSWER = "cop:answer:"
"""How the action ids begin of buttons in a private answer, which their press replaces."""

NOTICE = "cop:notice:"
"""How the action ids begin of buttons in a notice, which stays."""

_HEADER = 150
_TEXT = 3_000
_LABEL = 75
_VALUE = 2_000
_BUTTONS = 25
_FEWEST_ROWS, _MOST_ROWS = 3, 100
"""A table of fewer takes more room than it tells; of more than a page of a table Slack takes none."""

_MOST_RUNS = 4
"""A list that changes between sections and rich text more often than that is rich text as a whole."""


_Line = tuple[str, Spans]
"""What stands before a line of a list, and the line."""


def blocks(message: Message, key: str | None = None, *, drawn: bool = True) -> list[dict[str, Any]]:
    """The message as Slack blocks; `key` becomes the id of the first one, so that the message can be recognised.

    Unless `drawn`, what could be a table is told in words: not every Slack knows that block.
    """
    dressed: list[dict[str, Any]] = []
    for block in message.blocks:
        if drawn and isinstance(block, Chart) and len(block.bars) >= _FEWEST_ROWS:
            dressed.append(_table(block))
        else:
            dressed.extend(_dress(block, message.language, ANSWER if key is None else NOTICE, len(dressed)))
    if key is not None and dressed:
        dressed[0]["block_id"] = key
    return dressed


def plain(message: Message) -> str:
    """The same words for notifications, screen readers and search, escaped; moments are date tokens here too."""
    return "\n".join(line for block in message.blocks for line in _lines(block, message.language))


def _table(chart: Chart) -> dict[str, Any]:
    """What is drawn, as far as Slack can: a "data table", of which `raw_text` is shown as it is (Block Kit, 2026)."""
    heads = [{"type": "raw_text", "text": head} for head in chart.columns]
    rows = [
        [{"type": "raw_text", "text": label[:_LABEL]}, {"type": "raw_number", "value": count, "text": str(count)}]
        for label, count in chart.bars[:_MOST_ROWS]
    ]
    return {"type": "data_table", "caption": chart.title, "rows": [heads, *rows], "page_size": len(rows)}


def _dress(block: Block, language: str, action: str, row: int) -> Iterator[dict[str, Any]]:
    match block:
        case Heading(text=text) if 0 < len(text.strip()) <= _HEADER:
            yield {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}
        case Heading(text=text):
            yield from _paragraph((Words(text, bold=True),), language)
        case Paragraph(spans=spans) | Chart(spans=spans):
            yield from _paragraph(spans, language)
        case Bullets():
            yield from _list(block, language)
        case Note(spans=spans):
            yield from _small_print(spans, language)
        case Buttons(buttons=buttons):
            yield from _rows(buttons, action, row)


def _paragraph(spans: Sequence[Span], language: str) -> Iterator[dict[str, Any]]:
    text = mrkdwn(spans, language)
    if text.strip() and len(text) <= _TEXT and is_plain(spans):
        yield _said(text)
    else:
        yield from _rich([_section(spans, language)])


def _list(block: Bullets, language: str) -> Iterator[dict[str, Any]]:
    above = (Words(block.title, bold=True),) if block.title else None
    lines = list(_filled(block, language))
    runs = list(_runs(lines, above, language))
    if len(runs) <= _MOST_RUNS:
        yield from runs
    else:
        yield from _rich_list(lines, above, language)


def _filled(block: Bullets, language: str) -> Iterator[_Line]:
    for mark, spans in zip(block.marks, block.bullets, strict=True):
        if mrkdwn(spans, language).strip():
            yield mark, spans
        elif block.first is not None:
            yield mark, (Words("…"),)  # or the others would get wrong numbers


def _runs(lines: Sequence[_Line], above: Spans | None, language: str) -> Iterator[dict[str, Any]]:
    """The list in sections where mrkdwn shows it as it is meant, and in rich text elsewhere."""
    fits = partial(_fits, language=language)
    if above and not fits(("", above)):
        yield from _rich([_section(above, language)])
    said = [mrkdwn(above, language)] if above and fits(("", above)) else []
    for plain_enough, several in groupby(lines, fits):
        if not plain_enough:
            yield from map(_said, _pages(said))
            yield from _rich_list(list(several), None, language)
            said = []
            continue
        said += [f"{mark} {mrkdwn(spans, language)}" for mark, spans in several]
    yield from map(_said, _pages(said))


def _fits(line: _Line, *, language: str) -> bool:
    mark, spans = line
    return is_plain(spans) and len(mrkdwn(spans, language)) < _TEXT - len(f"{mark} ")


def _pages(lines: Sequence[str]) -> Iterator[str]:
    """The lines in texts that fit into a section each."""
    page = ""
    for line in lines:
        if page and len(page) + 1 + len(line) > _TEXT:
            yield page
            page = ""
        page = f"{page}\n{line}" if page else line
    if page:
        yield page


def _said(text: str) -> dict[str, Any]:
    # verbatim: Slack makes no links of its own out of the words; expand: it folds nothing away.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}, "expand": True}


def _rich_list(lines: Sequence[_Line], above: Spans | None, language: str) -> Iterator[dict[str, Any]]:
    sections = [section for _, spans in lines if (section := _section(spans, language))["elements"]]
    listed = [{"type": "rich_text_list", **_style(lines[0][0]), "elements": sections}] if sections else []
    yield from _rich([*([_section(above, language)] if above else []), *listed])


def _style(first: str) -> dict[str, Any]:
    """How a list looks that begins with this mark; `offset` is how many numbers are left out before it."""
    return {"style": "bullet"} if first == "•" else {"style": "ordered", "offset": int(first.rstrip(".")) - 1}


def _rich(elements: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    filled = [element for element in elements if element["elements"]]
    if filled:
        yield {"type": "rich_text", "elements": filled}


def _section(spans: Sequence[Span], language: str) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": [part for span in spans for part in _elements(span, language)]}


def _elements(span: Span, language: str) -> Iterator[dict[str, Any]]:
    match span:
        case Words(bold=True):
            yield from _texts(shown_as(span), {"bold": True})
        case Code() | Command():
            yield from _texts(shown_as(span), {"code": True})
        case Link(url=url) if is_address(url):
            yield {"type": "link", "url": url, "text": shown_as(span)}
        case Words() | Person() | Link():
            yield from _texts(shown_as(span), None)
        case Moment():
            yield {
                "type": "date",
                "timestamp": int(span.at.timestamp()),
                "format": DATE_FORMATS[span.style],
                "fallback": spelled_out(span, language),
            }


def _texts(text: str, style: dict[str, bool] | None) -> Iterator[dict[str, Any]]:
    for start in range(0, len(text), _TEXT):
        element: dict[str, Any] = {"type": "text", "text": text[start : start + _TEXT]}
        yield element | {"style": style} if style else element


def _small_print(spans: Sequence[Span], language: str) -> Iterator[dict[str, Any]]:
    text = mrkdwn(spans, language)
    if is_plain(spans) and 0 < len(text) <= _TEXT:
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
        case Paragraph(spans=spans) | Chart(spans=spans) | Note(spans=spans):
            yield mrkdwn(spans, language, bold=False)
        case Bullets(bullets=bullets, title=title):
            if title:
                yield escape(title)
            lines = zip(block.marks, bullets, strict=True)
            yield from (f"{mark} {mrkdwn(spans, language, bold=False)}" for mark, spans in lines)
        case Buttons():
            return
