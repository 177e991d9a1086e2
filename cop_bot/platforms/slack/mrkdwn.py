"""Spans as Slack's mrkdwn, and whether it would show them as they are meant.

mrkdwn has no way to write a formatting character as itself (Slack's reference on formatting text), so words that could
turn into formatting have to go elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cop_bot.domain.message import Code, Command, Link, Moment, Person, Span, Words
from cop_bot.rendering.commands import with_slash
from cop_bot.rendering.dates import spelled_out
from cop_bot.rendering.text import harmless

DATE_FORMATS = {"date_time": "{date_long_pretty} {time}", "date": "{date_long_pretty}", "time": "{time}"}

_ADDRESS = 3_000
_EMOJI_OR_QUOTE = re.compile(r":[\w+-]+:|^\s*(?:>|&gt;)", re.MULTILINE)
_SIGNS = "*_~`"

_MARKED = "\0"  # stands for a span with marks of ours; members' texts have none (`clean`)
_STANDS_ALONE = re.compile(r"(?:(?<![^\s(“\"])\0(?![^\s.,;:!?)”\"])|[^\0])*")


def mrkdwn(spans: Sequence[Span], language: str, *, bold: bool = True) -> str:
    """The spans as mrkdwn; without `bold` as a plain text with links, for notifications."""
    return "".join(_marked(span, language, bold) for span in spans)


def is_plain(spans: Sequence[Span]) -> bool:
    """Whether nothing in the words would be taken for formatting, and everything that is ours would.

    One asterisk in a line is only an asterisk; it takes two to make bold, and a mark of ours has to stand alone.
    """
    shown = "".join(_MARKED if _has_marks(span) else shown_as(span) for span in spans)
    if _EMOJI_OR_QUOTE.search(shown) or not _STANDS_ALONE.fullmatch(shown):
        return False
    if not all(_can_be_marked(span) for span in spans if _has_marks(span)):
        return False
    return all(line.count(sign) <= (0 if _MARKED in shown else 1) for line in shown.splitlines() for sign in _SIGNS)


def escape(text: str) -> str:
    """Text that Slack shows as it is: nothing in it can become a mention, a channel or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shown_as(span: Span) -> str:
    """What readers see of it; of a moment nothing is known before."""
    match span:
        case Words(text=text) | Code(text=text) | Person(name=text):
            return harmless(text)
        case Command(text=text):
            return harmless(with_slash(text))
        case Link(url=url, label=label):
            return harmless(label) or harmless(url) if is_address(url) else harmless(unlinked(url, label))
        case Moment():
            return ""


def is_address(url: str) -> bool:
    """Whether Slack would take it for the address of a link."""
    return url.lower().startswith(("https://", "http://")) and len(url) <= _ADDRESS and not re.search(r"[\s<>]", url)


def unlinked(url: str, label: str) -> str:
    """What is shown instead of a link that can't be one."""
    return f"{label} ({url})" if label and label != url else url


def _has_marks(span: Span) -> bool:
    return isinstance(span, Code | Command) or (isinstance(span, Words) and span.bold)


def _can_be_marked(span: Span) -> bool:
    text = shown_as(span)
    kept = text.strip() == text and "\n" not in text and text
    return bool(kept) and not any(sign in text for sign in ("`" if isinstance(span, Code | Command) else _SIGNS))


def _marked(span: Span, language: str, bold: bool) -> str:
    match span:
        case Link(url=url) if is_address(url):
            return f"<{escape(url).replace('|', '%7C')}|{escape(shown_as(span))}>"
        case Moment():
            fallback = escape(spelled_out(span, language)).replace("|", "/")
            return f"<!date^{int(span.at.timestamp())}^{DATE_FORMATS[span.style]}|{fallback}>"
        case Code(text=text) | Command(text=text) if "`" not in text and text.strip():
            return f"`{escape(shown_as(span))}`"
        case Words(text=text, bold=True) if bold and text:
            return f"*{escape(shown_as(span))}*"
        case _:
            return escape(shown_as(span))
