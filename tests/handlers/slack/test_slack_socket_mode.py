"""Socket Mode: the same app over a connection that the bot opens itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from fakes.bot import Bot
from fakes.fake_slack import FakeSlack
from fakes.slack_requests import TS

from handlers.slack.app import build_app
from handlers.slack.socket import BackOff, SocketMode


async def until(done: Callable[[], bool | Awaitable[bool]]) -> None:
    """Let the others run until it is so; fails after five seconds."""
    async with asyncio.timeout(5):
        while True:
            found = done()
            if await found if isinstance(found, Awaitable) else found:
                return
            await asyncio.sleep(0.005)


def post(text: str) -> dict[str, Any]:
    said = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "text": text, "ts": TS}
    return {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event": said}


@pytest.fixture
async def socket(bot: Bot, slack: FakeSlack) -> AsyncIterator[SocketMode]:
    app = build_app(bot.calls(), token="xoxb-test", api_url=slack.base_url)
    mode = SocketMode(
        app, "xapp-test", bot.catch_up, api_url=slack.base_url, patience=0.2, look_every=0.05, ping_every=0.1
    )
    running = asyncio.create_task(mode.run())
    await until(mode.is_connected)
    yield mode
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not await mode.is_connected()


async def test_what_was_missed_is_caught_up_on_every_new_connection(
    socket: SocketMode, bot: Bot, slack: FakeSlack
) -> None:
    await until(lambda: bot.caught_up == 1)
    await slack.sockets[-1].close()
    await until(lambda: bot.caught_up == 2)
    await until(socket.is_connected)


async def test_a_post_is_acknowledged_when_it_is_recorded(socket: SocketMode, bot: Bot, slack: FakeSlack) -> None:
    await slack.deliver("e1", "events_api", post("An idea"))
    await until(lambda: bool(slack.acknowledged))
    assert [one["envelope_id"] for one in slack.acknowledged] == ["e1"]
    assert len(bot.posts) == 1


async def test_a_post_that_could_not_be_recorded_is_not_acknowledged(
    socket: SocketMode, bot: Bot, slack: FakeSlack
) -> None:
    bot.failure = RuntimeError("database is locked")
    await slack.deliver("e1", "events_api", post("An idea"))
    command = {"command": "/cop", "text": "status", "user_id": "U1", "channel_id": "C1", "team_id": "T1"}
    await slack.deliver("e2", "slash_commands", command)
    await until(lambda: bool(slack.acknowledged))
    (answered,) = slack.acknowledged
    assert answered["envelope_id"] == "e2"
    assert answered["payload"]["text"].startswith("Sorry")


async def test_the_connection_comes_back_when_slack_was_away_for_long(
    socket: SocketMode, bot: Bot, slack: FakeSlack
) -> None:
    for _ in range(20):
        slack.fail("apps.connections.open", "service_unavailable")
    await slack.sockets[-1].close()
    await until(lambda: bot.caught_up == 2)
    await until(socket.is_connected)


def test_connections_that_end_at_once_are_begun_ever_less_often() -> None:
    now = 0.0
    back_off = BackOff(60, lambda: now)
    waits = []
    for _ in range(10):
        waits.append(back_off.next_s())
        now += waits[-1]
    assert waits == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
    now += 200
    assert back_off.next_s() == 0.0
