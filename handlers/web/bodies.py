"""Bodies of requests, read no further than is good for us."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

LARGEST = 1024 * 1024
"""Bytes of a body; what platforms send is far smaller."""

_SLOWEST = 3


async def read_body(request: Request) -> bytes | Response:
    """The body, or the answer to a caller whose body is too large, too slow or has no end."""
    body = bytearray()
    try:
        async with asyncio.timeout(_SLOWEST):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST:
                    return PlainTextResponse("The body is too large.", 413)
    except TimeoutError:
        return PlainTextResponse("The body took too long.", 408)
    except ClientDisconnect:
        return PlainTextResponse("The body has no end.", 400)
    return bytes(body)
