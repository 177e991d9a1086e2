"""Bodies of requests, read no further than is good for us."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

LARGEST = 1024 * 1024
"""Bytes of a body; what platforms send is far smaller."""

_SLOWEST = 3
_CLOSED = {"connection": "close"}


async def read_body(request: Request, largest: int = LARGEST) -> bytes | Response:
    """The body, or the answer to a caller whose body is too large, too slow or has no end. After such an answer nothing
    more is read: the connection is closed.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(_SLOWEST):
            async for chunk in request.stream():
                body += chunk
                if len(body) > largest:
                    return PlainTextResponse("The body is too large.", 413, _CLOSED)
    except TimeoutError:
        return PlainTextResponse("The body took too long.", 408, _CLOSED)
    except ClientDisconnect:
        return PlainTextResponse("The body has no end.", 400)
    return bytes(body)
