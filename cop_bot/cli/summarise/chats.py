"""Conversations as people save them: WhatsApp, the chat of a Zoom call, a platform's own export, plain lines."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cop_bot.cli.summarise.cells import without_markup
from cop_bot.cli.summarise.content import LARGEST
from cop_bot.cli.summarise.moments import moments_of
from cop_bot.cli.summarise.table import Mistakes, Row, Table
from cop_bot.domain.errors import OperatorMistake
from cop_bot.platforms import registry
from cop_bot.platforms.declaration import Exported

_MARKS = "\u200e\u200f\u202a\u202c"
_WHATSAPP = re.compile(
    rf"[{_MARKS}]*\[?(?P<at>\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?\s+\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?"
    rf"(?:[\s\u202f]*[APap]\.?\s?[Mm]\.?)?)\]?\s*(?:-\s*)?[{_MARKS}]*(?:(?P<who>[^:\n]{{1,80}}):\s(?P<text>.*)|(?P<event>.*))"
)
_ZOOM = re.compile(
    r"(?P<at>(?:\d{4}-\d{2}-\d{2} )?\d{2}:\d{2}:\d{2})\s+(?:From\s+)?(?P<who>.{1,80}?)"
    r"(?:\s+to\s+(?P<to>.{1,80}?))?\s*:\s?(?P<text>.*)"
)
_PRIVATE = re.compile(r"\((?:direct message|privately|privé|privado|privat)\)\s*$", re.IGNORECASE)
_REACTION = re.compile(r'(?:Reacted to|Removed an? .{1,20} reaction from) ["“].*', re.DOTALL)
_REPLYING = re.compile(r'\s*Replying to ["“][^\n]*["”]\s*')
_EDITED = re.compile(
    rf"\s*[{_MARKS}]*<[^<>]{{0,40}}(?:edited|bewerkt|modifié|editado|editada|redigeret)[^<>]{{0,20}}>\s*$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,3}[.)])\s+(?=\S)")
_LEFT_OUT = re.compile(
    rf"[{_MARKS}]*<[^<>]{{1,60}}(?:omitted|weggelaten|omis|omitid[oa]|omitid[oa]s|udeladt)>|"
    rf"[{_MARKS}]*(?:image|video|audio|sticker|GIF|document) omitted|"
    r"(?:This message was deleted|You deleted this message|Dit bericht is verwijderd|Ce message a été supprimé|"
    r"Este mensaje fue eliminado|Esta mensagem foi apagada)\.?|"
    r".*(?:end-to-end|de bout en bout|de extremo a extremo|de ponta a ponta|ende-til-ende).*",
    re.IGNORECASE,
)
_ENOUGH = 0.5


def exported_table(files: Mapping[str, bytes], name: str) -> Table | None:
    """The table of a platform's own export; None if the files are none."""
    for platform in registry.every().values():
        found = platform.read_export(files) if platform.read_export else None
        if found is not None:
            return _table(name, found)
    return _graph_table(files, name)


def files_in(content: bytes, name: str) -> dict[str, bytes]:
    """The JSON files of a zip. Raises OperatorMistake for one that is broken, or unpacks to more than is good."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            wanted = [one for one in packed.infolist() if one.filename.endswith(".json")]
            if sum(one.file_size for one in wanted) > LARGEST:
                raise OperatorMistake(f"{name} unpacks to more than {LARGEST // 1024**2} MiB; summarise it in parts.")
            return {one.filename: packed.read(one) for one in wanted}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise OperatorMistake(f"{name} can't be unpacked: {error}.") from None


def files_of(folder: Path) -> dict[str, bytes]:
    """The JSON files of a folder, with those in its folders."""
    found: dict[str, bytes] = {}
    size = 0
    for file in sorted(folder.rglob("*.json")):
        size += file.stat().st_size
        if size > LARGEST:
            raise OperatorMistake(f"{folder} holds more than {LARGEST // 1024**2} MiB; summarise it in parts.")
        found[str(file.relative_to(folder))] = file.read_bytes()
    return found


def conversation_table(text: str, name: str) -> Table | None:
    """The table of a saved conversation; None if most lines look like none."""
    for pattern in (_WHATSAPP, _ZOOM):
        lines = text.split("\n")
        begun = [line for line in lines if line.strip() and pattern.fullmatch(line.strip(_MARKS + "\r"))]
        if begun and pattern.fullmatch(lines[0].strip(_MARKS + "\r")) and len(begun) >= _ENOUGH * min(len(lines), 4):
            return _spoken(lines, pattern, name)
    return None


def plain_table(text: str, name: str) -> Table:
    """A statement a line; blank lines are none."""
    said = [(line, words) for line, words in enumerate(text.split("\n"), start=1) if words.strip()]
    if not said:
        raise OperatorMistake(f"{name} is empty: there is nothing to summarise.")
    # Points of a list, if all of them but its title are.
    listed = sum(_ITEM.match(words) is not None for _, words in said) >= max(2, len(said) - 1)
    rows = [
        Row(number, line, {"text": (_ITEM.sub("", words, count=1) if listed else words).strip()})
        for number, (line, words) in enumerate(said, start=1)
    ]
    return Table(name, ("text",), tuple(rows), Mistakes(name))


def _spoken(lines: list[str], pattern: re.Pattern[str], name: str) -> Table:
    """What each line says, with the lines that go on; who came and went, and what was left out, is nobody's word."""
    said: list[tuple[int, dict[str, str]]] = []
    is_said, private = False, 0
    for number, line in enumerate(lines, start=1):
        found = pattern.fullmatch(line.strip(_MARKS + "\r"))
        if found is None:
            if is_said and line.strip():
                said[-1][1]["text"] += "\n" + line.strip(_MARKS + "\r")
            continue
        parts = found.groupdict()
        to_one = _PRIVATE.search(parts.get("to") or "") is not None
        private += to_one
        # A phone marks what it says by itself with an invisible sign.
        is_said = bool(parts["who"]) and not to_one and not (parts["text"] or "").startswith("\u200e")
        if is_said:
            who = parts["who"].strip(_MARKS + "~ ")
            said.append((number, {"author": who, "time": parts["at"], "text": parts["text"]}))
    for _, cells in said:
        cells["text"] = _EDITED.sub("", _REPLYING.sub("", cells["text"], count=1))
    kept = [(line, cells) for line, cells in said if not _is_nobodys(cells["text"].strip())]
    times = moments_of([_with_day(cells["time"]) for _, cells in kept])
    rows = [
        Row(number, line, cells | ({"time": at.isoformat()} if at else {"time": ""}))
        for number, ((line, cells), at) in enumerate(zip(kept, times, strict=True), start=1)
    ]
    several = "private message was" if private == 1 else "private messages were"
    remarks = (f"{name}: {private} {several} left out.",) if private else ()
    return Table(name, ("text", "author", "time"), tuple(rows), Mistakes(name), is_conversation=True, remarks=remarks)


def _is_nobodys(words: str) -> bool:
    return not words or _LEFT_OUT.fullmatch(words) is not None or _REACTION.fullmatch(words) is not None


def _with_day(time: str) -> str:
    """A call's chat has times of the day alone; any day keeps their order."""
    return f"1970-01-02 {time}" if re.fullmatch(r"\d{2}:\d{2}:\d{2}", time) else time


def _table(name: str, exported: Iterable[Exported]) -> Table:
    rows = [
        Row(number, number, {"id": one.id, "text": one.text, "author": one.author, "time": one.at.isoformat()})
        for number, one in enumerate(exported, start=1)
    ]
    replies = {one.id: one.said_to for one in exported if one.said_to}
    columns = ("id", "text", "author", "time")
    return Table(name, columns, tuple(rows), Mistakes(name), is_conversation=True, said_to=replies)


def _graph_table(files: Mapping[str, bytes], name: str) -> Table | None:
    """Messages as Microsoft Graph lists them, saved as JSON."""
    found = [one for content in files.values() for one in _chat_messages(content)]
    return _table(name, sorted(found, key=lambda one: one.at)) if found else None


def _chat_messages(content: bytes) -> Iterator[Exported]:
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return
    several = read.get("value") if isinstance(read, dict) else read
    for one in several if isinstance(several, list) else ():
        body, by = (one.get("body"), one.get("from")) if isinstance(one, dict) else (None, None)
        user = by.get("user") if isinstance(by, dict) else None
        if not isinstance(body, dict) or not isinstance(user, dict) or one.get("messageType", "message") != "message":
            continue
        (at,) = moments_of([str(one.get("createdDateTime") or "")])
        if at is None or one.get("deletedDateTime"):
            continue
        subject = str(one.get("subject") or "")
        words = "\n".join(part for part in (subject, without_markup(str(body.get("content") or ""))) if part)
        reply = one.get("replyToId")
        yield Exported(str(one.get("id") or ""), str(user.get("displayName") or ""), words, at, reply or None)
