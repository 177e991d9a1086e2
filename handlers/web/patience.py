"""How long a caller may take to say what it wants: uvicorn waits for headers without end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEADERS_S = 10.0
"""Seconds until the headers of a request must be there. Platforms send them with the first packet."""

if TYPE_CHECKING:

    class _Protocol(asyncio.Protocol):
        cycle: Any
        transport: Any

        def __init__(self, *arguments: Any, **named: Any) -> None: ...
else:
    _Protocol = cast("type", AutoHTTPProtocol)


class PatientProtocol(_Protocol):
    """The protocol that uvicorn would take, which closes connections on which no request comes about in time."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """From now on the time runs."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Until there is a request to answer."""
        super().data_received(data)
        if not self._is_answering():
            self._wait()
        elif self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more is waited for."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(HEADERS_S, self._give_up)

    def _give_up(self) -> None:
        self._timer = None
        if not self._is_answering() and not self.transport.is_closing():
            self.transport.close()
