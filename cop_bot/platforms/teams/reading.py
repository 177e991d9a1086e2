"""A channel's messages, read back: what was missed, what was ours, and where each can be seen."""

from __future__ import annotations

from datetime import datetime, timedelta

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.post import Post
from cop_bot.platforms.teams.fields import Said, inner, listed, moment, text_in
from cop_bot.platforms.teams.graph import Graph, GraphError
from cop_bot.platforms.teams.parse import moment_of, post_from_chat_message, split_place
from cop_bot.platforms.teams.render import CONTENT_TYPE, carries
from cop_bot.ports import Ref, Reread

_NOT_FOUND, _GONE = 404, 410
_MARGIN = timedelta(seconds=1)
_MOST_LINKS = 5_000


class Reading:
    """Reads channels through Graph, and keeps the links that it sees on the way. All of it raises ChatUnavailable."""

    def __init__(self, graph: Graph, bot: str) -> None:
        self._graph = graph
        self._bot = bot
        self._links: dict[Ref, str] = {}

    async def posts_since(self, place: str, after: datetime) -> list[Post]:
        """The posts that were made, edited or deleted since then, replies too, oldest first."""
        posts = [
            post
            for message in await self._since(place, after)
            if _is_since(message, after) and (post := post_from_chat_message(message, place, self._bot)) is not None
        ]
        return sorted({post.message: post for post in posts}.values(), key=lambda post: post.at)

    async def ours(self, place: str, thread: str | None, key: str, since: datetime) -> Ref | None:
        """Our message with this key."""
        group, channel = split_place(place)
        messages = (
            self._graph.replies(group, channel, thread)
            if thread
            else self._graph.changed(group, channel, since - _MARGIN, with_replies=False)
        )
        async for message in messages:
            if self._is_ours(message, key):
                return Ref(place, text_in(message, "id"))
        return None

    async def link(self, ref: Ref) -> str | None:
        """Where the message can be seen; a reply is found in its thread."""
        group, channel = split_place(ref.place)
        if ref in self._links or not channel:
            return self._links.get(ref)
        try:
            self._learn(ref.place, await self._graph.message(group, channel, ref.message))
        except GraphError as refused:
            if refused.status not in (400, 403, 404):
                raise
            at = moment_of(ref.message)
            if at is not None:
                await self._since(ref.place, at - _MARGIN)
        return self._links.get(ref)

    async def reread(self, ref: Ref, thread: str | None) -> Reread:
        """The message as Graph has it now: in its thread, or at the top, where we say what was given in a thread."""
        message = await self._found(ref, thread) or (await self._found(ref, None) if thread else None)
        if message is None:
            return Reread(is_there=False)
        self._learn(ref.place, message)
        return Reread(is_there=True, post=post_from_chat_message(message, ref.place, self._bot))

    async def _found(self, ref: Ref, thread: str | None) -> Said | None:
        group, channel = split_place(ref.place)
        try:
            if thread:
                return await self._graph.reply(group, channel, thread, ref.message)
            return await self._graph.message(group, channel, ref.message)
        except GraphError as refused:
            if refused.status != _NOT_FOUND:
                raise
            return None

    async def _since(self, place: str, after: datetime) -> list[Said]:
        """A reading that Graph breaks off because its state has gone begins again, once."""
        try:
            return await self._read(place, after)
        except GraphError as broken:
            if broken.status != _GONE:
                raise
        try:
            return await self._read(place, after)
        except GraphError as broken:
            raise ChatUnavailable("Graph lost its place twice") from broken

    async def _read(self, place: str, after: datetime) -> list[Said]:
        group, channel = split_place(place)
        messages = [message async for message in self._graph.changed(group, channel, after - _MARGIN)]
        for message in messages:
            self._learn(place, message)
        return messages

    def _learn(self, place: str, message: Said) -> None:
        address = text_in(message, "webUrl")
        if address:
            self._links[Ref(place, text_in(message, "id"))] = address
        if len(self._links) > _MOST_LINKS:
            del self._links[next(iter(self._links))]

    def _is_ours(self, message: Said, key: str) -> bool:
        # Nobody but an app can post as one, so nobody can plant our key.
        by = inner(inner(message, "from"), "application")
        cards = (one for one in listed(message, "attachments") if one.get("contentType") == CONTENT_TYPE)
        return bool(by) and any(carries(text_in(one, "content"), key) for one in cards)


def _is_since(message: Said, after: datetime) -> bool:
    times = (moment(message.get(name)) for name in ("createdDateTime", "lastEditedDateTime", "deletedDateTime"))
    return any(time >= after for time in times if time)
