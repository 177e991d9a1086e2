"""A tick with many programmes planned beside a tick with few: it should cost what is due, not what exists.

Run: .venv/bin/python -m benchmarks.tick
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta

from cop_bot.bootstrap import open_ports
from cop_bot.clocks import WallClock
from cop_bot.config import load_settings
from cop_bot.domain.plan import Plan, SessionPlan
from cop_bot.logs import set_up_logs
from cop_bot.platforms.console.chat import ConsoleChat
from cop_bot.ports import Ports
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due

TICKS = 300
FORTNIGHT = timedelta(days=14)


async def plan_many(ports: Ports, first: int, last: int) -> None:
    """Programmes of five sessions each, all in the future."""
    soon = datetime.now(UTC) + timedelta(days=30)
    for number in range(first, last):
        sessions = tuple(
            SessionPlan(
                f"s{i}", {"en": f"Theme {i}"}, soon + timedelta(days=14 * i), soon + timedelta(days=14 * i + 13)
            )
            for i in range(5)
        )
        slug = f"p{number}"
        await plan_programme(ports, Plan(slug, {"en": slug}, "UTC", f"#{slug}", slug, sessions))


async def tick_ms(ports: Ports) -> float:
    """The median of some hundred ticks, in milliseconds."""
    took = []
    for _ in range(TICKS):
        begun = time.perf_counter()
        await run_due(ports)
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1000


async def main() -> None:
    """Measure with 100 programmes, then with 10,000 in the same database."""
    set_up_logs("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(COP_DATABASE_URL=f"sqlite:///{folder}/bench.db")
        async with open_ports(settings, chats={"console": ConsoleChat(WallClock())}) as ports:
            await plan_many(ports, 0, 100)
            few = await tick_ms(ports)
            await plan_many(ports, 100, 10_000)
            many = await tick_ms(ports)
    print(f"100 programmes: {few:.2f} ms a tick; 10,000: {many:.2f} ms; ratio {many / few:.2f}")


if __name__ == "__main__":
    asyncio.run(main())
