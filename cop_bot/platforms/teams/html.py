"""What members write in Teams, as plain text and links.

Teams hands messages over as HTML: of the editor in bot activities (mentions, emoji and quotes marked with
`itemtype="http://schema.skype.com/…"`), of Graph in what is read back (`<at>`, `<emoji>`, `<attachment>`). nh3 makes
well-formed HTML of a few harmless tags out of whatever comes, so that it can be read without surprises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

_MENTION, _QUOTE, _EMOJI = "/mention", "/reply", "/emoji"
_KEPT = {
    *("a", "at", "attachment", "b", "blockquote", "br", "code", "codeblock", "del", "div", "em", "emoji", "h1", "h2"),
    *("h3", "hr", "i", "img", "li", "ol", "p", "pre", "s", "span", "strike", "strong", "table", "td", "th", "tr"),
    *("u", "ul", "video", "audio"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "at": {"id"},
    "blockquote": {"itemtype"},
    "emoji": {"alt"},
    "img": {"alt", "itemtype"},
    "ol": {"start"},
    "span": {"itemtype", "itemid"},
}
_LINES = {"blockquote", "codeblock", "div", "h1", "h2", "h3", "hr", "li", "ol", "p", "pre", "table", "tr", "ul"}
_CODE = ("pre", "codeblock")
_STRUCK = ("s", "del", "strike")
_PICTURE, _VOICE = "🖼", "🎤"
_BLANK = "\ue0d0"  # a blank that has a meaning, until all others are folded
_ADDRESS = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_AFTER_AN_ADDRESS = ".,;:!?'\"*_~"
_MATH = re.compile(r"<math\b([^<>]*)>(.*?)</math>", re.IGNORECASE | re.DOTALL)
_ALTTEXT = re.compile(r"alttext=\"([^\"<>]*)\"", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_OPENING = re.compile(r"<(/?)(?:blockquote|div|ol|ul|li|table|tr|td|span|p|b|i|u|s|em|strong)\b", re.IGNORECASE)
_LONGEST, _DEEPEST = 120_000, 200
"""Characters and levels of a message that is read as HTML. Teams takes about 100 KB; of what is deeper or longer, which
would cost seconds, only the text is read."""
_NOBODY: Mapping[str, str] = {}


def plain_text(html: str, people: Mapping[str, str] = _NOBODY) -> str:
    """The text as its readers saw it: mentions as `@name`, links as `label (address)`, emoji as signs, struck words
    between `~~`, lists and tables line by line; what is quoted of others is left out.

    `people` says how a mention is written instead, by the number it has in the message.
    """
    return _read(html, people).text()


def quoted(html: str) -> str:
    """What the message shows of others' words; an answer's quotation of what it answers is left out."""
    return _seen(html).quoted()


def links(html: str) -> tuple[str, ...]:
    """The web addresses in the text, each once; e-mail addresses are none."""
    reading = _seen(html)
    return tuple(dict.fromkeys([*reading.addresses, *addresses(reading.bare())]))


def pictures(html: str) -> tuple[str, ...]:
    """The pictures and recordings in the text, by their descriptions."""
    return tuple(_seen(html).pictures)


def first_mention(html: str) -> str | None:
    """The number (or, where it has none, the name) of the mention that the text begins with, or None."""
    return _seen(html).first


def addresses(text: str) -> list[str]:
    """The web addresses in a text, without the punctuation behind them but with their brackets."""
    return [_ended(one) for one in _ADDRESS.findall(text)]


def _ended(address: str) -> str:
    end, opened, closed = len(address), address.count("("), address.count(")")
    while end:
        last = address[end - 1]
        if last == ")" and closed > opened:
            closed -= 1
        elif last not in _AFTER_AN_ADDRESS:
            break
        end -= 1
    return address[:end]


@lru_cache(maxsize=8)
def _seen(html: str) -> _Reading:
    return _read(html, _NOBODY)


def _read(html: str, people: Mapping[str, str]) -> _Reading:
    import nh3

    reading = _Reading(people)
    if len(html) > _LONGEST or _depth(html) > _DEEPEST:
        reading.handle_data(unescape(_ANY_TAG.sub(" ", html)))
        return reading
    # Formulas are of another vocabulary, which nh3 removes whole.
    html = _MATH.sub(lambda found: _formula(found[1], found[2]), html) if "<math" in html.lower() else html
    # Comments and the contents of script and style go; every other tag goes and leaves its text.
    safe = nh3.clean(html, tags=_KEPT, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto"})
    reading.feed(safe)
    reading.close()
    return reading


def _formula(attributes: str, inside: str) -> str:
    told = _ALTTEXT.search(attributes)
    return told[1] if told else " ".join(_ANY_TAG.sub(" ", inside).split())


def _depth(html: str) -> int:
    """How deep it is nested, at the most."""
    deepest = depth = 0
    for found in _OPENING.finditer(html):
        depth = max(depth - 1, 0) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Reading(HTMLParser):
    """One walk through a well-formed message."""

    def __init__(self, people: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self.pictures: list[str] = []
        self.first: str | None = None
        self._people = people
        self._pieces: list[str] = []
        self._others: list[str] = []
        self._without_links: list[str] = []
        self._quoted: list[bool] = []  # quotations that are open: whether of the message that is answered
        self._lists: list[int | None] = []  # open lists: the number of the next line, None where it has a bullet
        self._code = self._cells = 0
        self._begun = False
        self._open: list[tuple[str, str | None]] = []  # spans and quotes, and what they mean
        self._mention: list[str] | None = None
        self._link: tuple[str, int] | None = None

    def text(self) -> str:
        """The lines, without the blanks that only served the layout."""
        return _lines(self._pieces)

    def quoted(self) -> str:
        """The same of others' words."""
        return _lines(self._others)

    def bare(self) -> str:
        """The text without what stands in links."""
        return _lines(self._without_links)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = given.get("itemtype", "").lower()
        if tag in ("span", "at"):
            is_mention = tag == "at" or kind.endswith(_MENTION)
            self._open.append((tag, given.get("itemid", given.get("id", "")) if is_mention else None))
            self._mention = [] if is_mention else self._mention
        elif tag == "a" and given.get("href"):
            self._link = (given["href"], len(self._pieces))
        elif tag == "emoji" or (tag == "img" and kind.endswith(_EMOJI)):
            self._say(given.get("alt", ""))
        elif tag in ("img", "video", "audio"):
            self._picture(tag, given.get("alt", ""))
        else:
            self._begin(tag, given, kind)

    def _begin(self, tag: str, given: Mapping[str, str], kind: str) -> None:
        """What gives the words a place: a line, a list, a table, a quotation."""
        if tag == "br":
            self._say(" " if self._cells else "\n")
        elif tag in _LINES:
            self._new_line()
        if tag == "blockquote":
            self._quoted.append(kind.endswith(_QUOTE))
        elif tag in ("ol", "ul"):
            start = given.get("start", "1")
            self._lists.append((int(start) if start.isdigit() and len(start) < 6 else 1) if tag == "ol" else None)
        elif tag == "li":
            self._say(self._line_sign())
        elif tag in ("td", "th"):
            self._cells += 1
            self._say("" if self._at_line_start() else " | ")
        elif tag in _STRUCK:
            self._say("~~")
        self._code += tag in _CODE

    def _line_sign(self) -> str:
        indent = _BLANK * 2 * (len(self._lists) - 1)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}• "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _picture(self, tag: str, description: str) -> None:
        plain = description.strip()
        if not self._quoted:
            self.pictures.append(plain if plain and plain.lower() != "image" else _PICTURE if tag == "img" else _VOICE)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("span", "at") and self._open:
            _, meaning = self._open.pop()
            if meaning is not None:
                self._end_mention(meaning)
        elif tag == "a" and self._link:
            self._end_link(*self._link)
            self._link = None
        else:
            self._end(tag)

    def _end(self, tag: str) -> None:
        if tag in _LINES:
            self._new_line()
        if tag == "blockquote" and self._quoted:
            self._quoted.pop()
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag in ("td", "th"):
            self._cells = max(self._cells - 1, 0)
        elif tag in _STRUCK:
            self._say("~~")
        elif tag in _CODE:
            self._code = max(self._code - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._mention is not None:
            self._mention.append(data)
        elif self._code:
            self._say(data.replace(" ", _BLANK).replace("\t", _BLANK * 4))
        else:
            self._say(data.replace("\n", " "))

    def _say(self, text: str) -> None:
        if not self._quoted:
            self._pieces.append(text)
            self._begun = self._begun or bool(text.strip())
            if self._link is None:
                self._without_links.append(text)
        elif not any(self._quoted):
            self._others.append(text)

    def _at_line_start(self) -> bool:
        pieces = self._others if self._quoted else self._pieces
        return not pieces or pieces[-1].endswith("\n")

    def _new_line(self) -> None:
        # Teams puts each line into a paragraph of its own, and an empty line into an empty one; in a cell, which is one
        # line, nothing begins anew.
        if self._cells:
            self._say(" ")
        elif not self._at_line_start() and not self._is_behind_a_sign():
            self._say("\n")

    def _is_behind_a_sign(self) -> bool:
        """Whether only the sign of a list stands in the line."""
        pieces = self._others if self._quoted else self._pieces
        return bool(self._lists) and re.fullmatch(rf"{_BLANK}*(?:•|\d+\.) ", pieces[-1]) is not None

    def _end_mention(self, number: str) -> None:
        name, self._mention = "".join(self._mention or []).strip(), None
        if not self._begun and not self._quoted and self.first is None:
            self.first = number or name
        self._say(self._people.get(number or name, f"@{name.lstrip('@')}" if name else ""))

    def _end_link(self, address: str, since: int) -> None:
        label = "".join(self._pieces[since:]).strip()
        if self._quoted:
            return
        self._without_links.append(" ")
        if _ADDRESS.fullmatch(address):
            self.addresses.append(address)
        shown = address.removeprefix("mailto:")
        same = {shown, shown.rstrip("/"), re.sub(r"^https?://", "", shown).rstrip("/")}
        if label and label.rstrip("/") not in same:
            self._pieces.append(f" ({shown})")
        elif label != shown:
            self._pieces[since:] = [shown]


def _lines(pieces: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(pieces).replace("\xa0", " ").split("\n"))
    folded = re.sub(r"\n{3,}", "\n\n", "\n".join(lines).replace("~~~~", "")).strip()
    return folded.replace(_BLANK, " ")
