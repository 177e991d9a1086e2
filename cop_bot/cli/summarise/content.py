"""The characters of a file or of standard input."""

from __future__ import annotations

import codecs
import re
import sys
from pathlib import Path

from cop_bot.domain.errors import OperatorMistake

STDIN = "-"
LARGEST = 200 * 1024 * 1024
"""Bytes. A file is read as a whole: what is larger is no pile of statements."""

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGE = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
_ODD = frozenset("\x81\x8d\x8f\x90\x9d¤¦¨¬¯¶¸ÐÞßðþ¼½¾")
"""Signs that hardly stand in a text of the west: where there are any, it is in another encoding."""
# The first bytes of .xlsx, .ods and .zip, and of .xls.
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def bytes_of(source: str) -> bytes:
    """All bytes of the file, or of standard input for "-". Raises OperatorMistake."""
    try:
        if source == STDIN:
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(source).open("rb") as file:
                content = file.read(LARGEST + 1)
    except OSError as error:
        raise OperatorMistake(f"{name_of(source)} can't be read: {error.strerror or error}.") from None
    if len(content) > LARGEST:
        raise OperatorMistake(f"{name_of(source)} is larger than {LARGEST // 1024**2} MiB; summarise it in parts.")
    return content


def name_of(source: str) -> str:
    """How the source is called in a sentence."""
    return "Standard input" if source == STDIN else source


def text_of(content: bytes, name: str, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The characters, and remarks; without `encoding` UTF-8, what the mark at the beginning says, or what is likely.

    Raises OperatorMistake.
    """
    given, encoding = encoding, encoding or _encoding_of(content)
    try:
        text, remarks = content.decode(encoding), ()
    except LookupError:
        raise OperatorMistake(
            f"--encoding {encoding}: no encoding has this name; try utf-8, utf-16 or cp1252."
        ) from None
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore")
        where = f"byte {error.start + 1:,} (line {before.count(chr(10)) + 1:,}) is 0x{content[error.start]:02X}"
        not_so = f"{name} is not in {encoding.removesuffix('-sig').upper()}: {where}."
        likely = None if given else _likely(content)
        if likely is None:
            raise OperatorMistake(
                f"{not_so} Save it as UTF-8 (in a spreadsheet “CSV UTF-8”), or name its encoding, e.g. "
                "--encoding cp1252."
            ) from None
        return likely[0], (f"{not_so} It is read as {likely[1]}; if letters look wrong, say --encoding.",)
    text = text.lstrip("\ufeff")
    if _PAGE.match(text):
        raise OperatorMistake(
            f"{name} is a web page. Copy its words into a text file, a statement a line, or export them as CSV."
        )
    return text, remarks


def is_packed(content: bytes) -> bool:
    """Whether it is a spreadsheet or a zip, and no text."""
    return content.startswith(_SPREADSHEETS)


def is_zip(content: bytes) -> bool:
    """Whether it is a zip that is no spreadsheet."""
    return (
        content.startswith(b"PK\x03\x04") and b"xl/" not in content and b"mimetypeapplication/vnd.oasis" not in content
    )


def _likely(content: bytes) -> tuple[str, str] | None:
    """The text in the encoding that it seems to be in, and its name."""
    from charset_normalizer import from_bytes

    try:
        western = content.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    odd = sum(letter in _ODD for letter in western)
    if western and not odd:
        return western, "CP1252"
    best = from_bytes(content).best()
    return (str(best), best.encoding.upper()) if best is not None else None


def _encoding_of(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    # A header in UTF-16 without its mark has a zero in every second byte.
    head = content[:4]
    if len(head) == 4 and head[0] and head[2] and not head[1] and not head[3]:
        return "utf-16-le"
    if len(head) == 4 and head[1] and head[3] and not head[0] and not head[2]:
        return "utf-16-be"
    return "utf-8"
