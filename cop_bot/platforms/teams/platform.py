"""Microsoft Teams, as the rest of the bot sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import Field, SecretStr

from cop_bot.domain.errors import OperatorMistake
from cop_bot.platforms.declaration import Platform, PlatformSettings
from cop_bot.ports import Chat
from cop_bot.rendering.splitting import Limits

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_OF_TEAM = re.compile(r"[^\s/#:?@<>][^/#:?@<>]{0,90}/[^\s/#:?@<>][^/#:?@<>]{0,90}")
_ID = re.compile(r"[0-9]+:[A-Za-z0-9_.@-]{3,200}|[0-9a-fA-F-]{36}/[A-Za-z0-9:_.@-]{3,150}")


class TeamsSettings(PlatformSettings):
    """The bot's registration in one tenant."""

    headings: ClassVar[Mapping[str, str]] = {
        "TEAMS": "Microsoft Teams",
        "GRAPH": "Microsoft Graph, which reads for Teams",
    }

    client_id: str | None = Field(
        None,
        validation_alias="TEAMS_CLIENT_ID",
        description="The id of the bot's registration for Microsoft Teams (teams app create prints it).",
    )
    client_secret: SecretStr | None = Field(
        None, validation_alias="TEAMS_CLIENT_SECRET", description="The secret of that registration."
    )
    tenant_id: str | None = Field(
        None,
        validation_alias="TEAMS_TENANT_ID",
        description="The id of your organisation's tenant; messages of any other are refused.",
    )
    service_url: str | None = Field(
        None, validation_alias="TEAMS_SERVICE_URL", description="Another Teams service, for tests."
    )
    access_token: SecretStr | None = Field(
        None,
        validation_alias="TEAMS_ACCESS_TOKEN",
        description="A fixed token instead of the identity platform, for tests with servers on this machine.",
    )
    trust_loopback: bool = Field(
        False,
        validation_alias="TEAMS_TRUST_LOOPBACK",
        description="Take messages from this machine without their tokens, for a local simulator.",
    )
    graph_base_url: str | None = Field(
        None, validation_alias="GRAPH_BASE_URL", description="Another Microsoft Graph, for tests; ends in /v1.0."
    )

    @property
    def is_configured(self) -> bool:
        """Whether there is a client id."""
        return self.client_id is not None

    def must_be_enough(self, *, host: str, rehearsal: bool) -> None:
        """Raises OperatorMistake for what is missing, and for what is for tests and would be open to everybody."""
        if self.tenant_id is None:
            raise OperatorMistake("TEAMS_CLIENT_ID is set, but TEAMS_TENANT_ID is not: whose messages are to be taken?")
        if self.client_secret is None and self.access_token is None:
            raise OperatorMistake("TEAMS_CLIENT_ID is set, but TEAMS_CLIENT_SECRET is not.")
        servers_are_local = _is_loopback(self.service_url) and _is_loopback(self.graph_base_url)
        if self.access_token is not None and not servers_are_local:
            raise OperatorMistake(
                "TEAMS_ACCESS_TOKEN is for tests: it needs TEAMS_SERVICE_URL and GRAPH_BASE_URL on 127.0.0.1."
            )
        here = host in _LOOPBACK and _is_loopback(self.service_url)
        if self.trust_loopback and not (rehearsal or here):
            raise OperatorMistake(
                "TEAMS_TRUST_LOOPBACK is for a local simulator: it needs a rehearsal, or COP_HOST and "
                "TEAMS_SERVICE_URL on 127.0.0.1."
            )


def _is_loopback(url: str | None) -> bool:
    return url is not None and urlsplit(url).hostname in _LOOPBACK


def _open_chat(settings: TeamsSettings) -> AbstractAsyncContextManager[Chat]:
    try:
        from cop_bot.platforms.teams.chat import TeamsChat
    except ImportError:
        raise OperatorMistake(
            "Microsoft Teams is configured, but what it needs is not installed: install cop-bot[teams]."
        ) from None
    from cop_bot.platforms.teams.identity import identity_of

    return TeamsChat(identity_of(settings), service_url=settings.service_url, graph_url=settings.graph_base_url)


def _channel(text: str) -> str | None:
    """`Our team/Our channel`, an id, or the channel's link, of which the ids are kept."""
    if _OF_TEAM.fullmatch(text) or _ID.fullmatch(text):
        return text
    return _linked_channel(text)


def _linked_channel(text: str) -> str | None:
    """The team's group and the channel's id in a channel's link: `…/l/channel/19%3A…/Name?groupId=…`."""
    try:
        parts = urlsplit(text)
        found = re.fullmatch(r"/l/channel/([^/]+)(?:/[^/]*)?", parts.path)
        group = parse_qs(parts.query).get("groupId", [""])[0]
    except ValueError:
        return None
    linked = f"{group}/{unquote(found[1])}" if found else ""
    return linked if parts.scheme == "https" and _ID.fullmatch(linked) else None


PLATFORM = Platform(
    name="teams",
    title="Microsoft Teams",
    channel=_channel,
    # Teams takes 100 KB, and Microsoft says to stay far below. A card says everything twice, once as its fallback, and
    # wraps each span in JSON: this keeps one below 20 KB.
    limits=Limits(most_blocks=45, most_characters=7_000),
    settings=TeamsSettings,
    how_to_configure="set TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET and TEAMS_TENANT_ID",
    open_chat=_open_chat,
    way_in="handlers.teams.platform:teams_way_in",
)
