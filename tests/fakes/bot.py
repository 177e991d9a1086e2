"""Stands in for the rest of the bot behind a platform's way in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from cop_bot.domain.form import Form
from cop_bot.domain.member import Profile
from cop_bot.domain.message import Message, Paragraph, Words
from cop_bot.domain.post import Post
from cop_bot.texts.forms import COMMANDS, contributing
from handlers.gesture import Gesture
from handlers.inbound import Calls


def message(text: str) -> Message:
    """A message of one paragraph."""
    return Message((Paragraph((Words(text),)),))


@dataclass
class Bot:
    """Remembers what the handlers called, and fails or answers as it is told."""

    posts: list[Post] = field(default_factory=list)
    commands: list[tuple[Gesture, str]] = field(default_factory=list)
    reachable: list[str] = field(default_factory=list)
    kept: list[tuple[Gesture, Post]] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    places: list[str | None] = field(default_factory=list)
    reread_posts: list[Post] = field(default_factory=list)
    readable: bool = True
    met: list[Profile] = field(default_factory=list)
    invited: list[tuple[str, str]] = field(default_factory=list)
    asked: list[tuple[Gesture, str]] = field(default_factory=list)
    filled_in: list[tuple[Gesture, str, dict[str, str]]] = field(default_factory=list)
    closed: Message | None = None
    """Why nothing can be contributed."""
    caught_up: int = 0
    failure: Exception | None = None
    reply: Message = field(default_factory=lambda: message("Done."))

    def calls(self) -> Calls:
        return Calls(
            self.record,
            self.answer,
            self.apologise,
            self.look,
            self.move,
            self.invite,
            self.keep,
            self.open_form,
            self.submit_form,
            self.reach_again,
            self.reread,
            self.meet,
            self.catch_up,
        )

    async def reread(self, post: Post, unreadable: Callable[[], Awaitable[None]]) -> None:
        self.reread_posts.append(post)
        if not self.readable:
            await unreadable()

    async def meet(self, profile: Profile) -> None:
        self.met.append(profile)

    async def open_form(self, gesture: Gesture, command: str, locale: str) -> Form | Message | None:
        self.asked.append((gesture, command))
        if self.failure:
            raise self.failure
        return self.closed or contributing(locale or "en", command=command) if command in COMMANDS.values() else None

    async def submit_form(
        self, gesture: Gesture, command: str, values: Mapping[str, str], locale: str
    ) -> Form | Message:
        self.filled_in.append((gesture, command, dict(values)))
        if self.failure:
            raise self.failure
        return contributing(locale or "en").again(values, self.closed) if self.closed else self.reply

    def apologise(self, reference: str) -> Message:
        return message(f"Sorry, {reference}")

    async def record(self, post: Post) -> None:
        if self.failure:
            raise self.failure
        self.posts.append(post)

    async def answer(self, gesture: Gesture, text: str) -> Message:
        self.commands.append((gesture, text))
        if self.failure:
            raise self.failure
        return self.reply

    async def look(self, place: str | None) -> None:
        self.places.append(place)

    async def reach_again(self, person: str) -> None:
        self.reachable.append(person)

    async def move(self, old: str, new: str) -> None:
        self.moved.append((old, new))

    async def invite(self, place: str, person: str) -> None:
        self.invited.append((place, person))

    async def keep(self, gesture: Gesture, post: Post) -> Message:
        if self.failure:
            raise self.failure
        self.kept.append((gesture, post))
        return self.reply

    async def catch_up(self) -> None:
        self.caught_up += 1
