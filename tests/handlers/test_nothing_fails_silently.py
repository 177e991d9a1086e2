"""What goes wrong at the rim is told or ends the process; it never leaves a bot that only seems to work."""

from __future__ import annotations

import asyncio
import errno
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from cop_bot.domain.post import Post
from cop_bot.logs import Unbreakable
from cop_bot.ports import Wakeups
from handlers.loops import Loops
from handlers.rereading import Rereading
from handlers.web import patience
from handlers.web.bodies import read_body
from handlers.web.patience import PatientProtocol


class Gone:
    """A log whose reader has gone."""

    def __init__(self) -> None:
        self.written = ""
        self.broken = True

    def write(self, text: str) -> int:
        if self.broken:
            raise OSError(errno.EPIPE, "Broken pipe")
        self.written += text
        return len(text)

    def flush(self) -> None:
        self.write("")

    def isatty(self) -> bool:
        return False


def test_a_log_that_cannot_be_written_raises_nothing_and_says_later_how_much_was_lost() -> None:
    gone = Gone()
    stream: Any = Unbreakable(gone)  # type: ignore[arg-type]  # all that a log needs
    logger = structlog.PrintLogger(stream)
    handler = logging.StreamHandler(stream)
    for _ in range(3):
        logger.info("a line")
        handler.emit(logging.makeLogRecord({"msg": "another"}))
    gone.broken = False
    logger.info("back again")
    assert "could not be written" in gone.written
    assert gone.written.endswith("back again\n")


async def test_a_loop_that_ends_is_told() -> None:
    loops = Loops(Wakeups())

    async def broken() -> timedelta | None:
        raise asyncio.CancelledError

    loops.add("notices", broken, timedelta(seconds=1))
    assert await asyncio.wait_for(loops.ended(), 5) == "notices"
    await loops.stop(1)


async def test_a_message_that_cannot_be_read_again_is_owed_to_the_history() -> None:
    owed, tried = [], []

    async def reread(_: Post) -> bool:
        tried.append(1)
        raise OSError

    async def owe() -> None:
        owed.append(1)

    rereading = Rereading(reread, owe, (0.0, 0.0, 0.0))
    await rereading.want(Post("teams", "p", "m", "U1", datetime.now(UTC)), owe)
    for _ in range(100):
        await asyncio.sleep(0.01)
        if owed:
            break
    await rereading.stop()
    assert (len(tried), len(owed)) == (3, 1)


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(patience, "HEADERS_S", 0.2)

    async def endpoint(request: Request) -> Response:
        body = await read_body(request, 1_000)
        return body if isinstance(body, Response) else PlainTextResponse("ok")

    app = Starlette(routes=[Route("/", endpoint, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_config=None, http=PatientProtocol))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


async def test_who_never_says_what_is_wanted_is_let_go(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST / HTTP/1.1\r\nhost: x\r\n")
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()


async def test_a_request_that_comes_in_time_is_answered(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nhi")
    assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 200")
    writer.close()


async def test_after_a_body_without_end_the_connection_is_closed(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
    writer.write(b"800\r\n" + b"x" * 0x800 + b"\r\n")
    answer = await asyncio.wait_for(reader.read(), 5)
    assert answer.startswith(b"HTTP/1.1 413")
    writer.close()
