"""A model's server for whole programmes: a process of its own that says what contributions say, from a phrase book.

It answers chat completions, and on `/_control` takes its mood and tells what it was asked. Run with a port and the
phrase book: a JSON file, language -> what a member wrote (or the model) -> the same in that language.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

Request = dict[str, Any]
Row = dict[str, Any]

_PROMPTS = {
    "You write the summary": "brief",
    "You check": "verify",
    "You correct": "repair",
    "You look again": "revise",
    "You introduce": "overview",
    "You translate": "translate",
    "You look for what": "threads",
}
_LONG = 5
_SECTIONS = {"question": "open_questions", "idea": "ideas"}


@dataclass
class Mood:
    """How the server is: `out` for requests with these words, `hangs` on these prompts, `busy` so many times more."""

    out: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    busy: int = 0


@dataclass
class SpeakingModel:
    """`asked` holds for each request its prompt, what was asked, and how it ended."""

    book: dict[str, dict[str, str]]
    mood: Mood = field(default_factory=Mood)
    asked: list[Row] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request on one connection."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lengths = [line.split(":")[1] for line in head.splitlines() if line.lower().startswith("content-length")]
        body = await reader.readexactly(int(lengths[0])) if lengths else b""
        if "/_control" in head.splitlines()[0]:
            if body:
                self.mood = Mood(**json.loads(body))
            await _send(writer, 200, self.asked)
            return
        request: Request = json.loads(body)
        prompt = prompt_of(request)
        asked = {"prompt": prompt, "words": request["messages"], "ended": "hanging"}
        self.asked.append(asked)
        if prompt in self.mood.hangs:
            await reader.read()
            return
        status, answer = self._answer(prompt, request)
        asked["ended"] = str(status)
        await _send(writer, status, answer, {"Retry-After": "1"} if status == HTTPStatus.TOO_MANY_REQUESTS else {})

    def _answer(self, prompt: str, request: Request) -> tuple[int, Row]:
        words = request["messages"][1]["content"]
        if any(word in words for word in self.mood.out):
            return 503, _refusal("overloaded")
        if self.mood.busy:
            self.mood.busy -= 1
            return 429, _refusal("too many requests")
        if request.get("response_format", {}).get("type") == "json_schema":
            return 500, _refusal("response_format json_schema is not implemented")
        key, rows = getattr(self, f"_{prompt}")(words)
        message = {"role": "assistant", "content": json.dumps({key: rows}, ensure_ascii=False)}
        usage = {"prompt_tokens": 700, "completion_tokens": 90, "total_tokens": 790}
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        return 200, {"id": "1", "object": "chat.completion", "choices": choices, "usage": usage}

    def _in(self, language: str, text: str) -> str:
        return self.book.get(language, {}).get(text, text)

    def _brief(self, words: str) -> tuple[str, list[Row]]:
        return "points", [
            {
                "section": _SECTIONS.get(one["kind"], "main_points"),
                "text": self._in("en", one["text"]),
                "cites": [one["id"]],
                "answers": "none",
            }
            for one in _quoted(words)
        ]

    def _verify(self, words: str) -> tuple[str, list[Row]]:
        said = {one["id"]: one["text"] for one in _quoted(words)}
        sentences = [one for one in _quoted(words) if "sources" in one]
        return "verdicts", [
            {
                "id": one["id"],
                "supported": "yes",
                "quotes": [{"source": it, "quote": said[it]} for it in one["sources"]],
            }
            for one in sentences
        ]

    def _repair(self, words: str) -> tuple[str, list[Row]]:
        return self._anew("en", words)

    def _revise(self, words: str) -> tuple[str, list[Row]]:
        return self._anew("revised", words)

    def _anew(self, language: str, words: str) -> tuple[str, list[Row]]:
        sentences = [one for one in _quoted(words) if "sources" in one]
        return "sentences", [
            {"id": one["id"], "text": self._in(language, one["text"]), "cites": one["sources"]} for one in sentences
        ]

    def _translate(self, words: str) -> tuple[str, list[Row]]:
        target = words.rsplit("(", 1)[-1].split(")")[0]
        return "lines", [{"id": one["id"], "text": self._in(target, one["text"])} for one in _quoted(words)]

    def _overview(self, words: str) -> tuple[str, list[Row]]:
        """The first point once more, as if that were the gist."""
        first = next(one for line in words.splitlines() if line.startswith('{"id"') for one in [json.loads(line)])
        return "parts", [{"part": "overview", "text": first["text"], "from": [first["id"]]}]

    def _threads(self, words: str) -> tuple[str, list[Row]]:
        """A point that shares a long word with one of another theme."""
        points = _quoted(words)
        for one in points:
            for other in points:
                if one["theme"] != other["theme"] and _long_words(one["text"]) & _long_words(other["text"]):
                    return "threads", [{"text": one["text"], "cites": [one["id"], other["id"]]}]
        return "threads", []


def _long_words(text: str) -> set[str]:
    return {word for word in text.casefold().split() if len(word) > _LONG}


def prompt_of(request: Request) -> str:
    """Which prompt a request was made from."""
    system = request["messages"][0]["content"]
    return next(name for opening, name in _PROMPTS.items() if system.startswith(opening))


def _quoted(words: str) -> list[Row]:
    return [json.loads(line) for line in words.splitlines() if line.startswith('{"id"')]


def _refusal(why: str) -> Row:
    return {"error": {"message": why, "type": "server_error"}}


async def _send(writer: asyncio.StreamWriter, status: int, answer: object, heads: dict[str, str] | None = None) -> None:
    body = json.dumps(answer).encode()
    lines = [f"HTTP/1.1 {status} Said", "Content-Type: application/json", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (heads or {}).items()] + [f"Content-Length: {len(body)}"]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    await writer.drain()
    writer.close()


async def _listen(port: int, model: SpeakingModel) -> None:
    server = await asyncio.start_server(model.serve, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_listen(int(sys.argv[1]), SpeakingModel(json.loads(Path(sys.argv[2]).read_text()))))
