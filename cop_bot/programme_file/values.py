"""The kinds of value a programme file has, apart from times: words, numbers, choices, names and addresses."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TypeVar
from urllib.parse import urlsplit

from cop_bot.domain.plan import Texts
from cop_bot.languages import spoken
from cop_bot.platforms import registry
from cop_bot.programme_file.mistakes import Margin, shown
from cop_bot.programme_file.section import Kind, listed, nearest, shape_of, shaped, what_is
from cop_bot.programme_file.tree import Mapping, Node, Scalar

TITLE = 150
"""The longest title: what a heading of the chat platforms holds."""

_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_PERSON = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{1,127}")

_LANGUAGE = "^[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?$"

C = TypeVar("C", bound=str)


def words(longest: int, several_lines: bool = False) -> Kind[str]:
    """Text in Unicode's composed form (NFC), without spaces at its ends."""

    def kind(node: Node, key: str, margin: Margin) -> str | None:
        if not isinstance(node, Scalar):
            margin.wrong(node.spot, f"`{key}` must be text, not {what_is(node)}", f'write `{key}: "…"`')
            return None
        text = unicodedata.normalize("NFC", node.text).strip()
        if not text:
            margin.wrong(node.spot, f"`{key}` is empty", f'write `{key}: "…"`')
        elif any(unicodedata.category(letter) == "Cc" and letter != "\n" for letter in text):
            margin.wrong(node.spot, f"`{key}` contains a tab or another control character", "write spaces")
        elif "\n" in text and not several_lines:
            margin.wrong(node.spot, f"`{key}` has several lines", "write it in one line")
        elif len(text) > longest:
            what = f"`{key}` has {len(text)} characters, more than {longest}"
            margin.wrong(node.spot, what, f"write at most {longest}")
        else:
            return text
        return None

    return shaped(kind, {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": longest})


def texts(working: str, longest: int, several_lines: bool = False) -> Kind[Texts]:
    """Text, or a mapping of language -> text; text alone stands under the working language."""
    plain = words(longest, several_lines)

    def kind(node: Node, key: str, margin: Margin) -> Texts | None:
        if not isinstance(node, Mapping):
            text = plain(node, key, margin)
            return None if text is None else {working: text}
        found: Texts = {}
        for name, value in node.pairs:
            code = language(name, key, margin)
            text = plain(value, f"{key}.{name.text}", margin)
            if code in found:
                margin.wrong(name.spot, f"{shown(name.text)} stands twice", "keep one of them")
            elif code and text:
                found[code] = text
        if not node.pairs:
            margin.wrong(node.spot, f"`{key}` is empty", f'write `{key}: {{{working}: "…"}}`')
        return found or None

    return shaped(
        kind,
        lambda: {
            "anyOf": [
                shape_of(plain),
                {
                    "type": "object",
                    "propertyNames": {"pattern": _LANGUAGE},
                    "additionalProperties": shape_of(plain),
                    "minProperties": 1,
                },
            ]
        },
    )


def whole_number(least: int, most: int, usual: int = 1) -> Kind[int]:
    """A whole number in digits, both ends included; `usual` is offered where no number stands."""
    which = f"a whole number from {least} to {most}" if least < most else str(least)

    def kind(node: Node, key: str, margin: Margin) -> int | None:
        digits = isinstance(node, Scalar) and re.fullmatch(r"0|[1-9][0-9]{0,8}", node.text)
        number = int(digits.group()) if digits else usual
        quoted = isinstance(node, Scalar) and not node.plain
        if digits and least <= number <= most and not quoted:
            return number
        what = f"`{key}` must be {which}, not {what_is(node)}"
        what += " in quotes" if quoted else ""
        margin.wrong(node.spot, what, f"write `{key}: {min(max(number, least), most)}`")
        return None

    return shaped(kind, {"type": "integer", "minimum": least, "maximum": most})


def yes_or_no(node: Node, key: str, margin: Margin) -> bool | None:
    """yes or no, true or false."""
    answers = {"yes": True, "true": True, "no": False, "false": False}
    if isinstance(node, Scalar) and node.text.lower() in answers:
        return answers[node.text.lower()]
    margin.wrong(node.spot, f"`{key}` must be yes or no, not {what_is(node)}", f"write `{key}: yes` or `{key}: no`")
    return None


# YAML 1.2, which editors read by, takes yes and no for words.
shaped(yes_or_no, {"enum": [True, False, "yes", "no", "Yes", "No"]})


def one_of(*choices: str) -> Kind[str]:
    """One of these words."""
    return one_from(choices)


def one_from(choices: tuple[C, ...]) -> Kind[C]:
    """One of these words, for a type that knows them too."""

    def kind(node: Node, key: str, margin: Margin) -> C | None:
        if isinstance(node, Scalar) and node.text in choices:
            return next(choice for choice in choices if choice == node.text)
        close = nearest(node.text, choices) if isinstance(node, Scalar) else None
        instead = f"write `{key}: {close}`" if close else f"write {listed(choices)}"
        margin.wrong(node.spot, f"`{key}` must be {listed(choices)}, not {what_is(node)}", instead)
        return None

    return shaped(kind, {"enum": list(choices)})


def slug(node: Node, key: str, margin: Margin) -> str | None:
    """A short name for commands and files: at most 60 small letters and digits of any script, joined by hyphens."""
    text = words(200)(node, key, margin)
    if text is None:
        return None
    if len(text) <= 60 and text == text.lower() and _SLUG.fullmatch(text):
        return text
    better = unicodedata.normalize("NFC", "-".join(re.findall(r"[^\W_]+", text.lower())))[:60].strip("-")
    what = f"{shown(text)} can't be an id: small letters, digits and single hyphens, at most 60"
    margin.wrong(node.spot, what, f"write `{key}: {better or 'theme-1'}`")
    return None


shaped(slug, {"type": ["string", "integer"], "maxLength": 60, "pattern": r"^[^\s_A-Z]+$"})


def web_address(node: Node, key: str, margin: Margin) -> str | None:
    """An address that begins with http:// or https:// and names a host."""
    text = words(2000)(node, key, margin)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text
    except ValueError:
        good = False
    if good and "<" not in text and ">" not in text and '"' not in text:
        return text
    margin.wrong(node.spot, f"{shown(text)} is not a web address", f'write `{key}: "https://…"`')
    return None


shaped(web_address, {"type": "string", "maxLength": 2000, "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"})


def person(node: Node, key: str, margin: Margin) -> str | None:
    """An e-mail address or the platform's id of a person."""
    text = words(254)(node, key, margin)
    if text is None or _ADDRESS.fullmatch(text) or _PERSON.fullmatch(text):
        return text
    margin.wrong(node.spot, f"{shown(text)} is neither an e-mail address nor a person's id", "write name@example.org")
    return None


shaped(person, {"type": "string", "maxLength": 254})


def channel(node: Node, key: str, margin: Margin) -> str | None:
    """A channel's name (`"#cop-power"`, in Teams `"Our team/Our channel"`), the platform's id of it, or its link in
    Teams, which becomes an id.
    """
    text = words(1_000)(node, key, margin)
    kept = registry.channel(text) if text is not None else None
    if text is None or kept is not None:
        return kept
    better = re.sub(r"[\s#,.@<>]+", "-", text).strip("-").lower()[:80] or "cop"
    what = f"{shown(text)} is neither a channel's name, which begins with #, nor an id"
    margin.wrong(node.spot, what, f'write `{key}: "#{better}"`, in quotes')
    return None


shaped(channel, {"type": "string", "minLength": 1, "maxLength": 1000})


def language(node: Node, key: str, margin: Margin) -> str | None:
    """A code of BCP 47 (language, optional script, optional region), given back in its usual spelling: pt-BR."""
    text = node.text if isinstance(node, Scalar) else ""
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?", text)
    if found and found.group(1).lower() in _languages():
        base, script, region = found.groups()
        parts = [base.lower(), script.title() if script else "", region.upper() if region else ""]
        return "-".join(part for part in parts if part)
    by_name = {name.lower(): code for code, name in _languages().items()}
    close = nearest(text, by_name) if len(text) > 3 else nearest(text[:2], spoken())
    instead = f"write `{by_name.get(close, close)}`" if close else "write one such as `en`, `nl` or `pt-BR`"
    margin.wrong(node.spot, f"{what_is(node)} is not a language code", instead)
    return None


shaped(language, {"type": "string", "pattern": _LANGUAGE})


@cache
def _languages() -> dict[str, str]:
    from babel import Locale

    return {code: name for code, name in Locale("en").languages.items() if code.isalpha() and len(code) <= 3}
