"""Microsoft Graph, through which the bot reads a team: its channels, its members, its messages.

msgraph builds and sends the requests; answers are taken as JSON, as the bot's activities come as JSON too and both
become posts in one place. Reading is repeated by msgraph when Graph asks to wait; writing is not.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from kiota_http.middleware.options import RetryHandlerOption
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.platforms.teams.fields import Said, listed
from cop_bot.platforms.teams.identity import GRAPH_SCOPE, NoTokenError, TeamsIdentity
from cop_bot.platforms.teams.outcomes import FAILURES
from cop_bot.platforms.waiting import retry_after

WORLDWIDE = "https://graph.microsoft.com/v1.0"

PAGE = 50
"""The most that Graph gives of messages at once."""
_MOST_MEMBERS = 999

_PATIENT = RetryHandlerOption(delay=0, max_retries=3)
"""For reading: after 429, 503 and 504 again when Graph says, or after about a second."""

ONCE: RequestConfiguration[Any] = RequestConfiguration(options=[RetryHandlerOption(max_retries=0, should_retry=False)])
"""For writes: sent again, they would be said again (kiota repeats a POST after 503 and 504 otherwise)."""


class GraphError(ChatUnavailable):
    """Graph refused, or could not be asked (`status` 0). `wait`: how long it asks to be left alone."""

    def __init__(self, status: int, why: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"Graph could not be asked: {why}")
        self.status = status
        self.wait = retry_after(headers or {})


class Graph:
    """One tenant's Graph. `timeout` is in seconds, for each call. All calls raise GraphError."""

    def __init__(self, identity: TeamsIdentity, base_url: str | None, timeout: float) -> None:
        address = base_url or WORLDWIDE
        tokens = BaseBearerTokenAuthenticationProvider(_Tokens(identity, urlsplit(address).hostname or ""))
        self._http = GraphClientFactory.create_with_default_middleware(
            client=httpx.AsyncClient(timeout=timeout), options={**options, RetryHandlerOption.get_key(): _PATIENT}
        )
        self._adapter = GraphRequestAdapter(tokens, self._http)
        self._adapter.base_url = address.rstrip("/")
        self.client = GraphServiceClient(request_adapter=self._adapter)

    async def close(self) -> None:
        """Close the connections."""
        # msgraph puts transports of its own around httpx's, and closing those closes nothing.
        for outer in (self._http._transport, *self._http._mounts.values()):
            inner = getattr(outer, "transport", None)
            if isinstance(inner, httpx.AsyncBaseTransport):
                await inner.aclose()
        await self._http.aclose()

    async def team(self, group: str) -> Said:
        """The team itself."""
        return await self._ask(self._team(group).to_get_request_information())

    async def channels(self, group: str) -> list[Said]:
        """All channels of a team."""
        return [one async for one in self._pages(self._team(group).channels.to_get_request_information())]

    async def channel(self, group: str, channel: str) -> Said:
        """One channel."""
        return await self._ask(self._channel(group, channel).to_get_request_information())

    async def members(self, group: str) -> list[Said]:
        """The members of a team with their roles; bots are not among them."""
        wanted = self._team(group).members.to_get_request_information(_configured(_Query(top=_MOST_MEMBERS)))
        return [one async for one in self._pages(wanted)]

    async def grants(self, group: str) -> list[Said]:
        """The rights that hold in a team."""
        return [one async for one in self._pages(self._team(group).permission_grants.to_get_request_information())]

    async def message(self, group: str, channel: str, number: str) -> Said:
        """A message that begins a thread; of a reply nothing is known by its own id alone."""
        messages = self._channel(group, channel).messages
        return await self._ask(messages.by_chat_message_id(number).to_get_request_information())

    async def reply(self, group: str, channel: str, root: str, number: str) -> Said:
        """A message in a thread."""
        replies = self._channel(group, channel).messages.by_chat_message_id(root).replies
        return await self._ask(replies.by_chat_message_id1(number).to_get_request_information())

    def replies(self, group: str, channel: str, root: str) -> AsyncIterator[Said]:
        """The thread of a message, without itself."""
        replies = self._channel(group, channel).messages.by_chat_message_id(root).replies
        return self._pages(replies.to_get_request_information(_configured(_Query(top=PAGE))))

    async def changed(
        self, group: str, channel: str, since: datetime, *, with_replies: bool = True
    ) -> AsyncIterator[Said]:
        """The messages that begin threads in which something was said, edited or deleted since then; each followed by
        its replies.
        """
        when = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        query = _Query(PAGE, f"lastModifiedDateTime gt {when}", ["replies"] if with_replies else None)
        delta = self._channel(group, channel).messages.delta
        async for root in self._pages(delta.to_get_request_information(_configured(query))):
            yield root
            for reply in listed(root, "replies"):
                yield reply
            if more := root.get("replies@odata.nextLink"):
                async for reply in self._pages(_request(more)):
                    yield reply

    async def notify(self, group: str, body: Any) -> None:
        """Put something into a member's activity feed (the body is msgraph's)."""
        await _judged(self._team(group).send_activity_notification.post(body, ONCE))

    def _team(self, group: str) -> Any:
        return self.client.teams.by_team_id(group)

    def _channel(self, group: str, channel: str) -> Any:
        return self._team(group).channels.by_channel_id(channel)

    async def _pages(self, wanted: RequestInformation) -> AsyncIterator[Said]:
        """Everything of all pages; a page that comes twice ends it."""
        seen: set[str] = set()
        while True:
            page = await self._ask(wanted)
            for one in listed(page, "value"):
                yield one
            following = page.get("@odata.nextLink")
            if not isinstance(following, str) or following in seen:
                return
            seen.add(following)
            wanted = _request(following)

    async def _ask(self, wanted: RequestInformation) -> Said:
        answer = await _judged(self._adapter.send_primitive_async(wanted, "bytes", {"XXX": ODataError}))
        try:
            said = json.loads(answer or b"{}")
        except ValueError as failure:
            raise GraphError(0, "an answer that is no JSON") from failure
        return said if isinstance(said, dict) else {}


async def _judged(call: Any) -> Any:
    try:
        return await call
    except ODataError as failure:
        code = failure.error.code if failure.error else None
        status = failure.response_status_code or 0
        raise GraphError(status, str(code or status), failure.response_headers) from failure
    except NoTokenError as failure:
        raise GraphError(0, str(failure)) from failure
    except FAILURES as failure:
        raise GraphError(0, type(failure).__name__) from failure


@dataclass(frozen=True, slots=True)
class _Query:
    """OData's parameters; msgraph reads any dataclass of this shape."""

    top: int | None = None
    filter: str | None = None
    expand: list[str] | None = None

    def get_query_parameter(self, name: str) -> str:
        """The name in msgraph's templates of addresses."""
        return f"%24{name}"


def _configured(query: _Query) -> RequestConfiguration[Any]:
    return RequestConfiguration(query_parameters=query)


def _request(address: str) -> RequestInformation:
    wanted = RequestInformation(Method.GET)
    wanted.url = address
    wanted.headers.try_add("Accept", "application/json")
    return wanted


class _Tokens(AccessTokenProvider):
    """Our token for Graph, and for no other host that a page might point to."""

    def __init__(self, identity: TeamsIdentity, host: str) -> None:
        self._identity = identity
        self._hosts = AllowedHostsValidator([host])

    async def get_authorization_token(
        self, uri: str, additional_authentication_context: dict[str, Any] | None = None
    ) -> str:
        """Nothing for foreign hosts."""
        return await self._identity.token(GRAPH_SCOPE) if self._hosts.is_url_host_valid(uri) else ""

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        """The one host."""
        return self._hosts
