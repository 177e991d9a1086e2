"""Talks to a web app in the same process, without a server or a socket."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp


@dataclass(frozen=True)
class Answer:
    """What the app answered."""

    status_code: int
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


async def request(
    app: ASGIApp,
    method: str,
    path: str,
    body: bytes | AsyncIterator[bytes] = b"",
    headers: Mapping[str, str] | None = None,
    *,
    client: str = "127.0.0.1",
) -> Answer:
    """One request; a body can be given chunk by chunk, and is asked for only as far as the app reads."""
    named = [(name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
    scope: dict[str, Any] = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1"}
    scope |= {"method": method, "path": path}
    scope |= {"raw_path": path.encode(), "root_path": "", "scheme": "http", "query_string": b"", "headers": named}
    scope |= {"server": ("bot.example.org", 80), "client": (client, 1)}
    chunks = _once(body) if isinstance(body, bytes) else body
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        try:
            chunk = await anext(chunks, None)
        except ConnectionError:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    text = b"".join(message.get("body", b"") for message in sent).decode()
    return Answer(next(message["status"] for message in sent if "status" in message), text)


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body
