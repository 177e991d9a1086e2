"""Nothing reaches the bot over HTTP that Slack did not sign just now, and nothing that arrives breaks it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from fakes.asgi import request
from fakes.bot import Bot
from fakes.fake_slack import FakeSlack, fake_slack
from fakes.slack_requests import Workspace, signature

from cop_bot.domain.errors import OperatorMistake
from handlers.platform import WayIn
from handlers.slack.authentication import guarded, not_here
from handlers.slack.platform import PATH
from handlers.web.app import web_app
from handlers.web.bodies import LARGEST


def _now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with fake_slack() as server:
        yield server


@pytest.fixture
def workspace(slack: FakeSlack) -> Workspace:
    return Workspace(Bot(), slack)


def stamp(seconds: int = 0) -> str:
    return str(int(time.time()) + seconds)


BODY = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()


@pytest.mark.parametrize(
    "headers",
    [
        lambda: {"x-slack-signature": signature(BODY, stamp(), "wrong secret")},
        lambda: {"x-slack-signature": signature(BODY + b" ", stamp())},
        lambda: {"x-slack-signature": ""},
        lambda: {"x-slack-signature": "v0=zz"},
        lambda: {"x-slack-signature": "v1=" + "0" * 64},
        lambda: {"x-slack-request-timestamp": stamp(-301), "x-slack-signature": signature(BODY, stamp(-301))},
        lambda: {"x-slack-request-timestamp": stamp(400), "x-slack-signature": signature(BODY, stamp(400))},
        lambda: {"x-slack-request-timestamp": "soon", "x-slack-signature": signature(BODY, "soon")},
        lambda: {"x-slack-request-timestamp": "-1", "x-slack-signature": signature(BODY, "-1")},
        lambda: {"x-slack-request-timestamp": "9" * 40, "x-slack-signature": signature(BODY, "9" * 40)},
        lambda: {"x-slack-request-timestamp": "1e9", "x-slack-signature": signature(BODY, "1e9")},
        lambda: {"x-slack-request-timestamp": "", "x-slack-signature": signature(BODY, "")},
    ],
)
async def test_forged_old_and_odd_signatures_are_turned_away(
    headers: Callable[[], dict[str, str]], workspace: Workspace
) -> None:
    assert (await workspace.send(BODY, headers())).status_code == 401  # made now: other tests may have taken minutes


async def test_a_request_without_any_signature_is_turned_away_even_if_it_is_no_json(workspace: Workspace) -> None:
    for body in (BODY, b"{", b""):
        assert (await request(workspace.web, "POST", "/slack/events", body)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"type": 5}',
        b'{"type": "event_callback"}',
        b'{"type": "event_callback", "event": []}',
        b'{"type": "event_callback", "event": {"type": {}}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"type": "event_callback", "event": {"type": "message"}, "team": [1], "authorizations": 7}',
    ],
)
async def test_a_signed_body_that_slack_would_not_send_is_refused(body: bytes, workspace: Workspace) -> None:
    assert (await workspace.send(body)).status_code in (400, 404)


@pytest.mark.parametrize("body", [b"", b"payload=", b"payload=%7B", b"payload=[]", b"payload=null", b"%ff=%ff"])
async def test_a_signed_form_that_slack_would_not_send_is_refused(body: bytes, workspace: Workspace) -> None:
    answer = await workspace.send(body, {"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize(
    "odd",
    [
        {"user": 5},
        {"user": {"id": "U1"}},
        {"text": None},
        {"text": ["a"]},
        {"channel": {"id": "C1"}},
        {"ts": 1780000000.1},
        {"files": "none"},
        {"subtype": "message_changed"},
        {"subtype": "message_changed", "message": "x", "previous_message": 5},
        {"subtype": "message_deleted", "previous_message": []},
        {"edited": "yes"},
        {"bot_id": {}},
        {"thread_ts": []},
    ],
)
async def test_odd_messages_are_swallowed_or_refused_and_never_break_anything(
    odd: dict[str, object], workspace: Workspace
) -> None:
    assert (await workspace.says("text", **odd)).status_code in (200, 400)


async def test_a_large_body_is_not_read_to_its_end(workspace: Workspace) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 50 * LARGEST:
            sent += LARGEST // 4
            yield b"x" * (LARGEST // 4)

    answer = await request(workspace.web, "POST", "/slack/events", endless())
    assert answer.status_code == 413
    assert sent <= 2 * LARGEST


async def test_a_caller_who_hangs_up_breaks_nothing(workspace: Workspace) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield b"{"
        raise ConnectionError

    assert (await request(workspace.web, "POST", "/slack/events", half())).status_code == 400


async def test_slacks_retries_are_heard_like_first_deliveries(workspace: Workspace) -> None:
    body = json.dumps(
        {
            "type": "event_callback",
            "team_id": "T1",
            "event": {"type": "message", "channel": "C1", "user": "U1", "text": "An idea", "ts": "1780000000.000100"},
        }
    ).encode()
    for number in ("1", "2"):
        headers = {"x-slack-retry-num": number, "x-slack-retry-reason": "http_timeout"}
        assert (await workspace.send(body, headers)).status_code == 200
    assert len(workspace.bot.posts) == 2


def test_a_blank_secret_opens_nothing() -> None:
    async def never(_: object) -> None:
        raise AssertionError

    with pytest.raises(OperatorMistake, match="SLACK_SIGNING_SECRET"):
        guarded(never, "  ", _now)  # type: ignore[arg-type]


async def ready() -> tuple[bool, dict[str, object]]:
    return False, {"database": "locked"}


async def state() -> str:
    return "connected"


async def test_over_socket_mode_the_address_says_so_and_a_supervisor_is_answered() -> None:
    web = web_app([WayIn("slack", state, PATH, not_here)], ready)
    answer = await request(web, "POST", "/slack/events", b"{}")
    assert (answer.status_code, "Socket Mode" in answer.text) == (404, True)
    assert (await request(web, "GET", "/healthz")).status_code == 200
    found = await request(web, "GET", "/readyz")
    assert (found.status_code, found.json()) == (503, {"ready": False, "database": "locked"})
    assert (await request(web, "GET", "/slack/events")).status_code == 405
