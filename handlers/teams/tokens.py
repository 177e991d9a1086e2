"""The tokens with which the Bot Framework proves that a request is Teams', and ours as the SDK wants them.

The SDK's own check is used, but not where the SDK makes it: there it fetches Microsoft's keys in the middle of the
event loop, for up to half a minute, lets a token without an end pass, and compares no address when the activity names
none.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.platforms.teams.sdk import undisturbed

if TYPE_CHECKING:
    from microsoft_teams.api.auth.cloud_environment import CloudEnvironment

_LOG = logging.getLogger(__name__)
_AT_ONCE = 2
"""Checks that may wait for Microsoft's keys at the same time: an unknown key is asked for anew each time."""


class IncomingTokens:
    """Knows a genuine token for this bot; `cloud` says who issues them and where the keys are."""

    def __init__(self, client_id: str, cloud: CloudEnvironment) -> None:
        with undisturbed():
            from microsoft_teams.apps.auth import TokenValidator
        self._sdk = TokenValidator.for_service(client_id, cloud=cloud)
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._others_were_told_of = False

    async def is_genuine(self, token: str, service_url: str) -> bool:
        """Whether it is signed by the issuer, meant for us, in its time, and for an activity with this address.

        Raises ChatUnavailable when Microsoft's keys can't be had.
        """
        if not self._is_worth_asking(token):
            return False
        async with self._turn:
            return await asyncio.to_thread(self._check, token, service_url)

    def _is_worth_asking(self, token: str) -> bool:
        """Nobody's key is fetched for a token that claims nothing of what it would have to."""
        import jwt

        try:
            header = jwt.get_unverified_header(token)
            claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        except (jwt.InvalidTokenError, ValueError):
            return False
        options = self._sdk.options
        if claims.get("aud") not in options.valid_audiences:
            self._tell_of_others()
            return False
        return (
            header.get("alg") == "RS256"
            and isinstance(header.get("kid"), str)
            and claims.get("iss") in options.valid_issuers
            and isinstance(claims.get("exp"), int)
            and isinstance(claims.get("serviceurl"), str)
        )

    def _tell_of_others(self) -> None:
        """Most likely the settings are wrong; but anybody may send such a token, as often as they like."""
        if not self._others_were_told_of:
            self._others_were_told_of = True
            _LOG.warning("A token for another bot was refused, and this is said once: is TEAMS_CLIENT_ID right?")

    def _check(self, token: str, service_url: str) -> bool:
        import jwt

        try:
            asyncio.run(self._sdk.validate_token(token, service_url))
        except jwt.PyJWKClientConnectionError as failure:
            raise ChatUnavailable("Microsoft's keys can't be had just now.") from failure
        except Exception as error:  # noqa: BLE001 - whatever keeps a token from being checked, it is not genuine
            _LOG.warning("A token for the bot in Teams was refused: %s", type(error).__name__)
            return False
        return True


@dataclass(frozen=True, slots=True)
class OwnToken:
    """One of our tokens in the SDK's shape. The SDK would look inside of a mere text, and not every token opens."""

    value: str
    app_id: str
    tenant_id: str
    app_display_name: None = None
    service_url: str = ""
    from_: Literal["bot"] = "bot"
    from_id: str = ""
    expiration: None = None

    def is_expired(self, buffer_ms: int = 0) -> bool:
        """Whoever keeps our tokens knows when they end."""
        del buffer_ms
        return False

    def __str__(self) -> str:
        return self.value
