"""What members write in Teams, as plain text and links.

Teams hands messages over as HTML: of the editor in bot activities (mentions, emoji and quotes marked with
`itemtype="http://schema.skype.com/…"`), of Graph in what is read back (`<at>`, `<emoji>`, `<attachment>`). nh3 makes
well-formed HTML of a few harmless tags out of whatever comes, so that it can be read without surprises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

_MENTION, _QUOTE, _EMOJI = "/mention", "/reply", "/emoji"
_KEPT = {
    *("a", "at", "attachment", "b", "blockquote", "br", "code", "div", "em", "emoji", "h1", "h2", "h3", "hr", "i"),
    *("img", "li", "ol", "p", "pre", "s", "span", "strong", "table", "td", "th", "tr", "u", "ul"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "at": {"id"},
    "blockquote": {"itemtype"},
    "emoji": {"alt"},
    "img": {"alt", "itemtype"},
    "span": {"itemtype", "itemid"},
}
_LINES = {"blockquote", "div", "h1", "h2", "h3", "hr", "li", "ol", "p", "pre", "table", "tr", "ul"}
_ADDRESS = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_AFTER_AN_ADDRESS = ".,;:!?)'\"*_~"
_NOBODY: Mapping[str, str] = {}


def plain_text(html: str, people: Mapping[str, str] = _NOBODY) -> str:
    """The text as its readers saw it: mentions as `@name`, links as `label (address)`, emoji as signs; what is quoted
    of another message is left out.

    `people` says how a mention is written instead, by the number it has in the message.
    """
    return _read(html, people).text()


def links(html: str) -> tuple[str, ...]:
    """The web addresses in the text, each once; e-mail addresses are none."""
    reading = _read(html, _NOBODY)
    found = [*reading.addresses, *(one.rstrip(_AFTER_AN_ADDRESS) for one in _ADDRESS.findall(reading.text()))]
    return tuple(dict.fromkeys(found))


def first_mention(html: str) -> str | None:
    """The number (or, where it has none, the name) of the mention that the text begins with, or None."""
    reading = _read(html, _NOBODY)
    return reading.first


def _read(html: str, people: Mapping[str, str]) -> _Reading:
    import nh3

    # Comments and the contents of script and style go; every other tag goes and leaves its text.
    safe = nh3.clean(html, tags=_KEPT, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto"})
    reading = _Reading(people)
    reading.feed(safe)
    reading.close()
    return reading


class _Reading(HTMLParser):
    """One walk through a well-formed message."""

    def __init__(self, people: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self.first: str | None = None
        self._people = people
        self._pieces: list[str] = []
        self._quoted = 0
        self._begun = False
        self._open: list[tuple[str, str | None]] = []  # spans and quotes, and what they mean
        self._mention: list[str] | None = None
        self._link: tuple[str, int] | None = None

    def text(self) -> str:
        """The lines, without the blanks that only served the layout."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).replace("\xa0", " ").split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = given.get("itemtype", "").lower()
        if tag in ("span", "at"):
            is_mention = tag == "at" or kind.endswith(_MENTION)
            self._open.append((tag, given.get("itemid", given.get("id", "")) if is_mention else None))
            self._mention = [] if is_mention else self._mention
        elif tag == "blockquote":
            quotes = kind.endswith(_QUOTE)
            self._open.append((tag, "quote" if quotes else None))
            self._quoted += quotes
        if tag == "br":
            self._say("\n")
        elif tag in _LINES:
            self._new_line()
        elif tag in ("td", "th"):
            self._say(" ")
        elif tag == "emoji" or (tag == "img" and kind.endswith(_EMOJI)):
            self._say(given.get("alt", ""))
        elif tag == "a" and given.get("href"):
            self._link = (given["href"], len(self._pieces))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("span", "at", "blockquote") and self._open:
            _, meaning = self._open.pop()
            if tag == "blockquote":
                self._quoted -= meaning == "quote"
            elif meaning is not None:
                self._end_mention(meaning)
        if tag == "a" and self._link:
            self._end_link(*self._link)
            self._link = None
        if tag in _LINES:
            self._new_line()

    def handle_data(self, data: str) -> None:
        if self._mention is not None:
            self._mention.append(data)
        else:
            self._say(data.replace("\n", " "))

    def _say(self, text: str) -> None:
        if not self._quoted:
            self._pieces.append(text)
            self._begun = self._begun or bool(text.strip())

    def _new_line(self) -> None:
        # Teams puts each line into a paragraph of its own, and an empty line into an empty one.
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._say("\n")

    def _end_mention(self, number: str) -> None:
        name, self._mention = "".join(self._mention or []).strip(), None
        if not self._begun and not self._quoted and self.first is None:
            self.first = number or name
        self._say(self._people.get(number or name, f"@{name.lstrip('@')}" if name else ""))

    def _end_link(self, address: str, since: int) -> None:
        label = "".join(self._pieces[since:]).strip()
        if self._quoted:
            return
        if _ADDRESS.fullmatch(address):
            self.addresses.append(address)
        shown = address.removeprefix("mailto:")
        same = {shown, shown.rstrip("/"), re.sub(r"^https?://", "", shown).rstrip("/")}
        if label and label.rstrip("/") not in same:
            self._pieces.append(f" ({shown})")
        elif label != shown:
            self._pieces[since:] = [shown]
