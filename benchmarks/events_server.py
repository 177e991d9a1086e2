"""The server of `benchmarks.events`: the bot's own Slack app, with a listener that stores or one that does nothing."""

from __future__ import annotations

import asyncio
import socket
import sys
from datetime import UTC, datetime, timedelta
from functools import partial

import uvicorn
from aiohttp import web

from benchmarks.events import PLACE, SECRET
from benchmarks.summaries.speed import statements
from cop_bot.bootstrap import open_ports
from cop_bot.clocks import WallClock
from cop_bot.config import load_settings
from cop_bot.domain.assignment import Assignment
from cop_bot.domain.message import Message
from cop_bot.domain.place import Place
from cop_bot.domain.plan import Plan, SessionPlan
from cop_bot.domain.post import Post
from cop_bot.logs import set_up_logs
from cop_bot.platforms.console.chat import ConsoleChat
from cop_bot.ports import Ports
from cop_bot.summariser.offline import OfflineSummariser
from cop_bot.summariser.process.work import Told, Work
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.record.record_posts import record_posts
from handlers.gesture import Gesture
from handlers.inbound import Calls
from handlers.intake import Intake
from handlers.platform import WayIn
from handlers.slack.app import build_app, http_handler
from handlers.slack.authentication import guarded
from handlers.slack.platform import PATH
from handlers.web.app import web_app


async def main(kind: str, database: str) -> None:
    """Serve until terminated; the port is the first line of the output."""
    set_up_logs("ERROR")
    api = await _slack_api()
    settings = load_settings(
        COP_DATABASE_URL=f"sqlite:///{database}.{kind}" if kind == "nothing" else f"sqlite:///{database}"
    )
    async with open_ports(settings, chats={"slack": ConsoleChat(WallClock())}) as ports:
        await _open_session(ports)
        intake = Intake(partial(record_posts, ports))

        async def ignore(_: Post) -> None:
            return None

        async def answer(_: Gesture, *__: object) -> Message:
            return Message(())

        async def nothing(*_: object) -> None:
            return None

        record = ignore if kind == "nothing" else intake.record
        told = kind.partition("-")[2]
        beside = asyncio.create_task(_summarise("model" if told == "model" else "words")) if told else None
        calls = Calls(
            record,
            answer,
            lambda _: Message(()),
            nothing,
            nothing,
            nothing,
            answer,
            answer,
            answer,
            nothing,
            nothing,
            nothing,
            nothing,
        )
        app = build_app(calls, token="xoxb-benchmark", signing_secret=SECRET.decode(), api_url=api)
        endpoint = guarded(http_handler(app, calls), SECRET.decode(), lambda: datetime.now(UTC))

        async def state() -> str:
            return "listening"

        way = WayIn("slack", state, PATH, endpoint)

        async def ready() -> tuple[bool, dict[str, str]]:
            return True, {}

        listening = socket.create_server(("127.0.0.1", 0))
        print(listening.getsockname()[1], flush=True)
        await uvicorn.Server(uvicorn.Config(web_app([way], ready), log_config=None)).serve([listening])
        if beside is not None:
            beside.cancel()


async def _summarise(told: Told) -> None:
    """One summary of a large session after the other, as the loop for summaries does it."""
    summariser = OfflineSummariser(Work(told))
    while True:
        await summariser.summarise(Assignment("Benchmark", statements(1_000)))


async def _open_session(ports: Ports) -> None:
    now = datetime.now(UTC)
    session = SessionPlan("bench", {"en": "Benchmark"}, now - timedelta(hours=1), now + timedelta(days=14))
    plan = Plan("bench", {"en": "Benchmark"}, "UTC", "#bench", "digest", (session,), platform="slack")
    await plan_programme(ports, plan)
    await run_due(ports)
    async with ports.unit() as unit:
        place = await unit.get_one(Place, 1)
        place.found(PLACE, True)


async def _slack_api() -> str:
    """Enough of Slack's Web API to say who we are."""

    async def answer(_: web.Request) -> web.Response:
        us = {"team_id": "T1", "user_id": "U0BOT", "bot_id": "B1", "team": "T", "user": "cop"}
        return web.json_response({"ok": True, "url": "http://127.0.0.1/", **us})

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/api/"


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
