"""`/slack/events`: nothing reaches the app that Slack did not sign just now.

Bolt checks signatures too, but it reads bodies of any size first and breaks on a time that is no number and on a body
that is no JSON. Slack's rules: its page on verifying requests.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message

from cop_bot.domain.errors import OperatorMistake
from handlers.platform import Endpoint
from handlers.web.bodies import read_body

OLDEST = 300
"""Seconds that a signature is good for, before and after our clock."""

_TIME = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_LOG = logging.getLogger(__name__)


def guarded(handle: Endpoint, signing_secret: str, wall: Callable[[], datetime]) -> Endpoint:
    """The endpoint behind its guard. `wall` is the wall clock's time: Slack's signatures know no other.

    Raises OperatorMistake for a blank secret.
    """
    if not signing_secret.strip():
        raise OperatorMistake("SLACK_SIGNING_SECRET is blank.")
    secret = signing_secret.encode()

    async def endpoint(request: Request) -> Response:
        body = await read_body(request)
        if isinstance(body, Response):
            return body
        if not _is_signed(request.headers, body, secret, wall()):
            return PlainTextResponse("The signature is missing, wrong or too old.", 401)
        if not _is_well_formed(request.headers.get("content-type", ""), body):
            return PlainTextResponse("The body is not what Slack sends.", 400)
        try:
            return await handle(Request(request.scope, _replay(body)))
        except Exception as error:  # noqa: BLE001 - what listeners raise becomes an answer inside; this is the body's fault
            _LOG.warning("A signed request could not be read: %s", type(error).__name__)
            return PlainTextResponse("The body is not what Slack sends.", 400)

    return endpoint


async def not_here(_: Request) -> Response:
    """The endpoint while events come over Socket Mode."""
    return PlainTextResponse("This bot hears from Slack over Socket Mode; nothing is read here.", 404)


def _is_signed(headers: Mapping[str, str], body: bytes, secret: bytes, now: datetime) -> bool:
    time, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not _TIME.fullmatch(time) or not _SIGNATURE.fullmatch(signature):
        return False
    if abs(now.timestamp() - int(time)) > OLDEST:
        return False
    expected = hmac.new(secret, b"v0:" + time.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v0={expected}", signature)


def _is_well_formed(content_type: str, body: bytes) -> bool:
    try:
        text = body.decode("utf-8")
        if not content_type.startswith("application/x-www-form-urlencoded"):
            return _is_event(json.loads(text))
        form = parse_qs(text, max_num_fields=1_000)
        return isinstance(json.loads(form["payload"][0]), dict) if "payload" in form else bool(form)
    except (ValueError, RecursionError):
        return False


def _is_event(body: object) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("type"), str):
        return False
    event = body.get("event")
    return body["type"] != "event_callback" or (isinstance(event, dict) and isinstance(event.get("type"), str))


def _replay(body: bytes) -> Callable[[], Awaitable[Message]]:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
