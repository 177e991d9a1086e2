"""A door on loopback before the model's server: everything passes through unchanged and is counted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web

_LONGEST_ANSWER = 1800.0


@dataclass(slots=True)
class Counted:
    """What went through: requests, tokens as the server counted them, and the bodies of the requests."""

    calls: int = 0
    refused: int = 0
    """Of the calls, those that were answered with an error: a server that is asked in a way it does not speak."""
    tokens_in: int = 0
    tokens_out: int = 0
    sent: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def take(self, request: bytes, status: int, answer: bytes) -> None:
        """Count one exchange."""
        self.calls += 1
        self.refused += status >= 400
        self.sent.append(request.decode("utf-8", "replace"))
        self.answers.append(answer.decode("utf-8", "replace"))
        usage = _usage(answer)
        self.tokens_in += int(usage.get("prompt_tokens") or 0)
        self.tokens_out += int(usage.get("completion_tokens") or 0)

    def since(self, calls: int, tokens_in: int, tokens_out: int) -> tuple[int, int, int]:
        """How much more there is than there was."""
        return self.calls - calls, self.tokens_in - tokens_in, self.tokens_out - tokens_out

    def now(self) -> tuple[int, int, int]:
        """What there is."""
        return self.calls, self.tokens_in, self.tokens_out


def _usage(answer: bytes) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError:
        return {}
    usage = found.get("usage") if isinstance(found, dict) else None
    return usage if isinstance(usage, dict) else {}


@asynccontextmanager
async def counting(base_url: str) -> AsyncIterator[tuple[str, Counted]]:
    """A base URL that leads to this one, and what goes through it."""
    counted = Counted()
    async with ClientSession(timeout=ClientTimeout(total=_LONGEST_ANSWER)) as beyond:

        async def pass_on(request: web.Request) -> web.Response:
            body = await request.read()
            headers = {
                name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers
            }
            url = f"{base_url.rstrip('/')}/{request.match_info['path']}"
            async with beyond.request(request.method, url, data=body, headers=headers) as answer:
                said = await answer.read()
                counted.take(body, answer.status, said)
                waits = {k: v for k, v in answer.headers.items() if k.casefold() in {"retry-after", "content-type"}}
                return web.Response(body=said, status=answer.status, headers=waits)

        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/v1/{path:.*}", pass_on)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1", counted
        finally:
            await runner.cleanup()
