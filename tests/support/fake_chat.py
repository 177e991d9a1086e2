"""A chat platform that keeps the promise of the port Chat, and fails exactly as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Literal

from support.killing import KilledError

from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.message import Message
from cop_bot.domain.post import Post
from cop_bot.ports import Clock, Later, Outcome, PlaceFound, Posted, Profile, Ref, Refused, Reread, To, Unknown
from cop_bot.rendering.text import as_text

Fate = Outcome | Exception | Literal["lost answer", "lost post", "hang", "killed after", "killed before"]
"""What happens to a post: an outcome; an exception out of the platform's library; it stands there but the answer was
lost; it never arrived and nobody knows; it waits until `release` is set, and stands there then; our process is killed
just after it was taken, or just before."""


@dataclass(slots=True)
class Said:
    """One of the bot's messages, as it stands there now."""

    to: To
    key: str
    message: Message
    ref: Ref
    at: datetime
    edits: int = 0

    @property
    def text(self) -> str:
        return as_text(self.message)


@dataclass
class FakeChat:
    """`said` is what people can see, in the order in which it arrived."""

    clock: Clock
    name: str = "console"
    said: list[Said] = field(default_factory=list)
    fates: list[tuple[str, Fate]] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    """The keys for which `find` was asked."""
    tried: list[str] = field(default_factory=list)
    """The keys that `post` was asked to say, whatever became of it."""
    people: dict[str, Profile] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    places: dict[str, PlaceFound] = field(default_factory=dict)
    present: dict[str, list[str]] = field(default_factory=dict)
    team: str | None = None
    """What the platform calls the workspace."""
    posts: list[Post] = field(default_factory=list)
    """What `history` tells."""
    marks: set[str] = field(default_factory=set)
    reactions: list[tuple[str, bool]] = field(default_factory=list)
    react_fates: list[Outcome] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    """Rights that the platform has not given."""
    gone: set[str] = field(default_factory=set)
    """Messages of which the platform says that there are none."""
    rereading_fails: bool = False
    breaks_off: bool = False
    """The history can't be read to its end."""
    reread_refs: list[Ref] = field(default_factory=list)
    down: bool = False
    """Nothing can be read."""
    blind_for: timedelta = timedelta(0)
    """How long a message takes until `find` sees it."""
    release: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a post hangs."""
    _ids: count[int] = field(default_factory=lambda: count(1))

    def will(self, *fates: Fate, on: str = "") -> None:
        """The next posts whose key contains `on` end like this, one after the other."""
        self.fates += [(on, fate) for fate in fates]

    def texts(self, *, place: str | None = None, person: str | None = None) -> list[str]:
        """What was said there, or everywhere."""
        return [s.text for s in self.said if place in (None, s.to.place) and person in (None, s.to.person)]

    def keyed(self, part: str) -> list[Said]:
        """What was said under keys that contain this."""
        return [said for said in self.said if part in said.key]

    async def post(self, to: To, message: Message, key: str) -> Outcome:
        self.tried.append(key)
        fate = self._fate(key)
        if fate == "lost post":
            return Unknown("the line went dead before it arrived")
        if fate == "hang":
            self.reached.set()
            await self.release.wait()
            return self._say(to, message, key)
        if fate == "lost answer":
            self._say(to, message, key)
            return Unknown("the line went dead after it arrived")
        if fate == "killed before":
            raise KilledError
        if fate == "killed after":
            self._say(to, message, key)
            raise KilledError
        if isinstance(fate, Exception):
            raise fate
        if isinstance(fate, Refused | Later | Unknown):
            return fate
        return self._say(to, message, key)

    def _fate(self, key: str) -> Fate | None:
        for place, (on, fate) in enumerate(self.fates):
            if on in key:
                del self.fates[place]
                return fate
        return None

    def _say(self, to: To, message: Message, key: str) -> Posted:
        ref = Ref(to.place or f"dm-{to.person}", f"b{next(self._ids)}")
        self.said.append(Said(to, key, message, ref, self.clock.wall()))
        return Posted(ref)

    async def find(self, to: To, key: str, since: datetime) -> Ref | None:
        self._must_be_up()
        self.looked.append(key)
        seen = (s for s in self.said if s.key == key and s.to == to and s.at >= since)
        return next((s.ref for s in seen if self.clock.wall() - s.at >= self.blind_for), None)

    async def update(self, ref: Ref, message: Message, key: str) -> Outcome:
        fate = self._fate(key)
        if isinstance(fate, Exception):
            raise fate
        if isinstance(fate, Refused | Later | Unknown):
            return fate
        found = next((s for s in self.said if s.ref == ref), None)
        if found is None:
            return Refused("message_not_found")
        found.message, found.edits = message, found.edits + 1
        return Posted(ref)

    async def react(self, ref: Ref, marked: bool) -> Outcome:
        self.reactions.append((ref.message, marked))
        if self.react_fates and not isinstance(fate := self.react_fates.pop(0), Posted):
            return fate
        (self.marks.add if marked else self.marks.discard)(ref.message)
        return Posted(ref)

    async def person(self, platform_id: str) -> Profile | None:
        self._must_be_up()
        return self.people.get(platform_id)

    async def person_by_email(self, email: str) -> Profile | None:
        self._must_be_up()
        return self.people.get(self.emails.get(email, ""))

    async def members(self, place: str) -> list[str]:
        self._must_be_up()
        return list(self.present.get(place, ()))

    async def workspace(self) -> str | None:
        self._must_be_up()
        return self.team

    async def permalink(self, ref: Ref) -> str | None:
        return f"https://chat.example.org/{ref.place}/{ref.message}"

    async def place(self, name: str) -> PlaceFound | None:
        self._must_be_up()
        by_id = {found.platform_id: found for found in self.places.values()}
        return self.places.get(name) or by_id.get(name)

    async def history(self, place: str, after: datetime) -> AsyncIterator[Post]:
        self._must_be_up()
        for post in self.posts:
            if post.place == place and post.at >= after:
                yield post
        if self.breaks_off:
            raise ChatUnavailable("the line went dead")

    async def missing_rights(self) -> tuple[str, ...]:
        self._must_be_up()
        return self.missing

    async def reread(self, ref: Ref, thread: str | None) -> Reread:
        del thread
        self._must_be_up()
        if self.rereading_fails:
            raise ChatUnavailable("no answer")
        self.reread_refs.append(ref)
        post = next((post for post in self.posts if (post.place, post.message) == (ref.place, ref.message)), None)
        return Reread(ref.message not in self.gone, post)

    def _must_be_up(self) -> None:
        if self.down:
            raise ChatUnavailable("the platform is down")
