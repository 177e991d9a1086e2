"""The app of the Teams SDK: all gestures of ours, behind an endpoint of our own web server."""

from __future__ import annotations

import logging
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from cop_bot.platforms.teams.identity import TeamsIdentity
from cop_bot.platforms.teams.sdk import undisturbed
from handlers.inbound import Calls
from handlers.platform import Endpoint
from handlers.teams import cards, dialogs, places, posts
from handlers.teams.activity import Hearing
from handlers.teams.authentication import Door
from handlers.teams.failures import be_discreet
from handlers.teams.tokens import IncomingTokens, OwnToken

if TYPE_CHECKING:
    from microsoft_teams.api.auth.cloud_environment import CloudEnvironment
    from microsoft_teams.apps import App
    from microsoft_teams.apps.http import HttpRequest, HttpResponse
    from microsoft_teams.apps.http.adapter import HttpMethod, HttpRouteHandler

PATH = "/api/messages"

_TIMEOUT = 4
"""Seconds for each call to Teams while Teams waits for ours: it delivers again after fifteen."""

_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def open_endpoint(
    calls: Calls,
    identity: TeamsIdentity,
    *,
    service_url: str | None = None,
    trust_loopback: bool = False,
    cloud: CloudEnvironment | None = None,
) -> AsyncIterator[Endpoint]:
    """The endpoint for the activities of one tenant, which answers when they have been dealt with, and not before.

    `service_url` and `cloud` are other servers than Microsoft's, for tests. With `trust_loopback` what comes from this
    machine, through no proxy, needs no token.
    """
    with undisturbed():
        from microsoft_teams.api.auth.cloud_environment import PUBLIC

    cloud = cloud or PUBLIC
    door = Door(IncomingTokens(identity.client_id, cloud), identity.tenant_id, trust_loopback)
    inside = _Inside()
    app = _build_app(identity, inside, service_url, cloud)
    hearing = Hearing(identity.teams)
    posts.register(app, calls, hearing)
    cards.register(app, calls, hearing)
    dialogs.register(app, calls, hearing)
    places.register(app, calls, hearing)
    _hush()
    be_discreet()

    async def endpoint(request: Request) -> Response:
        activity = await door.admit(request)
        if isinstance(activity, Response):
            return activity
        if not _is_readable(activity):
            await calls.catch_up()
            return PlainTextResponse("Nobody here reads such an activity.", 400)
        return await inside.answer(activity)

    await app.initialize()
    try:
        yield endpoint
    finally:
        for client in (app.http_client, app.api.http):
            await client.http.aclose()


def _build_app(identity: TeamsIdentity, inside: _Inside, service_url: str | None, cloud: CloudEnvironment) -> App:
    with undisturbed():
        from microsoft_teams.apps import App
        from microsoft_teams.common import ClientOptions

        return App(
            client_id=identity.client_id,
            tenant_id=identity.tenant_id,
            token=_token(identity),
            service_url=service_url,
            cloud=cloud,
            client=ClientOptions(timeout=_TIMEOUT),
            http_server_adapter=inside,
            messaging_endpoint=PATH,
            # The door has checked the token, and nobody comes in by another way: no route is served but ours.
            dangerously_allow_unauthenticated_requests=True,
            telemetry={"agent365": False},
        )


def _token(identity: TeamsIdentity) -> Callable[[str | list[str], str | None], Awaitable[OwnToken]]:
    async def token(scope: str | list[str], tenant: str | None) -> OwnToken:
        value = await identity.token(scope if isinstance(scope, str) else scope[0], tenant)
        return OwnToken(value, identity.client_id, identity.tenant_id)

    return token


class _Inside:
    """What the SDK takes for its web server: it holds the SDK's handler, for our endpoint alone to call."""

    def __init__(self) -> None:
        self.handle: HttpRouteHandler | None = None

    def register_route(self, method: HttpMethod, path: str, handler: HttpRouteHandler) -> None:
        """The SDK names the one address that it listens at."""
        del method
        if path == PATH:
            self.handle = handler

    def serve_static(self, path: str, directory: str) -> None:
        """Nothing is served but the one address."""

    async def start(self, port: int) -> None:
        """The web server is ours, and runs already."""

    async def stop(self) -> None:
        """The web server is ours."""

    async def answer(self, activity: dict[str, Any]) -> Response:
        """What the app answers to an activity that was admitted."""
        if self.handle is None:
            return PlainTextResponse("The app has not started.", 500)
        request: HttpRequest = {"body": cast("dict[str, object]", activity), "headers": {}}
        answered: HttpResponse = await self.handle(request)
        body, status = answered.get("body"), answered["status"]
        return Response(status_code=status) if body is None else JSONResponse(body, status)


def _is_readable(activity: dict[str, Any]) -> bool:
    """Whether the SDK knows such an activity. It would answer 500 to any other, and quote it in the log."""
    from microsoft_teams.api import ActivityTypeAdapter
    from pydantic import ValidationError

    try:
        ActivityTypeAdapter.validate_python(activity)
    except ValidationError as error:
        where = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors(include_input=False)})
        _LOG.warning("An activity of Teams can't be read: %s", "; ".join(where)[:300])
        return False
    return True


def _hush() -> None:
    """The SDK would warn at each activity of its own old parts, and at each private message that they are a preview."""
    with undisturbed():
        from microsoft_teams.common.experimental import ExperimentalWarning
    warnings.filterwarnings("ignore", category=ExperimentalWarning)
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"microsoft_teams\.")
