"""When a gesture raises: it is logged without anybody's words, and Teams delivers the activity again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from handlers.failures import log

if TYPE_CHECKING:
    from microsoft_teams.apps import ActivityContext

Handler = Callable[["ActivityContext[Any]"], Awaitable[Any]]


def logged(handle: Handler) -> Handler:
    """The handler, answering 500 where it would raise: the SDK would answer so too, but quote the error in its log."""

    async def safely(ctx: ActivityContext[Any]) -> Any:
        try:
            return await handle(ctx)
        except Exception as error:  # noqa: BLE001 - whatever it was, Teams is told by the status
            log("An activity of Teams", error)
            return {"status": 500}

    return safely
