"""The app of the Teams SDK: all gestures of ours, behind an endpoint of our own web server."""

from __future__ import annotations

import copy
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

_MOST_LEFT_OUT = 4
_NEEDED = ("type", "id", "from", "conversation", "recipient", "serviceUrl", "text")
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
        readable = _readable(activity)
        if readable is None:
            await calls.catch_up()
            return PlainTextResponse("Nobody here reads such an activity.", 400)
        return await inside.answer(readable)

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


def _readable(activity: dict[str, Any]) -> dict[str, Any] | None:
    """The activity as the SDK can read it, or None; it would answer 500 to any other, and quote it in the log.

    Microsoft adds new values to what it names (layouts, kinds of channels, events): of a message such a value is left
    out, for what is said in it doesn't depend on it.
    """
    from microsoft_teams.api import ActivityTypeAdapter
    from pydantic import ValidationError

    read = activity
    for _ in range(_MOST_LEFT_OUT):
        try:
            ActivityTypeAdapter.validate_python(read)
        except ValidationError as error:
            problems = error.errors(include_input=False)
            where = sorted({".".join(map(str, one["loc"])) for one in problems})
            _LOG.warning("An activity of Teams can't be read whole: %s", "; ".join(where)[:300])
            new_words = [one["loc"] for one in problems if one["type"] in ("literal_error", "enum")]
            lighter = _without(read, new_words)
            if not str(activity.get("type")).startswith("message") or lighter == read:
                return None
            read = lighter
        else:
            return read
    return None


def _without(activity: dict[str, Any], places: list[tuple[int | str, ...]]) -> dict[str, Any]:
    """The activity without what stands in these places; what it must have stays."""
    lighter: dict[str, Any] = copy.deepcopy(activity)
    for place in places:
        # The first names say which kind of activity was tried.
        steps = [step for step in place if not isinstance(step, str) or step in _names_in(activity)]
        inner: Any = lighter
        for step in steps[:-1]:
            inner = inner.get(step) if isinstance(inner, dict) else _at(inner, step)
        if steps and isinstance(inner, dict) and steps[-1] not in _NEEDED:
            inner.pop(str(steps[-1]), None)
    return lighter


def _at(several: Any, step: int | str) -> Any:
    inside = isinstance(several, list) and isinstance(step, int) and 0 <= step < len(several)
    return several[step] if inside and isinstance(step, int) else None


def _names_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {name for one in value.values() for name in _names_in(one)} | set(value)
    return {name for one in value for name in _names_in(one)} if isinstance(value, list) else set()


def _hush() -> None:
    """The SDK would warn at each activity of its own old parts, and at each private message that they are a preview."""
    with undisturbed():
        from microsoft_teams.common.experimental import ExperimentalWarning
    warnings.filterwarnings("ignore", category=ExperimentalWarning)
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"microsoft_teams\.")
