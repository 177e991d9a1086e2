"""The characters of a file or of standard input."""

from __future__ import annotations

import codecs
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


def text_of(content: bytes, name: str, encoding: str | None = None) -> str:
    """The characters; without `encoding` UTF-8, or what the mark at the beginning says. Raises OperatorMistake."""
    if content.startswith(_SPREADSHEETS):
        raise OperatorMistake(f"{name} is a spreadsheet, not a text; save it as “CSV UTF-8” and summarise that.")
    encoding = encoding or _encoding_of(content)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise OperatorMistake(
            f"--encoding {encoding}: no encoding has this name; try utf-8, utf-16 or cp1252."
        ) from None
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore")
        where = f"byte {error.start + 1:,} (line {before.count(chr(10)) + 1:,}) is 0x{content[error.start]:02X}"
        raise OperatorMistake(
            f"{name} is not in {encoding.removesuffix('-sig').upper()}: {where}. Save it as UTF-8 (in a spreadsheet "
            "“CSV UTF-8”), or name its encoding, e.g. --encoding cp1252."
        ) from None


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
