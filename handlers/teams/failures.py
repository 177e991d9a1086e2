"""When a gesture raises: it is logged without anybody's words, and Teams delivers the activity again."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from handlers.failures import log

if TYPE_CHECKING:
    from microsoft_teams.apps import ActivityContext

Handler = Callable[["ActivityContext[Any]"], Awaitable[Any]]


class _Discreet(logging.Handler):
    """Logs an error of the SDK without its words: it quotes activities, and what members wrote with them."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write down what went wrong and where, as for our own errors; without an error there is nothing to tell."""
        if record.exc_info and record.exc_info[1] is not None:
            log("The Teams SDK", record.exc_info[1])


def be_discreet() -> None:
    """From now on nothing that the SDK logs is written as it stands."""
    sdk = logging.getLogger("microsoft_teams")
    sdk.handlers, sdk.propagate = [_Discreet(logging.ERROR)], False


def logged(handle: Handler) -> Handler:
    """The handler, answering 500 where it would raise: the SDK would answer so too, but quote the error in its log."""

    async def safely(ctx: ActivityContext[Any]) -> Any:
        try:
            return await handle(ctx)
        except Exception as error:  # noqa: BLE001 - whatever it was, Teams is told by the status
            log("An activity of Teams", error)
            return {"status": 500}

    return safely
