"""Who the bot is in Microsoft Teams, and the tokens that prove it to Microsoft's services."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.platforms.teams.platform import TeamsSettings

BOT_SCOPE = "https://api.botframework.com/.default"
"""For the Teams service, through which the bot speaks."""

GRAPH_SCOPE = "https://graph.microsoft.com/.default"
"""For Graph, through which it reads."""

_LOGIN = "https://login.microsoftonline.com"


class NoTokenError(ChatUnavailable):
    """Microsoft's identity platform gave no token just now."""


@dataclass(frozen=True, slots=True)
class TeamsIdentity:
    """The bot's registration in one tenant. `access_token` stands for every token where there is no identity platform:
    on loopback only.
    """

    client_id: str
    client_secret: str | None = field(repr=False)
    tenant_id: str
    access_token: str | None = field(default=None, repr=False)
    teams: set[str] = field(default_factory=set, repr=False, compare=False)
    """The Entra groups of the teams that we have met since the start: where somebody spoke to us, or we spoke. Graph
    tells no app in which teams it is installed without a right over the whole tenant.
    """

    async def token(self, scope: str, tenant: str | None = None) -> str:
        """A bearer token for this scope, from memory while it is valid; of our own tenant unless one is named.

        Raises NoTokenError.
        """
        if self.access_token is not None:
            return self.access_token
        if self.client_secret is None:
            raise NoTokenError("there is no client secret")
        try:
            application = await asyncio.to_thread(
                _application, self.client_id, self.client_secret, tenant or self.tenant_id
            )
            answer = await asyncio.to_thread(application.acquire_token_for_client, [scope])
        except (OSError, ValueError) as failure:
            raise NoTokenError(f"no token: {type(failure).__name__}") from failure
        token = answer.get("access_token")
        if not isinstance(token, str):
            # Its description would name the tenant and the application; its error is one word.
            raise NoTokenError(f"no token: {answer.get('error')}")
        return token


def identity_of(settings: TeamsSettings) -> TeamsIdentity:
    """The bot's identity by the settings: one for the way in and the way out, which learn of teams from each other."""
    secret, token = settings.client_secret, settings.access_token
    return _identity(
        settings.client_id or "",
        secret.get_secret_value() if secret else None,
        settings.tenant_id or "",
        token.get_secret_value() if token else None,
    )


@cache
def _identity(client_id: str, client_secret: str | None, tenant_id: str, access_token: str | None) -> TeamsIdentity:
    return TeamsIdentity(client_id, client_secret, tenant_id, access_token)


@cache
def _application(client_id: str, client_secret: str, tenant: str) -> Any:
    """One for the whole process: it keeps the tokens. Its making asks the identity platform."""
    from msal import ConfidentialClientApplication  # type: ignore[import-untyped]

    return ConfidentialClientApplication(
        client_id, client_credential=client_secret, authority=f"{_LOGIN}/{tenant}", timeout=10
    )
