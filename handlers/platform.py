"""A platform's way in, as the running bot sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class WayIn:
    """One platform. `path` and `endpoint` are None where the bot opens the connection itself."""

    platform: str
    state: Callable[[], Awaitable[str]]
    """What the connection says of itself, for `/readyz`."""
    path: str | None = None
    endpoint: Endpoint | None = None
