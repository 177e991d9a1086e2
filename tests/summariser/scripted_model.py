"""A model's server on loopback that answers what the test wrote down, request by request."""

from __future__ import annotations

import asyncio
import contextlib
import json
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


def in_turn(*answers: Answer) -> Script:
    """One answer after the other; the last one again and again."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]
