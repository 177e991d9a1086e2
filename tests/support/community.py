"""A Community of Practice to test with: invented people, one channel, small programmes, and verbs for what they do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import pytest
from sqlalchemy import inspect, select
from sqlmodel import SQLModel
from support.fake_chat import FakeChat
from support.hand_clock import HandClock

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Member
from cop_bot.domain.notice import Notice
from cop_bot.domain.plan import Plan
from cop_bot.domain.post import Change, Post
from cop_bot.domain.programme import Programme
from cop_bot.domain.session import Session
from cop_bot.ports import PlaceFound, Ports, Profile, Summariser
from cop_bot.programme_file.reading import read_programme
from cop_bot.rendering.text import as_text
from cop_bot.store import queries
from cop_bot.store.engine import Database
from cop_bot.summariser.offline import OfflineSummariser
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.publications.reconcile import reconcile_publications
from cop_bot.usecases.record.record_posts import record_posts
from cop_bot.usecases.summaries.write_summary import summarise_next
from handlers.commands.dispatch import answer
from handlers.gesture import Gesture

Row = TypeVar("Row", bound=SQLModel)

EMBEDDED = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests of rules that no database has a part in."""

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

AMINA = Profile("U1", "Amina", "Africa/Maputo", "pt")
BRAM = Profile("U2", "Bram", "Europe/Amsterdam", "nl")
CARLA = Profile("U3", "Carla", "America/Tegucigalpa", "es")
SELA = Profile("U4", "Sela", "Pacific/Fiji", "en")
ROBOT = Profile("B9", "Robot", "", "", is_person=False)

OPENS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""When the first session opens."""
CLOSES = datetime(2026, 3, 8, 23, 0, tzinfo=UTC)
"""When it closes."""

PLACE = "C1"
CHANNEL = "#cop-power"


def programme(
    sessions: int = 3,
    rest: str = "",
    *,
    slug: str = "power",
    channel: str = CHANNEL,
    rhythm: str = "",
    themes: str = "",
) -> str:
    """A programme file: sessions of a week, the first on Monday 2 March 2026 at nine in Amsterdam (08:00 UTC).

    They are called theme-1, theme-2 …; each closes on a Sunday at midnight (23:00 UTC). Bram facilitates.
    """
    lines = [
        f"cop: 1\nid: {slug}\ntitle: Shifting the power\nzone: Europe/Amsterdam\nplatform: {{channel: '{channel}'}}",
        "roles: {facilitators: [U2]}" if "roles:" not in rest else "",
        rest,
        f"sessions: {{first_opens: 2026-03-02T09:00, days: 7, every: P7D{rhythm}}}",
        "themes:",
        themes or "\n".join(f"  - {{id: theme-{n}, title: Theme {n}}}" for n in range(1, sessions + 1)),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def plan(sessions: int = 3, rest: str = "", **more: str) -> Plan:
    """What that file means."""
    return read_programme(programme(sessions, rest, **more), "power.yaml")


def ports_on(
    database: Database, clock: HandClock, chat: FakeChat, *, owner: str = "first", model: Summariser | None = None
) -> Ports:
    """One process of the bot on this database."""
    return Ports(
        clock=clock,
        unit=database.unit,
        reading=database.reading,
        chats={chat.name: chat},
        offline=OfflineSummariser(),
        model=model,
        database_id="d0",
        owner=owner,
    )


@dataclass
class Community:
    """`ports` is the bot, `clock` its time, `chat` what people see."""

    ports: Ports
    clock: HandClock
    chat: FakeChat
    _stamps: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        for person in (AMINA, BRAM, CARLA, SELA, ROBOT):
            self.chat.people.setdefault(person.platform_id, person)
        self.chat.places.setdefault(CHANNEL, PlaceFound(PLACE, "cop-power", bot_is_in=True))
        self.chat.present.setdefault(PLACE, ["U1", "U2", "U3", "U4", "B9"])

    def with_model(self, model: Summariser | None) -> None:
        """From now on the bot has this model."""
        self.ports = replace(self.ports, model=model)

    async def begin(self, sessions: int = 3, rest: str = "", **more: str) -> Plan:
        """Plan a programme, know its place and its members."""
        planned = plan(sessions, rest, **more)
        await plan_programme(self.ports, planned)
        await sync_places(self.ports)
        return planned

    async def open(self, sessions: int = 3, rest: str = "", **more: str) -> None:
        """Plan a programme and be there when its first session has just opened."""
        await self.begin(sessions, rest, **more)
        await self.until(OPENS)

    async def tick(self) -> None:
        """What the bot's loops do now, until there is nothing left to do at this moment."""
        while (
            await run_due(self.ports)
            or await summarise_next(self.ports)
            or await reconcile_publications(self.ports)
            or await deliver_notices(self.ports)
        ):
            pass

    async def settle(self) -> None:
        """Ticks, with as much wall time as the pace of the platform needs."""
        for _ in range(12):
            await self.tick()
            self.clock.move_wall(2 * SECOND)
            if not await self.pending():
                break
        await self.tick()

    async def pending(self) -> bool:
        """Whether something is still to be said."""
        async with self.ports.reading() as unit:
            return await queries.notices.oldest_pending(unit) is not None

    async def until(self, moment: datetime) -> None:
        """Go on to this moment in one step, as after a down-time, and settle."""
        self.clock.move_to(moment)
        await self.settle()

    async def go(self, by: timedelta) -> None:
        """Go on by so much in one step, and settle."""
        await self.until(self.clock.now() + by)

    def post(self, who: str, text: str, **more: Any) -> Post:
        """A message that somebody writes now in the place."""
        values: dict[str, Any] = {
            "platform": self.chat.name,
            "place": PLACE,
            "message": f"m{next(self._stamps)}",
            "author": who,
            "at": self.clock.now(),
            "text": text,
        }
        return Post(**values | more)

    async def says(self, who: str, text: str, **more: Any) -> Contribution | None:
        """Somebody writes; what the record keeps of it, or None."""
        return next(iter(await record_posts(self.ports, [self.post(who, text, **more)])), None)

    async def contributes(self, who: str, text: str, **more: Any) -> Contribution:
        """Somebody writes, and it is kept."""
        kept = await self.says(who, text, **more)
        assert kept is not None, f"nothing was kept of {text!r}"
        return kept

    async def edits(self, kept: Contribution, text: str, edited: str = "1", **more: Any) -> list[Contribution]:
        """The author of a message changes it."""
        return await self._again(kept, text=text, edited=edited, change=Change.EDITED, **more)

    async def deletes(self, kept: Contribution) -> list[Contribution]:
        """The author of a message deletes it."""
        return await self._again(kept, text="", change=Change.DELETED)

    async def _again(self, kept: Contribution, **more: Any) -> list[Contribution]:
        text = more.pop("text")
        values = {"message": kept.message, "at": kept.posted_at, "thread": kept.thread}
        return await record_posts(self.ports, [self.post("U1", text, **values | more)])

    async def types(
        self, who: str, text: str, *, place: str | None = PLACE, thread: str | None = None, message: str | None = None
    ) -> str:
        """Somebody gives a command; what they are answered, as text."""
        gesture = Gesture(self.chat.name, who, place, thread, message)
        return as_text(await answer(self.ports, gesture, text))

    async def rows(self, kind: type[Row], *conditions: Any) -> list[Row]:
        """Everything of a table, in the order of its making."""
        async with self.ports.reading() as unit:
            key = inspect(kind).primary_key
            return list(await unit.scalars(select(kind).where(*conditions).order_by(*key)))

    async def sessions(self) -> list[Session]:
        """The sessions as they stand, in the order of their opening."""
        return sorted(await self.rows(Session), key=lambda session: (session.opens_at, session.position))

    async def states(self) -> list[str]:
        """Where the sessions stand."""
        return [session.state.value for session in await self.sessions()]

    async def session(self, position: int) -> Session:
        """The session of this number."""
        return next(session for session in await self.rows(Session) if session.position == position)

    async def notices(self, part: str = "") -> list[Notice]:
        """The notices whose key contains this."""
        return [notice for notice in await self.rows(Notice) if part in notice.key]

    async def member(self, who: str) -> Member:
        """The member with this id of the platform."""
        return next(member for member in await self.rows(Member) if member.platform_id == who)

    async def kept(self, number: int) -> Contribution:
        """The contribution of this number as the record has it now."""
        return next(row for row in await self.rows(Contribution) if row.number == number)

    async def programme_id(self) -> int:
        """The id of the only programme."""
        (only,) = await self.rows(Programme)
        return known(only.id)
