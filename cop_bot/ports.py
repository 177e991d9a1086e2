"""What the use cases need from the outside: the clock, the chat platforms, the summarisers and the database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from cop_bot.domain.assignment import Assignment
from cop_bot.domain.brief import Brief
from cop_bot.domain.findings import Findings, FindingsAssignment
from cop_bot.domain.member import Member, Profile
from cop_bot.domain.message import Message
from cop_bot.domain.place import Place
from cop_bot.domain.post import Post

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


__all__ = ["Profile"]  # a value of the domain that the port Chat speaks of


class Clock(Protocol):
    """Two times, both aware and in UTC.

    What the programme promises to people is measured by `now()`; what happens between machines (leases, time-outs,
    back-off) by `wall()`. In production both are the same; in a rehearsal the programme's time runs faster.
    """

    def now(self) -> datetime:
        """The programme's time."""

    def wall(self) -> datetime:
        """The wall's time."""

    def at(self, wall: datetime) -> datetime:
        """The programme's time at a moment of the wall clock (a platform's time stamp)."""

    def wall_at(self, now: datetime) -> datetime:
        """The wall's time at a moment of the programme."""


@dataclass(frozen=True, slots=True)
class To:
    """Whom a message is for: a place, a thread in a place, or one person (all platform ids)."""

    place: str | None = None
    thread: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A message on the platform: where it stands (for a person: the direct conversation) and its id there."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Posted:
    """It stands on the platform."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take it (an unknown person, a faulty message); `why` is the platform's own word."""

    why: str


@dataclass(frozen=True, slots=True)
class Shut:
    """Certainly not taken: the place is not open to us now (not invited yet, archived)."""

    why: str


@dataclass(frozen=True, slots=True)
class Later:
    """It was certainly not taken; try again after this much wall time."""

    wait: timedelta
    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it was taken (time-out, reset, 5xx): look before posting again."""

    why: str


Outcome = Posted | Refused | Shut | Later | Unknown


@dataclass(frozen=True, slots=True)
class Reread:
    """A message that was looked at again. `is_there` is false only where the platform says that there is none; `post`
    is None too for a message of nobody whom a session could want.
    """

    is_there: bool
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place as the platform knows it. `bot_is_in`: whether the bot may read and post there."""

    platform_id: str
    name: str
    bot_is_in: bool


class Chat(Protocol):
    """One chat platform. Nothing here raises for a refusal; reading raises `ChatUnavailable` when the platform can't be
    asked.
    """

    name: str
    """The platform's short name, as in the programme file: slack, teams, console."""

    async def workspace(self) -> str | None:
        """The platform's id of the workspace that we are signed in to, or None where it has none.

        Raises ChatUnavailable.
        """

    async def post(self, to: To, message: Message, key: str) -> Outcome:
        """Say it once; `key` (at most 200 characters) travels inside the message so that `find` can recognise it."""

    async def find(self, to: To, key: str, since: datetime) -> Ref | None:
        """Our message with this key, posted since then (wall time), or None if it is not there."""

    async def update(self, ref: Ref, message: Message, key: str) -> Outcome:
        """Replace what one of our messages says. Saying the same twice changes nothing."""

    async def react(self, ref: Ref, marked: bool) -> Outcome:
        """Put the quiet mark on a message, or take it away. Both can be repeated."""

    async def person(self, platform_id: str) -> Profile | None:
        """Who this is, or None if the platform doesn't know."""

    async def person_by_email(self, email: str) -> Profile | None:
        """Who has this e-mail address, or None."""

    async def members(self, place: str) -> list[str]:
        """The platform ids of all who are in the place, bots included."""

    async def permalink(self, ref: Ref) -> str | None:
        """The lasting address of a message, or None."""

    async def place(self, name: str) -> PlaceFound | None:
        """The place with this name (`#cop-power`) or id, or None if the bot can't see it."""

    def history(self, place: str, after: datetime) -> AsyncIterator[Post]:
        """All posts of a place since then (wall time), with their replies, as they stand now; bots and our own left
        out. What can be read comes; where something could not be, ChatUnavailable is raised at the end.
        """

    async def missing_rights(self) -> tuple[str, ...]:
        """What the bot needs and may not do, in the platform's own words; nothing where the platform doesn't tell.

        Raises ChatUnavailable.
        """

    async def reread(self, ref: Ref, thread: str | None) -> Reread:
        """One message as it stands now; `thread` is the message that it replies to."""


Progress = Callable[[int, int], None]
"""Called with how many steps are done, and how many there are as far as is known."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What writing a brief will ask of a model: requests, and tokens there and back at most."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


class Summariser(Protocol):
    """Writes a brief from the contributions of a session."""

    name: str
    """"offline", or the model's name."""

    async def estimate(self, assignment: Assignment) -> Estimate:
        """What `summarise` would cost if nothing of it was answered before; asks nobody."""

    async def summarise(self, assignment: Assignment, progress: Progress | None = None) -> Brief:
        """A brief whose points cite only contributions of the assignment and whose receipt accounts for each of them.

        Raises SummariserFailed when it can't now.
        """

    async def findings(self, assignment: FindingsAssignment) -> Findings:
        """What all sessions come to, from their stored briefs alone; cites only what those cite.

        Raises SummariserFailed when it can't now.
        """


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens that a model has cost, there and back: for one subject, and for everything since midnight UTC (wall)."""

    subject: int = 0
    today: int = 0


class AnswerCache(Protocol):
    """What a model has answered, so that nothing is paid for twice, and what it has cost.

    `subject` is what it was about (`Assignment.subject`). What is kept goes when a contribution it was made from goes.
    """

    async def recall(self, key: str) -> str | None:
        """The answer to the question with this key (a digest of all that was asked), or None."""

    async def keep(self, key: str, answer: str, *, subject: str, numbers: Collection[int]) -> None:
        """Keep an answer that was made from these contributions. Keeping it twice changes nothing."""

    async def spent(self, subject: str) -> Spent:
        """What has been spent so far."""

    async def spend(self, subject: str, tokens_in: int, tokens_out: int) -> None:
        """Tokens were used, whatever the answer was worth."""


class Unit(Protocol):
    """Opens one transaction: committed at the end of the block, rolled back by any error."""

    def __call__(self) -> AbstractAsyncContextManager[AsyncSession]: ...


@dataclass(slots=True)
class Wakeups:
    """Wakes the loops that wait: what was committed is looked at now and not at the next interval."""

    ring: dict[str, Callable[[], None]] = field(default_factory=dict)

    def __call__(self, name: str) -> None:
        """Wake the loop of this name; without such a loop nothing happens."""
        if name in self.ring:
            self.ring[name]()


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case may touch.

    `unit` writes, `reading` only reads (on SQLite both can be open at once). `chats` holds the configured platforms by
    name, `model` is None when no model is configured. `database_id` begins the key of every notice.
    """

    clock: Clock
    unit: Unit
    reading: Unit
    chats: Mapping[str, Chat]
    offline: Summariser
    model: Summariser | None
    database_id: str
    owner: str
    """This process, as it signs its leases."""
    schema: str = ""
    """The revision of the database's schema."""
    started: datetime | None = None
    """Wall time at which this process began, where that matters: what the record says of before may be a backup's."""
    wake: Wakeups = field(default_factory=Wakeups)
    workspaces: dict[str, int] = field(default_factory=dict)
    """Platform -> our id of the workspace that this process serves there."""

    def chat_for(self, whom: Place | Member) -> Chat | None:
        """The platform of a place or a member; None where it is not configured, or serves another workspace."""
        served = self.workspaces.setdefault(whom.platform, whom.workspace_id)
        return self.chats.get(whom.platform) if served == whom.workspace_id else None
