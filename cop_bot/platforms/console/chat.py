"""Port `Chat` without a platform: places, threads and direct conversations in memory.

The demo plays on it and tests use it. It never fails; faults belong to the tests that want them. Besides the port it
has what a platform offers to its members: they `join`, `say`, `edit` and `delete`, and what they write is returned as
the post that a platform would hand to the bot.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from cop_bot.domain.member import Profile
from cop_bot.domain.message import Message
from cop_bot.domain.post import Change, Post
from cop_bot.platforms.console.parse import links, mentions_first
from cop_bot.ports import Clock, Outcome, PlaceFound, Posted, Ref, Refused, Reread, To

BOT_ID = "bot"

Happening = Literal["posted", "updated", "deleted", "marked", "unmarked"]


@dataclass(slots=True)
class Said:
    """One message as it stands on the console. Of the bot's own there is `message` and `key`, of a member's `text`."""

    ref: Ref
    author: str
    at: datetime
    thread: str | None = None
    text: str = ""
    files: tuple[str, ...] = ()
    message: Message | None = None
    key: str = ""
    edited: str = ""
    marked: bool = False


Listener = Callable[[Happening, Said], None]


@dataclass(slots=True)
class ConsoleChat:
    """One community on the console.

    Ids: of a place its name without `#`, of a direct conversation `dm-` and the person's id, of a message its number
    in the order of arrival.
    """

    clock: Clock
    listener: Listener | None = None
    """Hears of everything that happens to messages."""
    name: str = "console"
    said: dict[Ref, Said] = field(default_factory=dict)
    _people: dict[str, Profile] = field(default_factory=lambda: {BOT_ID: Profile(BOT_ID, "CoP Bot", is_person=False)})
    _emails: dict[str, str] = field(default_factory=dict)
    _places: dict[str, list[str]] = field(default_factory=dict)
    _last: int = 0

    # --- what members do ---------------------------------------------------------------------------------------------

    def open_place(self, name: str) -> str:
        """A new place with the bot in it; returns its id."""
        place = name.removeprefix("#")
        self._places.setdefault(place, [BOT_ID])
        return place

    def join(self, place: str, profile: Profile, email: str = "") -> None:
        """A person comes into a place."""
        self._people[profile.platform_id] = profile
        if email:
            self._emails[email.casefold()] = profile.platform_id
        if profile.platform_id not in self._places[place]:
            self._places[place].append(profile.platform_id)

    def say(
        self, place: str, person: str, text: str, *, thread: str | None = None, files: tuple[str, ...] = ()
    ) -> Post:
        """A member writes in a place, or in the thread under a message there."""
        said = Said(self._new_ref(place), person, self.clock.wall(), thread=thread, text=text, files=files)
        self._put(said)
        return _post(said, Change.NEW)

    def edit(self, ref: Ref, text: str) -> Post:
        """A member changes what they wrote."""
        said = self.said[ref]
        # Two edits within one tick of a clock that stands still are told apart by their order.
        said.text, said.edited = text, f"{self.clock.wall().isoformat()}/{self._next():09d}"
        self._tell("updated", said)
        return _post(said, Change.EDITED)

    def delete(self, ref: Ref) -> Post:
        """A member deletes what they wrote."""
        said = self.said.pop(ref)
        self._tell("deleted", said)
        said.text, said.files, said.edited = "", (), "~"  # sorts after every time
        return _post(said, Change.DELETED)

    # --- the port ----------------------------------------------------------------------------------------------------

    async def post(self, to: To, message: Message, key: str) -> Outcome:
        if to.person is not None and (to.person not in self._people or to.person == BOT_ID):
            return Refused("person_not_found")
        if to.person is None and to.place not in self._places:
            return Refused("place_not_found")
        if to.thread is not None and Ref(_conversation(to), to.thread) not in self.said:
            return Refused("thread_not_found")
        ref = self._new_ref(_conversation(to))
        self._put(Said(ref, BOT_ID, self.clock.wall(), thread=to.thread, message=message, key=key))
        return Posted(ref)

    async def find(self, to: To, key: str, since: datetime) -> Ref | None:
        there = (said for ref, said in self.said.items() if ref.place == _conversation(to) and said.thread == to.thread)
        return next((said.ref for said in there if said.key == key and said.at >= since), None)

    async def update(self, ref: Ref, message: Message, key: str) -> Outcome:
        said = self.said.get(ref)
        if said is None or said.author != BOT_ID:
            return Refused("message_not_found")
        if (said.message, said.key) != (message, key):
            said.message, said.key = message, key
            self._tell("updated", said)
        return Posted(ref)

    async def react(self, ref: Ref, marked: bool) -> Outcome:
        said = self.said.get(ref)
        if said is None:
            return Refused("message_not_found")
        if said.marked is not marked:
            said.marked = marked
            self._tell("marked" if marked else "unmarked", said)
        return Posted(ref)

    async def person(self, platform_id: str) -> Profile | None:
        return self._people.get(platform_id)

    async def person_by_email(self, email: str) -> Profile | None:
        return self._people.get(self._emails.get(email.casefold(), ""))

    async def members(self, place: str) -> list[str]:
        return list(self._places.get(place, []))

    async def workspace(self) -> str | None:
        return None

    async def permalink(self, ref: Ref) -> str | None:
        return f"console://{ref.place}/{ref.message}" if ref in self.said else None

    async def place(self, name: str) -> PlaceFound | None:
        place = name.removeprefix("#")
        return PlaceFound(place, f"#{place}", bot_is_in=True) if place in self._places else None

    async def history(self, place: str, after: datetime) -> AsyncIterator[Post]:
        for ref, said in list(self.said.items()):
            is_command = mentions_first(said.text)
            if ref.place == place and said.at >= after and said.author != BOT_ID and not is_command:
                yield _post(said, Change.EDITED if said.edited else Change.NEW)

    async def missing_rights(self) -> tuple[str, ...]:
        return ()

    async def reread(self, ref: Ref, thread: str | None) -> Reread:
        del thread
        said = self.said.get(ref)
        if said is None:
            return Reread(is_there=False)
        wanted = said.author != BOT_ID and not mentions_first(said.text)
        return Reread(is_there=True, post=_post(said, Change.EDITED if said.edited else Change.NEW) if wanted else None)

    def _put(self, said: Said) -> None:
        self.said[said.ref] = said
        self._tell("posted", said)

    def _new_ref(self, place: str) -> Ref:
        return Ref(place, str(self._next()))

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _tell(self, happening: Happening, said: Said) -> None:
        if self.listener is not None:
            self.listener(happening, said)


def _conversation(to: To) -> str:
    return f"dm-{to.person}" if to.person is not None else to.place or ""


def _post(said: Said, change: Change) -> Post:
    return Post(
        platform="console",
        place=said.ref.place,
        message=said.ref.message,
        author=said.author,
        at=said.at,
        text=said.text,
        links=links(said.text),
        files=said.files,
        thread=said.thread,
        edited=said.edited,
        change=change,
    )
