"""Socket Mode: the same app, over a connection that we open."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.failures import log


class BackOff:
    """Waits before the next connection: not at all after `peace_s` seconds of peace, else twice the time before.

    The longest wait is half of `peace_s`: a connection that never came must not look like peace.
    """

    def __init__(self, peace_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._peace_s = peace_s
        self._clock = clock
        self._last: float | None = None
        self._wait_s = 0.0

    def next_s(self) -> float:
        """How many seconds to wait now."""
        now = self._clock()
        if self._last is None or now - self._last - self._wait_s > self._peace_s:
            self._wait_s = 0.0
        else:
            self._wait_s = min(max(self._peace_s / 120, 2 * self._wait_s), self._peace_s / 2)
        self._last = now
        return self._wait_s

    async def wait(self) -> None:
        """Returns when it is time."""
        await asyncio.sleep(self.next_s())


class SocketMode:
    """The connection of one app, kept up until it is closed.

    Slack says hello on every new connection; `on_connected` is called then, because posts may have been missed before.
    An event that could not be dealt with is not acknowledged, and Slack sends it again.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        on_connected: Callable[[], Awaitable[None]],
        *,
        api_url: str = AsyncWebClient.BASE_URL,
        patience: float = 60,
        look_every: float = 5,
        ping_every: float = 10,
    ) -> None:
        """`patience`: seconds without a connection until it is begun anew, looked at `look_every` seconds."""
        self._app = app
        self._app_token = app_token
        self._on_connected = on_connected
        self._web = AsyncWebClient(app_token, base_url=api_url, retry_handlers=[])
        self._patience = patience
        self._look_every = look_every
        self._ping_every = ping_every
        self._back_off = BackOff(patience)
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Connect and stay connected until cancelled."""
        try:
            while True:
                await self._connect()
                await self._until_lost()
                await self._close()
        finally:
            await self._close()

    async def is_connected(self) -> bool:
        """Whether Slack can reach us now."""
        return self._handler is not None and bool(await self._handler.client.is_connected())

    async def _connect(self) -> None:
        handler = AsyncSocketModeHandler(
            self._app, self._app_token, web_client=self._web, ping_interval=self._ping_every
        )
        handler.client.on_message_listeners.append(self._heard)
        open_address = handler.client.issue_new_wss_url

        async def open_in_peace() -> str:
            await self._back_off.wait()
            return await open_address()

        # The SDK asks for another address as soon as a connection has ended, however short it was.
        handler.client.issue_new_wss_url = open_in_peace  # type: ignore[method-assign]  # there is no other place to wait
        self._handler = handler
        # connect() tries until it succeeds, with the same address, which Slack soon forgets: so it isn't waited for.
        self._connecting = asyncio.create_task(self._attempt(handler))

    async def _attempt(self, handler: AsyncSocketModeHandler) -> None:
        try:
            await handler.client.connect()  # type: ignore[no-untyped-call]
        except Exception as error:  # noqa: BLE001 - the next attempt comes when our patience ends
            log("Connecting to Slack", error)

    async def _until_lost(self) -> None:
        """Returns when there has been no connection for as long as our patience lasts."""
        without = 0.0
        while without < self._patience:
            await asyncio.sleep(self._look_every)
            without = 0.0 if await self.is_connected() else without + self._look_every

    async def _heard(self, message: WSMessage) -> None:
        if '"hello"' in str(message.data)[:500] and json.loads(message.data).get("type") == "hello":
            try:
                await self._on_connected()
            except Exception as error:  # noqa: BLE001 - the connection stands all the same
                log("Catching up after connecting to Slack", error)

    async def _close(self) -> None:
        handler, self._handler = self._handler, None
        if handler is not None:
            await handler.client.close()  # type: ignore[no-untyped-call]
        connecting, self._connecting = self._connecting, None
        if connecting is not None:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)
