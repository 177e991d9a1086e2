"""Port `Chat` over Slack's Web API."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.message import Message
from cop_bot.domain.post import Post
from cop_bot.platforms.slack.outcomes import FAILURES, error_of, outcome_of
from cop_bot.platforms.slack.parse import post_from_message
from cop_bot.platforms.slack.programs import Programs
from cop_bot.platforms.slack.reading import Call, ask, listed, posts_since, stamp
from cop_bot.platforms.slack.render import blocks, plain
from cop_bot.platforms.slack.rights import SCOPES
from cop_bot.ports import Later, Outcome, PlaceFound, Posted, Profile, Ref, Refused, Reread, To, Unknown

MARK = "seedling"
"""The quiet reaction on what was kept."""

_METADATA = "cop_notice"
_UPDATE_TEXT = 4_000  # chat.update refuses longer texts (msg_too_long), where chat.postMessage takes 40,000
_NOT_KNOWN = ("invalid_blocks", "invalid_blocks_format", "unsupported_block_type")
_CLOCKS_APART = timedelta(minutes=2)
_TRIES = 3
_ID = re.compile(r"[CG][A-Z0-9]+")


class SlackChat:
    """One Slack workspace; open it with `async with`.

    `api_url` is the address of the Web API, ending in `/api/`. `timeout` is in seconds, for each call. Writes are
    never repeated from here: whether they may be is for the delivery to decide.
    """

    name = "slack"

    def __init__(self, token: str, *, api_url: str = AsyncWebClient.BASE_URL, timeout: float = 10) -> None:
        self._draws = True
        self._client = AsyncWebClient(token, base_url=api_url, retry_handlers=[])
        # Reading can be repeated: after a limit when Slack says, after a fault a little later.
        patient = [
            AsyncRateLimitErrorRetryHandler(max_retry_count=5),
            AsyncServerErrorRetryHandler(max_retry_count=_TRIES),
            AsyncConnectionErrorRetryHandler(max_retry_count=_TRIES),
        ]
        self._reader = AsyncWebClient(token, base_url=api_url, retry_handlers=[*patient])
        self._programs = Programs()
        self._timeout = timeout
        self._own_id = ""
        self._direct: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        limits = aiohttp.ClientTimeout(total=self._timeout, sock_connect=self._timeout / 2)
        self._client.session = self._reader.session = aiohttp.ClientSession(timeout=limits)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client.session:
            await self._client.session.close()

    async def post(self, to: To, message: Message, key: str) -> Outcome:
        try:
            channel = await self._channel(to)
        except FAILURES as failure:
            found = outcome_of(failure)
            # Only the conversation may have been opened; nothing was said in it.
            return Later(timedelta(seconds=5), found.why) if isinstance(found, Unknown) else found
        return await self._say(
            self._client.chat_postMessage,
            message,
            key,
            channel=channel,
            thread_ts=to.thread,
            text=plain(message),
            metadata=_metadata(key),
            unfurl_links=False,
            unfurl_media=False,
            link_names=False,
            parse="none",
        )

    async def find(self, to: To, key: str, since: datetime) -> Ref | None:
        opened = await ask(self._client.conversations_open, users=to.person) if to.person else None
        channel = opened["channel"]["id"] if opened else to.place
        where: dict[str, Any] = {"channel": channel, "oldest": stamp(since - _CLOCKS_APART)}
        call: Call = self._client.conversations_history
        if to.thread:
            call, where["ts"] = self._client.conversations_replies, to.thread
        async for message in listed(call, "messages", include_all_metadata=True, **where):
            if _carries(message, key):
                return Ref(str(channel), str(message["ts"]))
        return None

    async def update(self, ref: Ref, message: Message, key: str) -> Outcome:
        text = plain(message)
        return await self._say(
            self._client.chat_update,
            message,
            key,
            channel=ref.place,
            ts=ref.message,
            text=text if len(text) <= _UPDATE_TEXT else text[: _UPDATE_TEXT - 1] + "…",
            metadata=_metadata(key),
            link_names=False,
            parse="none",
        )

    async def react(self, ref: Ref, marked: bool) -> Outcome:
        call = self._client.reactions_add if marked else self._client.reactions_remove
        outcome = await self._write(call, channel=ref.place, timestamp=ref.message, name=MARK)
        done = isinstance(outcome, Refused) and outcome.why in ("already_reacted", "no_reaction")
        return Posted(ref) if done or isinstance(outcome, Posted) else outcome

    async def person(self, platform_id: str) -> Profile | None:
        absent = ("user_not_found", "user_not_visible", "users_not_found")
        answer = await ask(self._client.users_info, absent, user=platform_id, include_locale=True)
        return _profile(answer["user"]) if answer else None

    async def person_by_email(self, email: str) -> Profile | None:
        answer = await ask(self._client.users_lookupByEmail, ("users_not_found", "user_not_found"), email=email)
        if not answer:
            return None
        # Only users.info tells the language.
        return await self.person(str(answer["user"]["id"])) or _profile(answer["user"])

    async def workspace(self) -> str | None:
        own = await ask(self._client.auth_test)
        return str((own or {}).get("team_id") or "") or None

    async def members(self, place: str) -> list[str]:
        return [str(member) async for member in listed(self._reader.conversations_members, "members", channel=place)]

    async def permalink(self, ref: Ref) -> str | None:
        absent = ("message_not_found", "channel_not_found")
        answer = await ask(self._client.chat_getPermalink, absent, channel=ref.place, message_ts=ref.message)
        return str(answer["permalink"]) if answer else None

    async def place(self, name: str) -> PlaceFound | None:
        if _ID.fullmatch(name):
            answer = await ask(self._client.conversations_info, ("channel_not_found",), channel=name)
            return _place(answer["channel"]) if answer else None
        wanted = name.removeprefix("#").lower()
        kinds = "public_channel,private_channel"
        async for channel in listed(self._reader.conversations_list, "channels", types=kinds, exclude_archived=True):
            if channel.get("name") == wanted:
                return _place(channel)
        return None

    async def history(self, place: str, after: datetime) -> AsyncIterator[Post]:
        await self._know_ourselves()
        posts, broken = await posts_since(self._reader, place, after, self._own_id)
        for post in posts:
            if not (post.by_program and await self._programs.has(self._client, post.author)):
                yield post
        if broken is not None:
            raise broken

    async def missing_rights(self) -> tuple[str, ...]:
        try:
            answer = await self._reader.auth_test()
        except FAILURES as failure:
            raise ChatUnavailable(f"Slack could not be asked: {error_of(failure)}") from failure
        given = next((value for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), "")
        scopes = {scope.strip() for scope in str(given).split(",") if scope.strip()}
        return tuple(scope for scope in SCOPES if scope not in scopes) if scopes else ()

    async def reread(self, ref: Ref, thread: str | None) -> Reread:
        await self._know_ourselves()
        # At the top too, where we say what was given in a thread.
        found = await self._found(ref, thread) or (await self._found(ref, None) if thread else None)
        if found is None:
            return Reread(is_there=False)
        return Reread(is_there=True, post=post_from_message(found, ref.place, self._own_id))

    async def _found(self, ref: Ref, thread: str | None) -> dict[str, Any] | None:
        where: dict[str, Any] = {"channel": ref.place, "oldest": ref.message, "latest": ref.message, "inclusive": True}
        if thread:
            where |= {"ts": thread, "limit": 2}
            answer = await ask(self._reader.conversations_replies, ("thread_not_found",), **where)
        else:
            answer = await ask(self._reader.conversations_history, limit=1, **where)
        return next((one for one in (answer or {}).get("messages") or () if one.get("ts") == ref.message), None)

    async def _know_ourselves(self) -> None:
        if not self._own_id:
            own = await ask(self._client.auth_test)
            self._own_id = str((own or {}).get("user_id") or "")

    async def _channel(self, to: To) -> str | None:
        """Where to post: the place, or the direct conversation with the person."""
        if to.person is None:
            return to.place
        if to.person not in self._direct:
            opened = await self._client.conversations_open(users=to.person)
            channel = opened.get("channel")
            if not isinstance(channel, dict) or "id" not in channel:
                raise ValueError("conversations.open named no conversation")
            self._direct[to.person] = str(channel["id"])
        return self._direct[to.person]

    async def _say(self, call: Call, message: Message, key: str, **arguments: Any) -> Outcome:
        """Once more in words, where Slack refuses what we draw: a refusal is definite, so nothing was said."""
        dressed = blocks(message, key, drawn=self._draws)
        outcome = await self._write(call, blocks=dressed, **arguments)
        in_words = blocks(message, key, drawn=False)
        if isinstance(outcome, Refused) and outcome.why in _NOT_KNOWN and in_words != dressed:
            self._draws = False
            return await self._write(call, blocks=in_words, **arguments)
        return outcome

    async def _write(self, call: Call, **arguments: Any) -> Outcome:
        try:
            answer = await call(**arguments)
        except FAILURES as failure:
            return outcome_of(failure)
        message = answer.get("ts") or arguments.get("ts") or arguments.get("timestamp")
        if not message:
            return Unknown("no ts")
        return Posted(Ref(str(answer.get("channel") or arguments["channel"]), str(message)))


def _metadata(key: str) -> dict[str, Any]:
    # Any app in the workspace can read it: the key says nothing about people.
    return {"event_type": _METADATA, "event_payload": {"key": key}}


def _carries(message: dict[str, Any], key: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    first = (message.get("blocks") or [{}])[0]
    return key in (payload.get("key"), first.get("block_id"))


def _profile(user: dict[str, Any]) -> Profile:
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"), user["id"])
    is_bot = bool(user.get("is_bot") or user.get("deleted") or user.get("is_workflow_bot") or user["id"] == "USLACKBOT")
    return Profile(
        platform_id=user["id"],
        name=str(next(name for name in names if name)),
        # Not tz_offset: it forgets that the clocks change.
        zone=str(user.get("tz") or ""),
        language=str(user.get("locale") or ""),
        is_person=not is_bot,
        # Who administers another organisation's workspace and shares a channel with us administers nothing here.
        is_admin=bool(user.get("is_admin") or user.get("is_owner")) and not user.get("is_stranger"),
    )


def _place(channel: dict[str, Any]) -> PlaceFound:
    is_in = bool(channel.get("is_member", True)) and not channel.get("is_archived")
    return PlaceFound(str(channel["id"]), str(channel.get("name") or ""), is_in)
