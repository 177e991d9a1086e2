"""Port `Chat` over Microsoft Teams: the bot speaks through the Teams service and reads through Graph."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.member import Profile
from cop_bot.domain.message import Message
from cop_bot.domain.post import Post
from cop_bot.platforms.teams.connector import Connector
from cop_bot.platforms.teams.feed import PLACE, feed_of, notify
from cop_bot.platforms.teams.fields import text_in
from cop_bot.platforms.teams.graph import Graph, GraphError
from cop_bot.platforms.teams.identity import TeamsIdentity
from cop_bot.platforms.teams.outcomes import FAILURES, outcome_of, status_of
from cop_bot.platforms.teams.parse import split_place
from cop_bot.platforms.teams.places import find_place
from cop_bot.platforms.teams.reading import Reading
from cop_bot.platforms.teams.rights import RIGHTS
from cop_bot.platforms.teams.rosters import Rosters
from cop_bot.ports import Later, Outcome, PlaceFound, Posted, Ref, Refused, Reread, Shut, To, Unknown

_NOT_OPENED = timedelta(seconds=5)
_MOST_TOLD = 5_000
_NO_APP = (403, 404)


class TeamsChat:
    """One tenant; open it with `async with`. A place is `<Entra group of the team>/<channel id>`.

    `service_url` and `graph_url` are the addresses of other servers (None: Microsoft's). `timeout` is in seconds, for
    each call. Writes are never repeated from here: whether they may be is for the delivery to decide.
    """

    name = "teams"

    def __init__(
        self, identity: TeamsIdentity, *, service_url: str | None, graph_url: str | None, timeout: float = 10
    ) -> None:
        self._tenant, self._client_id = identity.tenant_id, identity.client_id
        self._teams = identity.teams
        self._connector = Connector(identity, service_url, timeout)
        self._graph = Graph(identity, graph_url, timeout)
        self._rosters = Rosters(self._graph, self._teams)
        self._reading = Reading(self._graph, identity.client_id)
        self._channels: dict[str, str] = {}  # one of each team that we have met
        self._told: dict[str, Ref] = {}
        self._doubtful: set[str] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._connector.close()
        await self._graph.close()

    async def post(self, to: To, message: Message, key: str) -> Outcome:
        if to.person is not None:
            return await self._tell(to.person, message, key)
        channel = self._channel(to.place or "")
        conversation = f"{channel};messageid={to.thread}" if to.thread else channel
        try:
            return Posted(Ref(to.place or "", await self._connector.say(conversation, message, key)))
        except FAILURES as failure:
            return outcome_of(failure)

    async def find(self, to: To, key: str, since: datetime) -> Ref | None:
        if to.person is not None:
            # No app may read a direct conversation without reading everybody's: what this process said is all we know.
            told = self._told.get(f"{to.person} {key}")
            if told is None:
                self._doubtful.add(key)  # who asks has reason to think that it stands there: another process said it
            return told
        self._channel(to.place or "")
        return await self._reading.ours(to.place or "", to.thread, key, since)

    async def update(self, ref: Ref, message: Message, key: str) -> Outcome:
        if ref.place.startswith(PLACE):
            return await notify(self._graph, ref.place, message, key)
        conversation, is_alone = self._channel(ref.place), not split_place(ref.place)[1]
        try:
            await self._connector.say_instead(conversation, ref.message, message, key, is_alone=is_alone)
        except FAILURES as failure:
            outcome = outcome_of(failure)
            return Refused(outcome.why) if status_of(failure) == 404 else outcome
        return Posted(ref)

    async def react(self, ref: Ref, marked: bool) -> Outcome:
        try:
            await self._connector.react(self._channel(ref.place), ref.message, marked)
        except FAILURES as failure:
            outcome = outcome_of(failure)
            return Refused(outcome.why) if isinstance(outcome, Shut) else outcome
        return Posted(ref)

    async def person(self, platform_id: str) -> Profile | None:
        found = await self._rosters.profile(platform_id)
        if found is not None:
            return found
        for channel in self._channels.values():
            member = await self._connector.member(channel, platform_id)
            if member is not None:
                known = text_in(member, "aadObjectId") or platform_id
                return await self._rosters.profile(known) or Profile(known, text_in(member, "name"))
        return None

    async def person_by_email(self, email: str) -> Profile | None:
        return await self._rosters.by_email(email)

    async def members(self, place: str) -> list[str]:
        self._channel(place)
        return await self._rosters.read(split_place(place)[0])

    async def workspace(self) -> str | None:
        return self._tenant or None

    async def permalink(self, ref: Ref) -> str | None:
        return await self._reading.link(ref)

    async def place(self, name: str) -> PlaceFound | None:
        found = await find_place(self._graph, self._teams, name)
        if found is not None and found.bot_is_in:
            self._channel(found.platform_id)
        return found

    async def history(self, place: str, after: datetime) -> AsyncIterator[Post]:
        self._channel(place)
        for post in await self._reading.posts_since(place, after):
            yield post

    async def missing_rights(self) -> tuple[str, ...]:
        missing: dict[str, None] = {}
        for group in self._channels:
            try:
                grants = await self._graph.grants(group)
            except GraphError as refused:
                if refused.status in (400, 403, 404, 501):  # not told to everybody: what is refused shows elsewhere
                    continue
                raise
            mine = [one for one in grants if text_in(one, "clientAppId") in ("", self._client_id)]
            ours = [text_in(one, "permission") for one in mine]
            missing |= dict.fromkeys(right for right in RIGHTS if ours and right not in ours)
        return tuple(missing)

    async def reread(self, ref: Ref, thread: str | None) -> Reread:
        self._channel(ref.place)
        return await self._reading.reread(ref, thread)

    def _channel(self, place: str) -> str:
        """The conversation of a place (a direct one is its own); its team is known from now on."""
        group, channel = split_place(place)
        if not channel:
            return place
        self._teams.add(group)
        self._channels.setdefault(group, channel)
        return channel

    async def _tell(self, person: str, message: Message, key: str) -> Outcome:
        """To one person alone: in the direct conversation if they have the app, else in their activity feed.

        What may stand in the conversation already is not said there again; the feed can be told twice.
        """
        if key in self._doubtful:
            return await self._to_feed(person, message, key, "nobody knows whether it was taken")
        try:
            conversation = await self._connector.direct(person)
        except FAILURES as failure:
            outcome = outcome_of(failure)
            if status_of(failure) in _NO_APP:
                return await self._to_feed(person, message, key, outcome.why)
            # Only the conversation may have been opened; nothing was said in it.
            return Later(_NOT_OPENED, outcome.why) if isinstance(outcome, Unknown) else outcome
        try:
            number = await self._connector.say(conversation, message, key, is_alone=True)
        except FAILURES as failure:
            outcome = outcome_of(failure)
            if status_of(failure) in _NO_APP:
                self._connector.forget_direct(person)
                return await self._to_feed(person, message, key, outcome.why)
            if isinstance(outcome, Unknown):
                self._doubtful.add(key)
            return outcome
        return Posted(self._remember(person, key, Ref(conversation, number)))

    async def _to_feed(self, person: str, message: Message, key: str, why: str) -> Outcome:
        try:
            group = await self._rosters.team_of(person)
        except ChatUnavailable as unavailable:
            return Later(_NOT_OPENED, str(unavailable))
        if group is None:
            return Unknown(why) if key in self._doubtful else Refused(why)
        outcome = await notify(self._graph, feed_of(group, person), message, key)
        if isinstance(outcome, Posted):
            self._remember(person, key, outcome.ref)
        if isinstance(outcome, Refused) and key in self._doubtful:
            return Unknown(outcome.why)  # the member may have it, and can be reached
        return outcome

    def _remember(self, person: str, key: str, ref: Ref) -> Ref:
        self._doubtful.discard(key)
        self._told[f"{person} {key}"] = ref
        if len(self._told) > _MOST_TOLD:
            del self._told[next(iter(self._told))]
        return ref
