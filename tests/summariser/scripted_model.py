"""A model's server on loopback that answers what the test wrote down, request by request."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Answer:
    """One HTTP answer. `hang` never answers, `cut` closes the connection in the middle of the body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    cut: bool = False


Script = Callable[[dict[str, Any]], Answer]


@dataclass(slots=True)
class ScriptedModel:
    """`url` is what a summariser takes as base URL; `asked` holds every request's body in the order of arrival."""

    script: Script
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(
                int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length")
            )
            request = json.loads(await reader.readexactly(length))
            self.heads.append(head)
            self.asked.append(request)
            answer = self.script(request)
            if answer.hang:
                await reader.read()
            else:
                await self._send(writer, answer)
        writer.close()

    async def _send(self, writer: asyncio.StreamWriter, answer: Answer) -> None:
        lines = [f"HTTP/1.1 {answer.status} Scripted", "Content-Type: application/json", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines.append(f"Content-Length: {len(answer.body) * (2 if answer.cut else 1)}")
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + answer.body)
        await writer.drain()


@contextlib.asynccontextmanager
async def scripted(script: Script) -> AsyncIterator[ScriptedModel]:
    """The server, listening as long as the block runs."""
    model = ScriptedModel(script)
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        server.close()


def completion(content: str, finish_reason: str = "stop", refusal: str | None = None) -> Answer:
    """The answer of a chat completions server with this content."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
        "usage": {"prompt_tokens": 700, "completion_tokens": 90, "total_tokens": 790},
    }
    return Answer(body=json.dumps(body).encode())


def points(*found: tuple[str, str, list[str]]) -> Answer:
    """A well-formed answer with these points: section, text, cited ids."""
    return completion(
        json.dumps({"points": [{"section": section, "text": text, "cites": cites} for section, text, cites in found]})
    )


def refused(status: int, message: str, **headers: str) -> Answer:
    """An error in the form that the servers give."""
    body = json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode()
    return Answer(status, body, headers)


_OPENINGS = {
    "You write the summary": "brief",
    "You shorten": "reduce",
    "You check": "verify",
    "You correct": "repair",
    "You look again": "revise",
    "You introduce": "overview",
    "You translate": "translate",
    "You look for what": "threads",
}
_KEYS = {
    "brief": "points",
    "reduce": "points",
    "verify": "verdicts",
    "repair": "sentences",
    "revise": "sentences",
    "overview": "parts",
    "translate": "lines",
    "threads": "threads",
}


def prompt_of(request: dict[str, Any]) -> str:
    """Which prompt a request was made from."""
    system = request["messages"][0]["content"]
    return next(name for opening, name in _OPENINGS.items() if system.startswith(opening))


def rows(prompt: str, *found: dict[str, Any]) -> Answer:
    """A well-formed answer to this prompt."""
    return completion(json.dumps({_KEYS[prompt]: found}, ensure_ascii=False))


def quoted(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects that stand in a request, line by line: contributions, points, sentences."""
    lines = request["messages"][1]["content"].splitlines()
    return [json.loads(line) for line in lines if line.startswith('{"id"')]


def in_turn(*answers: Answer, **others: Script) -> Script:
    """What is asked of the discussion gets one answer after the other, the last one again and again.

    `others` answer the other prompts by name; without one, a second reading is what `reads` says, and all others get an
    answer that says nothing.
    """
    left = list(answers)

    def script(request: dict[str, Any]) -> Answer:
        prompt = prompt_of(request)
        if prompt in others:
            return others[prompt](request)
        if prompt == "verify":
            return reads(request)
        if prompt != "brief":
            return rows(prompt)
        return left.pop(0) if len(left) > 1 else left[0]

    return script


def says_yes(request: dict[str, Any]) -> Answer:
    """A verifier that finds everything supported, and shows each sentence's sources as they are."""
    said = {one["id"]: one["text"] for one in quoted(request)}
    sentences = [one for one in quoted(request) if "sources" in one]
    return rows(
        "verify", *(verdict(one["id"], {source: said[source] for source in one["sources"]}) for one in sentences)
    )


def reads(request: dict[str, Any]) -> Answer:
    """A verifier that finds supported only what stands word by word, in this order, in a source."""
    said = {one["id"]: one["text"] for one in quoted(request)}
    sentences = [one for one in quoted(request) if "sources" in one]
    found = {
        one["id"]: {source: said[source] for source in one["sources"] if _stands_in(one["text"], said[source])}
        for one in sentences
    }
    return rows("verify", *(verdict(name, shown) for name, shown in found.items() if shown))


def verdict(name: str, shown: dict[str, str], supported: str = "yes") -> dict[str, Any]:
    """What a verifier says of a sentence, with the words it shows of each source."""
    quotes = [{"source": source, "quote": quote} for source, quote in shown.items()]
    return {"id": name, "supported": supported, "quotes": quotes}


def _stands_in(text: str, source: str) -> bool:
    left = iter(_words(source))
    return all(word in left for word in _words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def asked_for(model: ScriptedModel, prompt: str) -> list[dict[str, Any]]:
    """The requests made from one prompt."""
    return [request for request in model.asked if prompt_of(request) == prompt]
