"""What a supervisor asks: `/healthz` whether the process answers, `/readyz` whether it can do its work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

Ready = Callable[[], Awaitable[tuple[bool, Mapping[str, Any]]]]
"""Whether the bot is ready, and the findings that say why (JSON)."""


async def healthz(_: Request) -> Response:
    """200 as long as the loop turns."""
    return PlainTextResponse("ok")


def readyz(ready: Ready) -> Callable[[Request], Awaitable[Response]]:
    """200 or 503, with the findings."""

    async def endpoint(_: Request) -> Response:
        is_ready, findings = await ready()
        return JSONResponse({"ready": is_ready, **findings}, 200 if is_ready else 503)

    return endpoint
