"""The Bolt app: all listeners of ours, for HTTP and for Socket Mode."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.platforms.slack.programs import Programs
from handlers.inbound import Calls
from handlers.slack import buttons, commands, failures, forms, home, places, posts

_TIMEOUT = 2
"""Seconds for each call to Slack while Slack waits for ours, which it does for three."""


def build_app(
    calls: Calls, *, token: str, signing_secret: str = "", api_url: str = AsyncWebClient.BASE_URL
) -> AsyncApp:
    """The app of one workspace, which acknowledges an event when it has been dealt with, and not before.

    `signing_secret` is needed for HTTP alone. `api_url` is the address of the Web API, ending in `/api/`.
    """
    # SLACK_BOT_TOKEN in the environment, which is where it belongs, makes Bolt warn of a token that it will not use.
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_worth_logging)
    app = AsyncApp(
        name="cop_bot",
        # The token comes from authorize: given here too, it would be ignored with a warning.
        client=AsyncWebClient(base_url=api_url, timeout=_TIMEOUT, retry_handlers=[]),
        signing_secret=signing_secret,
        # One of ours, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET in the environment would turn Bolt to OAuth.
        authorize=_OneWorkspace(token, api_url),
        process_before_response=True,
        # What Bolt would prepare for every event and no listener of ours asks for.
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    # Bolt asks its listeners in this order: the one for posts comes first, being asked most.
    programs = Programs()
    posts.register(app, calls, programs)
    commands.register(app, calls, programs)
    buttons.register(app, calls)
    forms.register(app, calls)
    home.register(app, calls)
    places.register(app, calls)
    failures.register(app)
    return app


def _worth_logging(record: logging.LogRecord) -> bool:
    return "`token` will be unused" not in record.getMessage()


def http_handler(app: AsyncApp, calls: Calls) -> Callable[[Request], Awaitable[Response]]:
    """The app as an endpoint; it reads bodies of any size, so a guard belongs before it."""
    from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler

    bolt = AsyncSlackRequestHandler(app)

    async def handle(request: Request) -> Response:
        if await _left_events_out(request):
            await calls.catch_up()
            return Response()
        return await bolt.handle(request)

    return handle


async def _left_events_out(request: Request) -> bool:
    """Slack sends 30,000 events an hour at most and then says so; that is no event, and Bolt has no listener for it."""
    body = await request.body()
    if b"app_rate_limited" not in body or not body.startswith(b"{"):
        return False
    return bool((await request.json()).get("type") == "app_rate_limited")


class _OneWorkspace(AsyncAuthorize):
    """Who we are, asked of Slack once and then remembered."""

    def __init__(self, token: str, api_url: str) -> None:
        self._token = token
        self._client = AsyncWebClient(token, base_url=api_url, timeout=_TIMEOUT, retry_handlers=[])
        self._known: AuthorizeResult | None = None

    async def __call__(self, **_: object) -> AuthorizeResult:
        if self._known is None:
            try:
                answer = await self._client.auth_test()
            except SlackApiError as failure:
                # Bolt would answer 200 to a SlackApiError, and the event would be lost.
                raise ChatUnavailable("Slack does not say who we are.") from failure
            self._known = AuthorizeResult.from_auth_test_response(auth_test_response=answer, bot_token=self._token)
        return self._known
