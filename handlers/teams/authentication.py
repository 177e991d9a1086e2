"""`/api/messages`: nothing reaches the app that Teams did not send, for our tenant, in a shape that can be read."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from cop_bot.domain.errors import ChatUnavailable
from handlers.web.bodies import read_body

_DEEPEST = 100
LARGEST = 256 * 1024
"""Bytes of an activity: Teams takes messages of about 100 KB."""
_LOG = logging.getLogger(__name__)

_MOST_TENANTS_LOGGED = 100


class Tokens(Protocol):
    """Who knows a genuine token."""

    async def is_genuine(self, token: str, service_url: str) -> bool:
        """Whether Teams signed it for us and for this address. Raises ChatUnavailable."""


@dataclass(slots=True)
class Door:
    """Lets in what is for us. With `trust_loopback`, what comes from this very machine needs no token."""

    tokens: Tokens
    tenant_id: str
    trust_loopback: bool = False
    _refused: set[str] = field(default_factory=set)

    async def admit(self, request: Request) -> dict[str, Any] | Response:
        """The activity that the request carries, or the answer to a caller who is turned away."""
        body = await read_body(request, LARGEST)
        if isinstance(body, Response):
            return body
        activity = _activity(body)
        if activity is None:
            return PlainTextResponse("The body is not what Teams sends.", 400)
        try:
            if not await self._is_genuine(request, activity):
                return PlainTextResponse("The token is missing or wrong.", 401)
        except ChatUnavailable as unavailable:
            # Not 401: Teams would not deliver it again.
            _LOG.warning("A token for the bot in Teams could not be checked: %s", unavailable)
            return PlainTextResponse("The token can't be checked just now.", 503)
        if not self._is_ours(activity):
            return PlainTextResponse("This bot serves another organisation.", 403)
        return activity

    async def _is_genuine(self, request: Request, activity: Mapping[str, Any]) -> bool:
        service_url = str(activity["serviceUrl"])
        if self.trust_loopback and _is_from_here(request) and is_loopback(urlsplit(service_url).hostname):
            return True
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme == "Bearer" and await self.tokens.is_genuine(token, service_url)

    def _is_ours(self, activity: Mapping[str, Any]) -> bool:
        """The registration is known to all organisations, and any of them may install the app."""
        tenant = activity["conversation"].get("tenantId") or _inner(activity, "channelData", "tenant").get("id")
        if isinstance(tenant, str) and tenant.casefold() == self.tenant_id.casefold():
            return True
        name = str(tenant)[:40]
        if name not in self._refused and len(self._refused) < _MOST_TENANTS_LOGGED:
            self._refused.add(name)
            _LOG.warning("Messages of another tenant are refused, and this is said once: %r", name)
        return False


def is_loopback(host: str | None) -> bool:
    """Whether this is the machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def _is_from_here(request: Request) -> bool:
    """Behind a proxy every caller seems to be this machine; a proxy says so in its headers."""
    forwarded = any(name == "forwarded" or name == "via" or name.startswith("x-forwarded") for name in request.headers)
    return not forwarded and request.client is not None and is_loopback(request.client.host)


def _activity(body: bytes) -> dict[str, Any] | None:
    """An activity as far as the door has to know it: what, from whom, in which conversation, through which service."""
    try:
        activity = _without_halves(json.loads(body.decode("utf-8")), _DEEPEST)
    except (ValueError, RecursionError):
        return None
    if not isinstance(activity, dict):
        return None
    named = (activity.get("type"), activity.get("serviceUrl"), activity.get("channelId", "msteams"))
    people = (activity.get("from"), activity.get("recipient"), activity.get("conversation"))
    if not all(isinstance(one, str) and one.strip() for one in named):
        return None
    if not all(isinstance(one, dict) and isinstance(one.get("id"), str) and one["id"] for one in people):
        return None
    return activity


def _without_halves(value: Any, levels: int) -> Any:
    """The same with half a surrogate pair replaced, which no database takes. Raises ValueError for what is too deep."""
    if levels == 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_without_halves(one, levels - 1) for one in value]
    if isinstance(value, dict):
        return {_without_halves(name, levels - 1): _without_halves(one, levels - 1) for name, one in value.items()}
    return value


def _inner(outer: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    found: Any = outer
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}
