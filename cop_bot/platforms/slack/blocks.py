"""What a Slack message shows, where its blocks and attachments say it: words, quotations, files, forwarded messages.

Slack's clients send each message as `rich_text`; `text` is what is left of it for notifications (Slack's reference on
rich text blocks). Programs send sections, headers and pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from cop_bot.domain.mentions import mention, own
from cop_bot.platforms.slack.text import Labels, addresses, clean, emoji, links, plain_text, unmarked

Said = Mapping[str, Any]
"""A part of what Slack hands over: nothing in it is certain to be there or to be of the right type."""

_VOICE, _PICTURE, _FILE = "🎤", "🖼", "📎"


@dataclass(slots=True)
class Seen:
    """What a reader saw: `text` its author's words, `quoted` others'."""

    text: str = ""
    quoted: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def seen(message: Said) -> Seen:
    """All that the message shows. Blocks count where they say something, else `text`."""
    found = Seen()
    labels = Labels.of(_text(message, "text"))
    of_blocks = _Blocks(labels)
    for block in _all(message, "blocks"):
        of_blocks.take(block)
    if of_blocks.words or of_blocks.quoted:
        found.text, found.quoted, found.links = of_blocks.words, of_blocks.quoted, of_blocks.links
    else:
        own_words, quoted = _unquoted(plain_text(unmarked(_text(message, "text"))))
        found.text, found.quoted = own_words, quoted
        found.links = list(links(_text(message, "text")))
    for attachment in _all(message, "attachments"):
        _attached(attachment, found, labels)
    for file in _all(message, "files"):
        _file(file, found)
    found.files += of_blocks.pictures
    found.links = list(dict.fromkeys(found.links))
    return found


class _Blocks:
    """Blocks one after the other, as lines."""

    def __init__(self, labels: Labels) -> None:
        self.quoted: list[str] = []
        self.links: list[str] = []
        self.pictures: list[str] = []
        self._labels = labels
        self._lines: list[str] = []

    @property
    def words(self) -> str:
        """The author's own words."""
        return "\n".join(self._lines).strip()

    def take(self, block: Said) -> None:
        """One more block; what Slack invents later shows nothing here."""
        if take := self._TAKE.get(_text(block, "type")):
            take(self, block)

    def _rich_text(self, block: Said) -> None:
        for part in _all(block, "elements"):
            self._rich(part)

    def _section(self, block: Said) -> None:
        self._say_all([block.get("text"), *_all(block, "fields")])

    def _context(self, block: Said) -> None:
        self._say_all([one for one in _all(block, "elements") if one.get("type") != "image"])

    def _markdown(self, block: Said) -> None:
        self._say(clean(own(_text(block, "text"))))

    def _picture(self, block: Said) -> None:
        title = block.get("title")
        shown = _text(title, "text") if isinstance(title, Mapping) else ""
        self.pictures.append(_named(_PICTURE, shown, _text(block, "alt_text")))

    def _table(self, block: Said) -> None:
        """Its rows as lines, the cells side by side."""
        rows = block.get("rows")
        for row in rows if isinstance(rows, list) else []:
            cells = [one for one in row if isinstance(one, Mapping)] if isinstance(row, list) else []
            self._say(" | ".join(self._cell(one) for one in cells))

    def _cell(self, cell: Said) -> str:
        if cell.get("type") != "rich_text":
            return emoji_in(_text(cell, "text")).replace("\n", " ")
        return " ".join(self._inline(part) for part in _all(cell, "elements")).replace("\n", " ")

    _TAKE: ClassVar[Mapping[str, Callable[[_Blocks, Said], None]]] = {
        "rich_text": _rich_text,
        "section": _section,
        "header": _section,
        "context": _context,
        "markdown": _markdown,
        "table": _table,
        "image": _picture,
        "video": _picture,
    }

    def _rich(self, part: Said) -> None:
        match part.get("type"):
            case "rich_text_quote":
                self.quoted.append(self._inline(part))
            case "rich_text_list":
                self._list(part)
            case "rich_text_preformatted":
                self._lines += self._inline(part).rstrip("\n").split("\n")
            case _:
                self._lines += self._inline(part).rstrip("\n").split("\n")

    def _list(self, part: Said) -> None:
        indent = "  " * min(_whole(part.get("indent")), 9)
        for place, one in enumerate(_all(part, "elements"), start=_whole(part.get("offset")) + 1):
            sign = f"{place}." if part.get("style") == "ordered" else "•"
            self._lines.append(f"{indent}{sign} {self._inline(one)}")

    def _inline(self, part: Said) -> str:
        return clean("".join(self._element(one) for one in _all(part, "elements")))

    def _element(self, one: Said) -> str:
        read = self._READ.get(_text(one, "type"))
        return read(self, one) if read else own(_text(one, "text"))

    def _words(self, one: Said) -> str:
        text = own(_text(one, "text"))
        self.links += addresses(text)
        return f"~~{text}~~" if _inner(one, "style").get("strike") is True and text.strip() else text

    def _user(self, one: Said) -> str:
        who = _text(one, "user_id")
        return mention("@", who, self._labels.of_id(who) or "member")

    def _channel(self, one: Said) -> str:
        which = _text(one, "channel_id")
        return mention("#", which, self._labels.of_id(which) or "channel")

    def _group(self, one: Said) -> str:
        return f"@{self._labels.of_id(_text(one, 'usergroup_id')) or 'group'}"

    def _linked(self, one: Said) -> str:
        return self._link(_text(one, "url"), own(_text(one, "text")))

    _READ: ClassVar[Mapping[str, Callable[[_Blocks, Said], str]]] = {
        "text": _words,
        "link": _linked,
        "user": _user,
        "channel": _channel,
        "usergroup": _group,
        "emoji": lambda _, one: emoji(_text(one, "name"), _text(one, "unicode"), one.get("skin_tone")),
        "broadcast": lambda _, one: f"@{_text(one, 'range') or 'channel'}",
        "date": lambda _, one: own(_text(one, "fallback")),
        "color": lambda _, one: own(_text(one, "value")),
    }

    def _link(self, url: str, label: str) -> str:
        self.links += addresses(url)
        shown = own(url).removeprefix("mailto:").removeprefix("tel:")
        bare = shown.removeprefix("https://").removeprefix("http://")
        return (
            shown if not label or label.rstrip("/") in (shown.rstrip("/"), bare.rstrip("/")) else f"{label} ({shown})"
        )

    def _say_all(self, texts: list[Any]) -> None:
        for text in texts:
            if not isinstance(text, Mapping):
                continue
            said = _text(text, "text")
            if text.get("type") == "mrkdwn":
                words, quoted = _unquoted(plain_text(unmarked(said)))
                self.quoted += quoted
                self.links += links(said)
            else:
                words = emoji_in(said)
                self.links += addresses(said)
            self._say(words)

    def _say(self, text: str) -> None:
        if text.strip():
            self._lines.append(text)


def emoji_in(text: str) -> str:
    """A plain text of a block, its short codes as signs."""
    return clean(plain_text(own(text).replace("&", "&amp;").replace("<", "&lt;")))


def _attached(attachment: Said, found: Seen, labels: Labels) -> None:
    """A forwarded message: another's words, where they stood, and what was attached to them.

    What Slack itself unfolds under a link is no part of the message.
    """
    if attachment.get("is_share") is not True:
        return
    of_blocks = _Blocks(labels)
    for block in (*_all(attachment, "blocks"), *_inside(attachment)):
        of_blocks.take(block)
    words = of_blocks.words or plain_text(_text(attachment, "text")) or clean(own(_text(attachment, "fallback")))
    by = own(_text(attachment, "author_name") or _text(attachment, "author_subname"))
    whole = "\n".join(one for one in (words, *of_blocks.quoted) if one.strip())
    if whole or by:
        found.quoted.append(f"{by}: {whole}" if by else whole)
    address = _text(attachment, "from_url") or _text(attachment, "original_url")
    found.links += addresses(address) or of_blocks.links
    for file in _all(attachment, "files"):
        _file(file, found)


def _inside(attachment: Said) -> Iterator[Said]:
    for one in _all(attachment, "message_blocks"):
        message = one.get("message")
        if isinstance(message, Mapping):
            yield from _all(message, "blocks")


def _file(file: Said, found: Seen) -> None:
    """A file by its title; a picture with its description; what was said in a recording, as Slack wrote it down."""
    if file.get("mode") in ("tombstone", "hidden_by_limit"):
        return
    kind = _text(file, "mimetype") or _text(file, "filetype")
    name = clean(own(_text(file, "title") or _text(file, "name")))
    spoken = _transcript(file)
    if spoken:
        found.text = f"{found.text}\n{_VOICE} {spoken}".strip()
    if file.get("subtype") in ("slack_audio", "slack_video") or kind.startswith("audio"):
        found.files.append(_named(_VOICE, name, ""))
    elif kind.startswith("image"):
        found.files.append(_named(_PICTURE, name, _text(file, "alt_txt")))
    else:
        found.files.append(name or _FILE)


def _transcript(file: Said) -> str:
    transcription = _inner(file, "transcription")
    preview = _inner(transcription, "preview")
    words = clean(own(_text(preview, "content"))).strip()
    return f"{words} …" if words and preview.get("has_more") is True else words


def _named(sign: str, name: str, description: str) -> str:
    description = clean(own(description)).strip()
    known = f"{name} ({description})" if name and description and description != name else name or description
    return known or sign


def _unquoted(text: str) -> tuple[str, list[str]]:
    """The lines of their author, and what they quoted with `>` in front."""
    mine, quoted, in_block = [], [], False
    for line in text.split("\n"):
        start = line.lstrip()
        in_block = in_block or start.startswith(">>>")
        if in_block or start.startswith(">"):
            quoted.append(start.lstrip(">").strip())
        else:
            mine.append(line)
    return "\n".join(mine), ["\n".join(quoted)] if any(quoted) else []


def _all(outer: Said, name: str) -> list[Said]:
    several = outer.get(name)
    return [one for one in several if isinstance(one, Mapping)] if isinstance(several, list) else []


def _inner(outer: Said, name: str) -> Said:
    inner = outer.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _text(outer: Said, name: str) -> str:
    value = outer.get(name)
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 100_000 else 0
