"""Events acknowledged per second over HTTP, each stored before it is acknowledged, beside a listener that does nothing.

Run: .venv/bin/python -m benchmarks.events   (from the top of the checkout; two servers and one client on loopback)

Both servers are the same Bolt app behind the same web server in a process of its own; only what the listener does
differs. The figure to read is the ratio, which holds when the machine is slow, and the burst: 1,000 signed events sent
within a second.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

SECRET = b"benchmark"
PLACE = "C0BENCH"


def signed(number: int, started: float) -> bytes:
    """One request of Slack's, with an event of its own."""
    now = time.time()
    event = {
        "type": "message",
        "channel": PLACE,
        "channel_type": "channel",
        "user": f"U{number % 40:04}",
        "text": f"Idea number {number}: let partners chair the budget meeting in turn, and publish what was decided.",
        "ts": f"{int(started) + number // 1_000_000}.{number % 1_000_000:06}",
    }
    envelope = {
        "token": "t",
        "team_id": "T1",
        "api_app_id": "A1",
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(now),
        "event": event,
        "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True, "is_enterprise_install": False}],
    }
    body = json.dumps(envelope).encode()
    stamp = str(int(now))
    signature = hmac.new(SECRET, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    lines = (
        "POST /slack/events HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"X-Slack-Request-Timestamp: {stamp}",
        f"X-Slack-Signature: v0={signature}",
        f"Content-Length: {len(body)}",
    )
    head = "\r\n".join((*lines, "", ""))
    return head.encode() + body


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Send one request and read its answer; returns the status."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            await reader.readexactly(int(line.split(b":")[1]))
    return int(head.split(b" ", 2)[1])


async def saturate(port: int, seconds: float, connections: int, first: int) -> tuple[float, list[float], int]:
    """As many as will go through: acknowledged per second, the latencies, and the next free number."""
    started, number, latencies = time.time(), first, list[float]()
    until = time.perf_counter() + seconds

    async def client() -> None:
        nonlocal number
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            number += 1
            request, begun = signed(number, started), time.perf_counter()
            if await exchange(reader, writer, request) != 200:
                raise SystemExit("an event was not acknowledged")
            latencies.append(time.perf_counter() - begun)
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(connections)))
    return len(latencies) / (time.perf_counter() - begun), latencies, number


async def burst(port: int, count: int, first: int, apart: float = 0.001) -> tuple[list[float], int]:
    """So many events, one each millisecond (or so many seconds `apart`), over 50 connections; returns the latencies and
    the next free number.
    """
    started, latencies = time.time(), list[float]()
    requests = [signed(first + number, started) for number in range(1, count + 1)]
    begun = time.perf_counter()

    async def client(mine: list[tuple[int, bytes]]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for index, request in mine:
            due = begun + index * apart
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if await exchange(reader, writer, request) != 200:
                raise SystemExit("an event was not acknowledged")
            latencies.append(time.perf_counter() - due)
        writer.close()

    numbered = list(enumerate(requests))
    await asyncio.gather(*(client(numbered[offset::50]) for offset in range(50)))
    return latencies, first + count


@asynccontextmanager
async def server(kind: str, database: Path) -> AsyncIterator[int]:
    """One of the two servers in a process of its own; yields its port."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.events_server", kind, str(database), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        yield int(await process.stdout.readline())
    finally:
        process.terminate()
        await process.wait()


def spread(latencies: list[float]) -> str:
    """The latency of the middle one and of the slowest in a hundred."""
    ordered = sorted(latencies)
    middle, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return f"p50 {middle * 1000:.0f} ms  p99 {slow * 1000:.0f} ms"


async def main(rounds: int, seconds: float, connections: int) -> None:
    """Alternate between the two servers and print the medians."""
    rates: dict[str, list[float]] = {"nothing": [], "stored": []}
    with tempfile.TemporaryDirectory() as folder:
        database, number, sent = Path(folder) / "bench.db", 0, 0
        async with server("nothing", database) as idle, server("stored", database) as storing:
            for _ in range(rounds):
                for kind, port in (("nothing", idle), ("stored", storing)):
                    before = number
                    rate, latencies, number = await saturate(port, seconds, connections, number)
                    sent += (number - before) if kind == "stored" else 0
                    rates[kind].append(rate)
                    print(f"{kind:8} {rate:7.0f}/s  {spread(latencies)}")
            for _ in range(rounds):
                latencies, number = await burst(storing, 1000, number)
                sent += 1000
                print(f"burst of 1,000 in a second: {spread(latencies)}")
        for told in ("words", "model"):
            async with server(f"stored-{told}", Path(folder) / f"{told}.db") as busy:
                latencies, number = await burst(busy, 800, number, apart=0.01)
                print(f"100 a second beside summaries of 1,000 contributions by {told}: {spread(latencies)}")
        rows = (
            sqlite3.connect(database).execute("SELECT count(*), count(DISTINCT message) FROM contribution").fetchone()
        )
    nothing, stored = statistics.median(rates["nothing"]), statistics.median(rates["stored"])
    print(f"median: {stored:.0f}/s stored before acknowledged, {nothing:.0f}/s doing nothing")
    print(f"ratio: {stored / nothing:.2f}")
    print(f"sent {sent}, stored {rows[0]}, each once: {rows[0] == rows[1] == sent}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--connections", type=int, default=32)
    given = parser.parse_args()
    asyncio.run(main(given.rounds, given.seconds, given.connections))
