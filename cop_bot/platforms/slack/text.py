"""What members type in Slack, as plain text.

Slack hands messages over with `&`, `<` and `>` escaped and with everything that is more than text in angle brackets
(Slack's reference on formatting text: mentions, channels, dates, links).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cop_bot.domain.mentions import mention, own

_BRACKETS = re.compile(r"<([^<>]+)>")
_BARE_LINK = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_GROUPS = {"here": "@here", "channel": "@channel", "everyone": "@everyone"}
# A sign of formatting stands at the edge of a word, and what is between two of one kind is on one line
# (Slack's reference on mrkdwn).
_BOLD, _ITALIC, _STRUCK = (
    re.compile(rf"(?<![\w{sign}]){sign}(?=[^\s{sign}])([^{sign}\n]{{1,3000}})(?<=\S){sign}(?![\w{sign}])")
    for sign in (r"\*", "_", "~")
)
_CODE = re.compile(r"```(?:\n)?([^`]{1,20000}?)(?:\n)?```|`([^`\n]{1,3000})`")
_SHORT_CODE = re.compile(r":([a-z0-9_+'-]{1,100}):(?::skin-tone-([2-6]):)?", re.IGNORECASE)
_TONES = dict(zip("23456", "🏻🏼🏽🏾🏿", strict=True))


@dataclass(frozen=True, slots=True)
class Labels:
    """What Slack itself calls the people and channels of a text, by their ids."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, text: str) -> Labels:
        """From `<@U1|amina>`, `<#C5|water>` and `<!subteam^S1|@board>`."""
        found = (one[1].partition("|") for one in _BRACKETS.finditer(text))
        names = {
            target.removeprefix("!subteam^").lstrip("@#"): clean(_unescape(label)).lstrip("@#")
            for target, _, label in found
            if target[:1] in ("@", "#", "!") and label
        }
        return cls(names)

    def of_id(self, platform_id: str) -> str:
        """The name, or nothing."""
        return self.names.get(platform_id, "")


def unmarked(text: str) -> str:
    """The text without the signs that Slack shows as formatting; struck words keep theirs, for they were taken back.

    What stands in code is left as it is.
    """
    said, last = list[str](), 0
    for code in _CODE.finditer(text):
        said += [_without_signs(text[last : code.start()]), code[1] or code[2] or ""]
        last = code.end()
    return "".join((*said, _without_signs(text[last:])))


def _without_signs(text: str) -> str:
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\1", _STRUCK.sub(r"~~\1~~", text)))


def plain_text(text: str) -> str:
    """The text as its readers saw it, links as `label (address)`, emoji as signs; people and channels as
    `domain.mentions` has them.
    """
    return _translate(own(text), keep_ids=False)


def emoji(name: str, unicode: str = "", skin_tone: object = None) -> str:
    """An emoji as a sign, by its code points in hexadecimal or else by its short code; one of the workspace's own stays
    a short code.
    """
    try:
        sign = "".join(chr(int(code, 16)) for code in unicode.split("-")) if unicode else ""
    except (ValueError, OverflowError):
        sign = ""
    if sign and not any("\ud800" <= letter <= "\udfff" for letter in sign):
        return sign
    return _SHORT_CODE.sub(_sign, f":{name}:" + (f":skin-tone-{skin_tone}:" if skin_tone else ""))


def _signs(text: str) -> str:
    return _SHORT_CODE.sub(_sign, text) if text.count(":") > 1 else text


def _sign(found: re.Match[str]) -> str:
    from emoji import emojize

    code = f":{found[1].lower()}:"
    if flag := re.fullmatch(r":flag-([a-z]{2}):", code):
        return "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in flag[1])
    sign = emojize(code, language="alias")
    if sign == code:
        sign = emojize(code.replace("-", "_"), language="alias")
        sign = code if "-" in code and sign == code.replace("-", "_") else sign
    if sign == code or sign == code.replace("-", "_"):
        return found[0]
    return sign + _TONES.get(found[2] or "", "")


def command_text(text: str) -> str:
    """The text of a command: as `plain_text`, but people and places stay as they came (`<@U1|amina>`), to be found."""
    return _translate(text, keep_ids=True).strip()


def links(text: str) -> tuple[str, ...]:
    """The web addresses in the text, each once; e-mail addresses, people and channels are none."""
    return tuple(dict.fromkeys(_links(text)))


def mentions_first(text: str, person: str) -> bool:
    """Whether the text begins with a mention of this person."""
    return bool(re.match(rf"\s*<@{re.escape(person)}(?:\|[^<>]*)?>", text)) if person else False


def mentions(text: str, person: str) -> bool:
    """Whether the text mentions this person anywhere."""
    return bool(person) and re.search(rf"<@{re.escape(person)}(?:\|[^<>]*)?>", text) is not None


def after_mention(text: str, person: str) -> str:
    """The text without the mention at its beginning."""
    return re.sub(rf"^\s*<@{re.escape(person)}(?:\|[^<>]*)?>[\s:,]*", "", text)


def clean(text: str) -> str:
    """The text without what databases refuse: NUL goes, half a surrogate pair becomes a question mark in a box."""
    return _SURROGATE.sub("\ufffd", text.replace("\0", ""))


def _translate(text: str, keep_ids: bool) -> str:
    def shown(piece: str) -> str:
        return _signs(_unescape(piece))

    pieces: list[str] = []
    end = 0
    for found in _BRACKETS.finditer(text):
        pieces += [shown(text[end : found.start()]), _bracket(found[1], keep_ids)]
        end = found.end()
    # Unescaped once and piece by piece: what a member typed as "<!channel>" stays those letters.
    return clean("".join([*pieces, shown(text[end:])]))


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _bracket(inside: str, keep_ids: bool) -> str:
    target, _, label = inside.partition("|")
    label = _unescape(label)
    match target[:1]:
        case "@":
            return f"<{inside}>" if keep_ids else mention("@", target[1:], label.lstrip("@") or "member")
        case "#":
            return f"<{inside}>" if keep_ids else mention("#", target[1:], label or "channel")
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


def addresses(text: str) -> list[str]:
    """The web addresses in a text that is not escaped, without the punctuation behind them but with their brackets."""
    return [_ended(found[0]) for found in _BARE_LINK.finditer(clean(text))]


def _bare_links(text: str) -> Iterator[str]:
    # Slack brackets what members type; other senders' texts may carry an address as it is.
    yield from addresses(_unescape(text))


def _ended(address: str) -> str:
    end, opened, closed = len(address), address.count("("), address.count(")")
    while end:
        last = address[end - 1]
        if last == ")" and closed > opened:
            closed -= 1
        elif last not in ".,;:!?'\"*_~":
            break
        end -= 1
    return address[:end]
