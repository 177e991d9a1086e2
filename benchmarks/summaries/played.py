"""A strong model, played: it writes what contributions say and plants what none of them does, and reads truthfully.

So it is known which of its points hold (Q19), and what a session costs at the lengths such a model answers with.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from benchmarks.summaries.figures import Share
from cop_bot.domain.brief import IN_BRIEF, Brief

_LINE = 22
"""Words of a point: what is asked for is 25 at most."""
_SHORTEST = 6
_PLANTED = 4
"""Of so many points one is false."""
_BYTES_A_TOKEN = 4
_FALSE = "{text} in all 77 districts"
"""A number and a reach that no contribution has."""
_KEYS = {
    "You write the summary": "points",
    "You shorten": "points",
    "You check": "verdicts",
    "You introduce": "parts",
    "You correct": "sentences",
    "You look again": "sentences",
}

Row = dict[str, Any]


@dataclass(slots=True)
class Played:
    """What was written for the last summary."""

    url: str = ""
    true: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    in_the_end: list[str] = field(default_factory=list)
    """The true ones of the last answer: what was left after several parts were shortened to one."""

    def answer(self, request: Row) -> Row:
        """What a server of chat completions answers, tokens counted at four bytes each."""
        system, user = (str(message["content"]) for message in request["messages"][:2])
        key = next(key for opening, key in _KEYS.items() if system.startswith(opening))
        there = [json.loads(line) for line in user.splitlines() if line.startswith('{"id"')]
        rows = {"verdicts": _verdicts, "parts": _introduction}.get(key, self._points if key == "points" else _nothing)
        content = json.dumps({key: rows(there, user)}, ensure_ascii=False)
        message = {"role": "assistant", "content": content, "refusal": None}
        asked = json.dumps(request, ensure_ascii=False)
        usage = {"prompt_tokens": _tokens(asked), "completion_tokens": _tokens(content)}
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        return {"id": "played", "object": "chat.completion", "choices": choices, "usage": usage}

    def published(self, brief: Brief, lines: int) -> Share:
        """Q19: points that hold and are shown, of those that hold, as many as there are lines."""
        shown = {_bare(point.text) for point in brief.points}
        held = dict.fromkeys(map(_bare, self.in_the_end))
        missing = [text for text in held if text not in shown]
        most = min(lines, len(held))
        return Share(min(most, len(held) - len(missing)), most, tuple(missing))

    def slipped(self, brief: Brief) -> Share:
        """Points that are shown although they are false (good is what slipped through)."""
        false = {_bare(text) for text in self.false}
        written = [point for point in brief.points if point.section in IN_BRIEF and not point.quote]
        bad = tuple(point.text for point in written if _bare(point.text) in false)
        return Share(len(bad), len(false), bad)

    def _points(self, there: list[Row], user: str) -> list[Row]:
        most = int(_found(r"At most (\d+) points", user))
        if any("section" in row for row in there):
            kept = [row for row in there if row["text"] in self.true][:most]
            self.in_the_end = [row["text"] for row in kept]
            return [{"section": row["section"], "text": row["text"], "from": [row["id"]]} for row in kept]
        said = [
            row for row in there if _SHORTEST <= len(row["text"].split()) <= _LINE and not row["text"].endswith("?")
        ]
        written = []
        for at, row in enumerate(said[:: max(1, len(said) // most)][:most]):
            text = row["text"].rstrip(" .!")
            is_false = at % _PLANTED == _PLANTED - 1
            text = f"{_FALSE.format(text=text) if is_false else text}."
            (self.false if is_false else self.true).append(text)
            written.append({"section": "main_points", "text": text, "cites": [row["id"]]})
        self.in_the_end = [row["text"] for row in written if row["text"] in self.true]
        return written


def _verdicts(there: list[Row], user: str) -> list[Row]:
    del user
    said = {row["id"]: row["text"] for row in there if "sources" not in row}
    return [_verdict(row, said) for row in there if "sources" in row]


def _verdict(row: Row, said: dict[str, str]) -> Row:
    """It holds if it stands in a source, word by word."""
    proof = [source for source in row["sources"] if _bare(row["text"]) in _bare(said.get(source, ""))]
    quotes = [{"source": source, "quote": said[source]} for source in proof]
    return {"id": row["id"], "supported": "yes" if proof else "no", "quotes": quotes}


def _introduction(there: list[Row], user: str) -> list[Row]:
    del user
    points = [row for row in there if row["id"].startswith("p")][:2]
    themes = [row for row in there if row["id"].startswith("t")]
    overview = [{"part": "overview", "text": row["text"], "from": [row["id"]]} for row in points]
    return overview + [{"part": row["id"], "text": _title(row), "from": [points[0]["id"]]} for row in themes if points]


def _title(theme: Row) -> str:
    return " ".join(sorted(re.findall(r"\w+", theme["contributions"][0]), key=len)[-2:])


def _nothing(there: list[Row], user: str) -> list[Row]:
    del there, user
    return []


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _tokens(text: str) -> int:
    return len(text.encode()) // _BYTES_A_TOKEN


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"the request does not say {pattern!r}")
    return match[1]


@asynccontextmanager
async def played() -> AsyncIterator[Played]:
    """The model, on loopback as long as the block runs."""
    model = Played()

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(model.answer(await request.json()))

    app = web.Application(client_max_size=50_000_000)
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    model.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield model
    finally:
        await runner.cleanup()
