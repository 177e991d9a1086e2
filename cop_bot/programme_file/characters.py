"""From bytes to text: what can't be text of a programme file is refused before YAML sees it."""

from __future__ import annotations

import re

from cop_bot.programme_file.mistakes import Margin, Spot, shown

LARGEST = 1024 * 1024
"""Bytes. A programme of a hundred themes in six languages has about a tenth of that."""

# Everything that YAML 1.2 calls not printable, and besides: other line breaks (editors count lines without them) and
# the two overrides that make a terminal show text in another order than it has.
_FORBIDDEN = re.compile(
    "[^\t\n\\x20-\\x7e\u00a0-\u2027\u202a-\u202c\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
_ODD = "\u00a0\u2007\u202f"
_ODD_BLANK = re.compile(f"^[ ]*[{_ODD}][ {_ODD}]*|(?<=[:,\\[{{-])[ ]*[{_ODD}]+", re.MULTILINE)
_CURLY = re.compile("(?:^|[:,\\[{-])[ ]*([“”„‘])", re.MULTILINE)
_DIRECTIVE = re.compile(r"%YAML[ ]+1\.[0-9](?:[ ]+#.*)?[ ]*")


def text_of(content: bytes | str, margin: Margin) -> str | None:
    """The text of the file with Unix line ends, or None after noting why it isn't one."""
    if isinstance(content, bytes):
        content = _decoded(content, margin) or ""
        if margin.mistakes:
            return None
    elif _is_too_large(content, margin):
        return None
    text = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = list(_FORBIDDEN.finditer(text))
    for character in found[:50]:
        margin.wrong(
            _spot(text, character.start()),
            f"the character U+{ord(character.group()):04X} can't stand in a programme file",
            "take it out",
        )
    return None if found else _without_directives(_with_plain_blanks(text, margin), margin)


def _with_plain_blanks(text: str, margin: Margin) -> str:
    """The text with blanks where YAML wants them; each that only looks like one is a mistake with its place."""
    for found in _ODD_BLANK.finditer(text):
        offset = found.end() - 1
        what = "a non-breaking blank stands where YAML wants an ordinary one (texts copied from a page have them)"
        margin.wrong(_spot(text, offset), what, "type a space instead")
    for found in _CURLY.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        margin.remarks.append(
            f"line {line}: the curly quotes {shown(found[1] + '…')} belong to the text; YAML's own quotes are straight"
        )
    return _ODD_BLANK.sub(lambda found: found[0].translate(_BLANKS), text)


def _decoded(content: bytes, margin: Margin) -> str | None:
    if _is_too_large(content, margin):
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        margin.wrong(Spot(1, 1), "the file is saved as UTF-16", "save it as UTF-8")
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        what = f"the byte 0x{content[error.start]:02X} is not UTF-8"
        margin.wrong(_spot(before, len(before)), what, "save the file as UTF-8")
        return None


def _is_too_large(content: bytes | str, margin: Margin) -> bool:
    if len(content) <= LARGEST:
        return False
    margin.wrong(Spot(1, 1), "the file is larger than 1 MiB, which no programme needs", "keep only the programme in it")
    return True


def _without_directives(text: str, margin: Margin) -> str:
    """The text with its leading `%` lines emptied: whatever they say, the file is read by the rules of YAML 1.2."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not line.startswith(("%", "#")) and line.strip():
            break
        if line.startswith("%"):
            lines[index] = ""
            if _DIRECTIVE.fullmatch(line):
                margin.remarks.append(f"line {index + 1}: {shown(line)} has no effect, programme files follow YAML 1.2")
            else:
                margin.wrong(Spot(index + 1, 1), f"{shown(line)} is a directive of YAML", "take the line out")
    return "\n".join(lines)


def _spot(text: str, offset: int) -> Spot:
    start = text.rfind("\n", 0, offset) + 1
    return Spot(text.count("\n", 0, offset) + 1, offset - start + 1)
