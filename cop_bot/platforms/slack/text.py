"""What members type in Slack, as plain text.

Slack hands messages over with `&`, `<` and `>` escaped and with everything that is more than text in angle brackets
(Slack's reference on formatting text: mentions, channels, dates, links).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETS = re.compile(r"<([^<>]+)>")
_BARE_LINK = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_GROUPS = {"here": "@here", "channel": "@channel", "everyone": "@everyone"}


def plain_text(text: str) -> str:
    """The text as its readers saw it, mentions as `@name`, links as `label (address)`."""
    return _translate(text, keep_ids=False)


def command_text(text: str) -> str:
    """The text of a command: as `plain_text`, but people and places stay as they came (`<@U1|amina>`), to be found."""
    return _translate(text, keep_ids=True).strip()


def links(text: str) -> tuple[str, ...]:
    """The web addresses in the text, each once; e-mail addresses, people and channels are none."""
    return tuple(dict.fromkeys(_links(text)))


def mentions_first(text: str, person: str) -> bool:
    """Whether the text begins with a mention of this person."""
    return bool(re.match(rf"\s*<@{re.escape(person)}(?:\|[^<>]*)?>", text)) if person else False


def after_mention(text: str, person: str) -> str:
    """The text without the mention at its beginning."""
    return re.sub(rf"^\s*<@{re.escape(person)}(?:\|[^<>]*)?>[\s:,]*", "", text)


def clean(text: str) -> str:
    """The text without what databases refuse: NUL goes, half a surrogate pair becomes a question mark in a box."""
    return _SURROGATE.sub("\ufffd", text.replace("\0", ""))


def _translate(text: str, keep_ids: bool) -> str:
    pieces: list[str] = []
    end = 0
    for found in _BRACKETS.finditer(text):
        pieces += [_unescape(text[end : found.start()]), _bracket(found[1], keep_ids)]
        end = found.end()
    # Unescaped once and piece by piece: what a member typed as "<!channel>" stays those letters.
    return clean("".join([*pieces, _unescape(text[end:])]))


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _bracket(inside: str, keep_ids: bool) -> str:
    target, _, label = inside.partition("|")
    label = _unescape(label)
    match target[:1]:
        case "@":
            return f"<{inside}>" if keep_ids else f"@{label.lstrip('@') or 'member'}"
        case "#":
            return f"<{inside}>" if keep_ids else f"#{label or 'channel'}"
        case "!":
            return label or _GROUPS.get(target[1:], "@group")
        case _ if _SCHEME.match(target):
            return _link(_unescape(target), label)
        case _:
            # Slack itself would have escaped these brackets.
            return f"<{_unescape(inside)}>"


def _link(address: str, label: str) -> str:
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    same = {shown, shown.rstrip("/"), re.sub(r"^https?://", "", shown), re.sub(r"^https?://", "", shown).rstrip("/")}
    return shown if not label or label in same else f"{label} ({shown})"


def _links(text: str) -> Iterator[str]:
    end = 0
    for found in _BRACKETS.finditer(text):
        yield from _bare_links(text[end : found.start()])
        target = _unescape(found[1].partition("|")[0])
        if _BARE_LINK.fullmatch(target):
            yield clean(target)
        end = found.end()
    yield from _bare_links(text[end:])


def _bare_links(text: str) -> Iterator[str]:
    # Slack brackets what members type; other senders' texts may carry an address as it is.
    for found in _BARE_LINK.finditer(_unescape(text)):
        yield clean(found[0].rstrip(".,;:!?)'\"*_~"))
