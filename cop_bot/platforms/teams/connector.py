"""The Teams service, through which the bot speaks: the SDK's conversations, each call made once."""

from __future__ import annotations

import contextlib
from typing import Any

from microsoft_teams.api.activities.message.message import MessageActivityInput
from microsoft_teams.api.clients.conversation import ConversationClient, CreateConversationParams
from microsoft_teams.api.models.account import Account
from microsoft_teams.api.models.attachment import Attachment
from microsoft_teams.common import Client, ClientOptions

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.message import Message
from cop_bot.platforms.teams.fallback import summary
from cop_bot.platforms.teams.identity import BOT_SCOPE, TeamsIdentity
from cop_bot.platforms.teams.outcomes import FAILURES, status_of
from cop_bot.platforms.teams.render import CONTENT_TYPE, card

WORLDWIDE = "https://smba.trafficmanager.net/teams"
"""The service's address outside of the national clouds."""

MARK = "1f331_seedling"
"""The quiet reaction on what was kept: a sign's code point and its name in Teams' own list."""

_PLACEHOLDER = "DO_NOT_USE_PLACEHOLDER_ID"  # the SDK's, where the answer names no message


class Connector:
    """`timeout` is in seconds, for each call. Writing raises FAILURES."""

    def __init__(self, identity: TeamsIdentity, service_url: str | None, timeout: float) -> None:
        async def token() -> str:
            return await identity.token(BOT_SCOPE)

        self._tenant = identity.tenant_id
        self._client = Client(ClientOptions(token=token, timeout=timeout))
        self._conversations = ConversationClient(service_url or WORLDWIDE, self._client)
        self._direct: dict[str, str] = {}

    async def close(self) -> None:
        """Close the connections."""
        await self._client.http.aclose()

    async def say(self, conversation: str, message: Message, key: str, *, is_alone: bool = False) -> str:
        """Returns the id of the new message. `is_alone`: the conversation is one person's with the bot."""
        sent = await self._conversations.create_activity(conversation, _activity(message, key, is_alone))
        if not sent.id or sent.id == _PLACEHOLDER:
            raise KeyError("the answer names no message")
        return sent.id

    async def say_instead(
        self, conversation: str, number: str, message: Message, key: str, *, is_alone: bool = False
    ) -> None:
        """Replace what the message says."""
        with contextlib.suppress(KeyError):  # it was taken; only the answer does not repeat the id
            await self._conversations.update_activity(conversation, number, _activity(message, key, is_alone))

    async def react(self, conversation: str, number: str, marked: bool) -> None:
        """Put the mark on a message, or take it away; Teams takes both again and again."""
        call = self._conversations.add_reaction if marked else self._conversations.delete_reaction
        await call(conversation, number, MARK)

    async def direct(self, person: str) -> str:
        """The conversation with this person alone, which is the same each time. 403 and 404: they don't have the
        app.
        """
        if person not in self._direct:
            wanted = CreateConversationParams(members=[Account(id=person)], tenant_id=self._tenant)
            self._direct[person] = (await self._conversations.create(wanted)).id
        return self._direct[person]

    def forget_direct(self, person: str) -> None:
        """They took the app away: the conversation is opened anew when they have it again."""
        self._direct.pop(person, None)

    async def member(self, conversation: str, person: str) -> dict[str, Any] | None:
        """Somebody in a conversation, by Entra id or by Teams' own, or None. Raises ChatUnavailable."""
        try:
            found = await self._conversations.get_member_by_id(conversation, person)
        except FAILURES as failure:
            if status_of(failure) in (400, 403, 404):
                return None
            raise ChatUnavailable(f"Teams could not be asked: {type(failure).__name__}") from failure
        said: dict[str, Any] = found.model_dump(by_alias=True)
        return said


def _activity(message: Message, key: str, is_alone: bool) -> MessageActivityInput:
    # No text beside the card: Teams would show both.
    attachment = Attachment(content_type=CONTENT_TYPE, content=card(message, key, is_alone=is_alone))
    activity = MessageActivityInput(attachments=[attachment], summary=summary(message, is_alone=is_alone))
    return activity.add_ai_generated() if message.by_ai else activity
