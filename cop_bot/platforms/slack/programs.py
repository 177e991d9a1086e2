"""Which users of a workspace are programs: what they post with a bot's token looks like what a program posts in the
name of a person, and only the profile tells them apart.
"""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from cop_bot.platforms.slack.reading import ask

_MOST_KNOWN = 1_000


class Programs:
    """Remembers what Slack said of each user."""

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}

    async def has(self, client: AsyncWebClient, user: str) -> bool:
        """Whether this user is a program. Raises ChatUnavailable."""
        if user not in self._known:
            answer = await ask(client.users_info, absent=("user_not_found", "users_not_found"), user=user)
            found = (answer or {}).get("user")
            if len(self._known) >= _MOST_KNOWN:
                del self._known[next(iter(self._known))]
            self._known[user] = not isinstance(found, dict) or found.get("is_bot") is True
        return self._known[user]
