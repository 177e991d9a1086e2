"""The activity feed: how a member hears from the bot who has not installed its app for themselves."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from urllib.parse import quote, unquote

from cop_bot.domain.message import Buttons, Link, Message, Paragraph
from cop_bot.platforms.teams.fallback import summary
from cop_bot.platforms.teams.graph import Graph, GraphError
from cop_bot.ports import Later, Outcome, Posted, Ref, Refused

PLACE = "feed:"
"""How the places of such notices begin; then come the team and the person."""

_PREVIEW = 150
"""Graph's limit for the text (documentation of team: sendActivityNotification)."""
_STOP = "settings off"
_POST = re.compile(r"/l/message/([^/?#]+)/(\d+)")
_SOON = timedelta(seconds=30)


def feed_of(group: str, person: str) -> str:
    """The place of a member's feed."""
    return f"{PLACE}{group}:{person}"


async def notify(graph: Graph, feed: str, message: Message, key: str) -> Outcome:
    """Put the message's beginning into a feed; said again with the same key it replaces itself, so nothing is ever in
    doubt.
    """
    group, _, person = feed.removeprefix(PLACE).partition(":")
    chain = _chain(key)
    try:
        await graph.notify(group, _body(group, person, message, chain))
    except GraphError as refused:
        if refused.status == 429:
            return Later(refused.wait, str(refused))
        is_definite = 400 <= refused.status < 500 and refused.status not in (401, 408)
        return Refused(str(refused)) if is_definite else Later(_SOON, str(refused))
    return Posted(Ref(feed, str(chain)))


def _preview(message: Message) -> str:
    """The beginning of the message, and always how to stop hearing from the bot."""
    buttons = [button for block in message.blocks if isinstance(block, Buttons) for button in block.buttons]
    stop = next((f" · {one.label}: {one.command}" for one in buttons if one.command == _STOP), "")
    text, room = summary(message), _PREVIEW - len(stop)
    return (text if len(text) <= room else text[: room - 1].rstrip() + "…") + stop


def _topic(group: str, message: Message) -> str:
    """What a click leads to: the post that the message links to, where it is one of the team's, else the team."""
    team = f"https://graph.microsoft.com/v1.0/teams/{group}"
    spans = (span for block in message.blocks if isinstance(block, Paragraph) for span in block.spans)
    for span in spans:
        found = _POST.search(span.url) if isinstance(span, Link) else None
        if found:
            return f"{team}/channels/{quote(unquote(found[1]), safe='')}/messages/{found[2]}"
    return team


def _chain(key: str) -> int:
    """Graph wants a number of 64 bits with a sign for what replaces what."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) >> 1


def _body(group: str, person: str, message: Message, chain: int) -> object:
    from msgraph.generated.models.aad_user_notification_recipient import AadUserNotificationRecipient
    from msgraph.generated.models.item_body import ItemBody
    from msgraph.generated.models.key_value_pair import KeyValuePair
    from msgraph.generated.models.teamwork_activity_topic import TeamworkActivityTopic
    from msgraph.generated.models.teamwork_activity_topic_source import TeamworkActivityTopicSource
    from msgraph.generated.teams.item.send_activity_notification import (
        send_activity_notification_post_request_body as post,
    )

    text = _preview(message)
    about = _topic(group, message)
    return post.SendActivityNotificationPostRequestBody(
        topic=TeamworkActivityTopic(source=TeamworkActivityTopicSource.EntityUrl, value=about),
        # Graph's own type, which no manifest has to declare: its text is ours.
        activity_type="systemDefault",
        template_parameters=[KeyValuePair(name="systemDefaultText", value=text)],
        preview_text=ItemBody(content=text),
        recipient=AadUserNotificationRecipient(user_id=person),
        chain_id=chain,
    )
