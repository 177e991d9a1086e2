"""How an answer reaches the person who asked, and nobody else.

What was asked has been done by then: an answer that gets lost is logged and nothing is done again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cop_bot.domain.message import Message
from cop_bot.platforms.registry import split_for
from cop_bot.platforms.teams.fallback import summary
from cop_bot.platforms.teams.render import CONTENT_TYPE, card
from cop_bot.texts import answers as voice
from handlers.failures import log
from handlers.teams.activity import Heard

if TYPE_CHECKING:
    from microsoft_teams.api.activities.message.message import MessageActivityInput
    from microsoft_teams.api.models.account import Account
    from microsoft_teams.apps import ActivityContext


def parts_of(message: Message) -> list[Message]:
    """The message in as many parts as Teams takes at once; none for a message that says nothing."""
    return [part for part in split_for("teams", message) if part.blocks]


async def alone(ctx: ActivityContext[Any], message: Message) -> None:
    """In the direct conversation; or to a private message, which the SDK answers as privately."""
    is_alone = ctx.activity.conversation.conversation_type == "personal"
    try:
        for part in parts_of(message):
            await ctx.send(_activity(part, is_alone=is_alone))
    except Exception as error:  # noqa: BLE001 - whatever it was, the command has been obeyed
        log("An answer in Teams", error)


async def for_their_eyes_only(ctx: ActivityContext[Any], heard: Heard, message: Message) -> None:
    """To what others can read too: privately in its thread; where Teams does not take that, in the direct conversation;
    and where that is closed to us, there is one sentence for all to read, which says so and nothing else.
    """
    parts = parts_of(message)
    for way in (_privately_there, _in_direct_conversation):
        try:
            await way(ctx, heard, parts)
        except Exception as error:  # noqa: BLE001 - the next way may be open
            log("A private answer in Teams", error)
        else:
            return
    await alone(ctx, voice.personal.not_private(language=message.language))


async def _privately_there(ctx: ActivityContext[Any], heard: Heard, parts: list[Message]) -> None:
    for part in parts:
        await ctx.send(_activity(part).with_recipient(_account(ctx.activity.from_.id), is_targeted=True))


async def _in_direct_conversation(ctx: ActivityContext[Any], heard: Heard, parts: list[Message]) -> None:
    from microsoft_teams.api.clients.conversation import CreateConversationParams

    tenant = ctx.activity.conversation.tenant_id
    wanted = CreateConversationParams(members=[_account(heard.person)], tenant_id=tenant)
    conversation = await heard.api.conversations.create(wanted)
    for part in parts:
        await heard.api.conversations.create_activity(conversation.id, _activity(part))


def _activity(part: Message, *, is_alone: bool = False) -> MessageActivityInput:
    from microsoft_teams.api.activities.message.message import MessageActivityInput
    from microsoft_teams.api.models.attachment import Attachment

    attachment = Attachment(content_type=CONTENT_TYPE, content=card(part, is_alone=is_alone))
    return MessageActivityInput(attachments=[attachment], summary=summary(part, is_alone=is_alone))


def _account(account_id: str) -> Account:
    from microsoft_teams.api.models.account import Account

    return Account(id=account_id)
