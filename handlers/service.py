"""The running bot: the clock, the loops, the ways in, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
import uvicorn

from cop_bot.config import Settings
from cop_bot.domain.message import Message
from cop_bot.ports import Ports
from cop_bot.usecases.catch_up import catch_up_everywhere
from cop_bot.usecases.check_health import check_health
from cop_bot.usecases.deliver_notices import deliver_notices
from cop_bot.usecases.look_around import look_again, look_around
from cop_bot.usecases.mark_contributions import mark_contributions
from cop_bot.usecases.purge_record import purge_record
from cop_bot.usecases.record_posts import record_posts
from cop_bot.usecases.run_due import run_due
from cop_bot.usecases.summarise_session import summarise_next
from cop_bot.voice import answers
from handlers import words
from handlers.clock import EVERY_IN_REHEARSAL_S, EVERY_S, Ticking
from handlers.intake import Intake
from handlers.loops import Loops
from handlers.web.app import web_app

log = structlog.get_logger()

AT_ONCE = timedelta(0)
DRAIN_S = 12.0
"""How long what is being done may take at the end; a supervisor is promised 20 s for all of it."""


@dataclass(slots=True)
class Running:
    """The parts of a running bot that its ways in need."""

    ports: Ports
    intake: Intake
    ticking: Ticking
    slack: Callable[[], Awaitable[str]] | None = None

    async def ready(self) -> tuple[bool, Any]:
        """For `/readyz`."""
        platforms = {"slack": await self.slack()} if self.slack else {}
        return await check_health(
            self.ports, last_tick_s=self.ticking.age_s, too_old_s=self.ticking.too_old_s, platforms=platforms
        )


async def serve(ports: Ports, settings: Settings, *, rehearsal: bool) -> None:
    """Run until SIGTERM or SIGINT; then finish what is being done and return."""
    stopping = _on_signals()
    every_s = EVERY_IN_REHEARSAL_S if rehearsal else EVERY_S
    running = Running(ports, Intake(partial(record_posts, ports)), Ticking(partial(run_due, ports), every_s))
    loops = Loops(ports.wake)
    async with contextlib.AsyncExitStack() as stack:
        slack = await stack.enter_async_context(_slack(running, settings))
        server = _Server(uvicorn.Config(web_app(slack, running.ready), settings.host, settings.port, log_config=None))
        listening = asyncio.create_task(server.serve())
        _start(running, loops)
        log.info("serving", host=settings.host, port=settings.port, rehearsal=rehearsal)
        await asyncio.wait([listening, asyncio.create_task(stopping.wait())], return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping")
        server.should_exit = True
        await asyncio.wait([listening], timeout=5)
        await running.intake.drain()
        await running.ticking.stop()
        await loops.stop(DRAIN_S)
    if listening.done() and not stopping.is_set():
        listening.result()
    log.info("stopped")


def _start(running: Running, loops: Loops) -> None:
    ports = running.ports
    ports.wake.ring["tick"] = running.ticking.now
    loops.add("places", partial(_look, ports), timedelta(seconds=60))
    loops.add("history", partial(_catch_up, ports), timedelta(hours=1))
    loops.add("notices", partial(_deliver, ports), timedelta(milliseconds=500))
    loops.add("summaries", partial(_summarise, ports), timedelta(seconds=2))
    loops.add("marks", partial(mark_contributions, ports), timedelta(seconds=30))
    loops.add("purge", partial(_purge, ports), timedelta(days=1))
    running.ticking.start()


async def _look(ports: Ports) -> None:
    if await look_around(ports):
        ports.wake("history")


async def _catch_up(ports: Ports) -> None:
    await catch_up_everywhere(ports)


async def _deliver(ports: Ports) -> timedelta | None:
    return AT_ONCE if await deliver_notices(ports) else None


async def _summarise(ports: Ports) -> timedelta | None:
    return AT_ONCE if await summarise_next(ports) else None


async def _purge(ports: Ports) -> None:
    await purge_record(ports)


@contextlib.asynccontextmanager
async def _slack(running: Running, settings: Settings) -> AsyncIterator[Any]:
    """The endpoint for Slack's events, or None where they come over Socket Mode or not at all."""
    if settings.slack_bot_token is None:
        yield None
        return
    from handlers.calls import Calls
    from handlers.slack.app import build_app, http_handler
    from handlers.web.slack_events import guarded

    ports = running.ports
    calls = Calls(
        record=running.intake.record,
        answer=partial(words.answer, ports),
        apologise=_apologise,
        look_at_place=partial(look_again, ports, "slack"),
        catch_up=partial(_ring, ports, "history"),
    )
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
    token = settings.slack_bot_token.get_secret_value()
    app = build_app(calls, token=token, signing_secret=secret, api_url=settings.slack_api_url)
    if settings.slack_app_token is None:
        running.slack = _over_http
        yield guarded(http_handler(app, calls), secret, ports.clock.wall)
        return
    from handlers.slack.socket import SocketMode

    app_token = settings.slack_app_token.get_secret_value()
    socket = SocketMode(app, app_token, partial(_ring, ports, "history"), api_url=settings.slack_api_url)
    running.slack = partial(_over_socket, socket.is_connected)
    connection = asyncio.create_task(socket.run())
    try:
        yield None
    finally:
        connection.cancel()
        await asyncio.wait([connection])


async def _over_http() -> str:
    return "listening"


async def _over_socket(is_connected: Callable[[], Awaitable[bool]]) -> str:
    return "connected" if await is_connected() else "disconnected"


async def _ring(ports: Ports, name: str) -> None:
    ports.wake(name)


def _apologise(reference: str) -> Message:
    return answers.apology(reference)


def _on_signals() -> asyncio.Event:
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


class _Server(uvicorn.Server):
    """A server that leaves the signals to us: the loops have to be drained too."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield
