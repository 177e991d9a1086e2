"""The player: steps the clock from one moment to the next and lets members and bot do what they do then."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

from cop_bot.bootstrap import open_ports
from cop_bot.clocks import SteppedClock
from cop_bot.config import Settings
from cop_bot.demo.keeping import fresh_database, write_summaries
from cop_bot.demo.report import show_report
from cop_bot.demo.script import Cue, Line, Person, cues, people, programme_file
from cop_bot.demo.stage import Stage
from cop_bot.demo.terminal import is_plain
from cop_bot.domain.columns import known
from cop_bot.domain.member import Profile
from cop_bot.domain.plan import Plan
from cop_bot.domain.post import Post
from cop_bot.domain.programme import in_language
from cop_bot.domain.timetable import Timetable
from cop_bot.platforms.console.chat import ConsoleChat
from cop_bot.ports import Ports, Ref
from cop_bot.programme_file.reading import read_programme
from cop_bot.store import queries
from cop_bot.usecases.delivery.deliver_notices import PACE, deliver_notices
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.record.mark_contributions import mark_contributions
from cop_bot.usecases.record.record_posts import record_posts
from cop_bot.usecases.summaries.write_summary import summarise_next
from handlers.console.commands import told_alone, typed
from handlers.console.posts import written
from handlers.intake import Intake

START = datetime(2020, 11, 2, 9, tzinfo=UTC)
"""A fortnight and a day before the kick-off: its first announcement is still to come."""
_MOST_ROUNDS = 200


async def play_demo(out: Path, plain: bool = False) -> int:
    """Play the whole programme, print it, and leave the database and the summaries in `out`; returns the exit status.

    Raises OperatorMistake if `out` can't be used.
    """
    file = fresh_database(out)
    plan = read_programme(programme_file(), "programme.yaml")
    cast, clock = people(), SteppedClock(START)
    chat, stage = ConsoleChat(clock), Stage(plan, cast, clock, plain=is_plain(plain))
    chat.listener = stage.happened
    place = _gather(chat, plan, cast)
    # Not what the environment says: the demo needs no account, calls nobody and leaves other databases alone.
    settings = Settings.model_construct(database_url=f"sqlite:///{file}", meaning="words")
    with _only_warnings():
        async with open_ports(settings, clock=clock, chats={"console": chat}) as ports:
            with stage:
                timetable = await _Performance(ports, chat, stage, clock, plan, place).play()
            summaries = await write_summaries(ports, timetable, out)
            await show_report(ports, stage, timetable, [file, *summaries])
    return 0


def _gather(chat: ConsoleChat, plan: Plan, cast: list[Person]) -> str:
    place = chat.open_place(plan.channel)
    for person in cast:
        chat.join(place, Profile(person.id, person.name, person.zone, person.language), person.email)
    return place


@contextmanager
def _only_warnings() -> Iterator[None]:
    """The transcript is not interrupted by the log, unless something is wrong."""
    before = structlog.get_config()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger("warning"),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        yield
    finally:
        structlog.configure(**before)


@dataclass(slots=True)
class _Performance:
    """One run of the demo."""

    ports: Ports
    chat: ConsoleChat
    stage: Stage
    clock: SteppedClock
    plan: Plan
    place: str
    intake: Intake = field(init=False)
    refs: dict[str, Ref] = field(default_factory=dict)
    """The messages that have a label in the script."""
    rung: set[str] = field(default_factory=set)
    """The loops that were woken and have not run since."""

    def __post_init__(self) -> None:
        self.intake = Intake(lambda posts: record_posts(self.ports, posts))
        self.ports.wake.ring |= {name: partial(self.rung.add, name) for name in self._loops()}

    def _loops(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {"places": self._look, "summaries": self._summarise, "notices": self._deliver, "marks": self._mark}

    async def play(self) -> Timetable:
        """From the announcement of the kick-off to that of the plenary; returns the timetable as it is in the end."""
        self.stage.heading(f"{in_language(self.plan.title, 'en')}, from {START:%d %B %Y} on")
        await plan_programme(self.ports, self.plan)
        await self._settle()
        waiting, last = deque(cues(self.plan)), max(g.starts_at for g in self.plan.gatherings)
        openings = deque(enumerate(self.plan.sessions, start=1))
        while (moment := await self._next_moment(waiting)) is not None:
            self.clock.step_to(moment)
            self.stage.at((moment - START) / (last - START))
            if openings and openings[0][1].opens_at <= moment:
                number, session = openings.popleft()
                self.stage.theme(number, in_language(session.title, "en"))
            await run_due(self.ports)
            await self._settle()
            while waiting and waiting[0].at <= self.clock.now():
                await self._perform(waiting.popleft().line)
        async with self.ports.reading() as unit:
            programme = await queries.programmes.by_slug(unit, self.ports.workspaces["console"], self.plan.slug)
            timetable = await queries.programmes.timetable(unit, known(programme.id if programme else None))
        assert timetable is not None  # it was played  # noqa: S101
        return timetable

    async def _next_moment(self, waiting: deque[Cue]) -> datetime | None:
        async with self.ports.reading() as unit:
            due = await queries.programmes.next_moment(unit)
        return min((at for at in (due, waiting[0].at if waiting else None) if at is not None), default=None)

    async def _perform(self, line: Line) -> None:
        """Let a member do something, through the same handlers as on a platform."""
        if line.types:
            self.stage.typed(line.who, line.types)
            answer = await typed(self.ports, line.who, self.place, line.types)
        elif line.tells:
            post = self.chat.say(f"dm-{line.who}", line.who, line.tells)
            answer = await told_alone(self.ports, line.who, post.message, line.tells)
        else:
            post = self._write(line)
            reply = await written(self.ports, self.intake.record, post)
            await self._settle()
            if reply is None:
                await self._show_kept(post)
                await self.stage.pause()
                return
            answer = reply
        self.stage.answered(line.who, answer)
        await self._settle()

    def _write(self, line: Line) -> Post:
        if line.deletes:
            return self.chat.delete(self.refs[line.deletes])
        if line.edits:
            return self.chat.edit(self.refs[line.edits], line.says)
        thread = self.refs[line.under].message if line.under else None
        post = self.chat.say(self.place, line.who, line.says, thread=thread)
        if line.label:
            self.refs[line.label] = Ref(post.place, post.message)
        return post

    async def _show_kept(self, post: Post) -> None:
        async with self.ports.reading() as unit:
            place = await queries.people.place_by_platform_id(unit, self.ports.workspaces["console"], self.place)
            kept = await queries.contributions.of_message(unit, known(place.id), post.message) if place else None
        self.stage.kept(kept)

    async def _settle(self) -> None:
        """Let the loops that were woken come to rest, as they do between two moments in real life."""
        loops = self._loops()
        while self.rung:
            for name in [name for name in loops if name in self.rung]:
                self.rung.discard(name)
                await loops[name]()
        await self.stage.pause()

    async def _look(self) -> None:
        await sync_places(self.ports)

    async def _summarise(self) -> None:
        while await summarise_next(self.ports):
            pass

    async def _deliver(self) -> None:
        """Until nothing waits any more; between two messages in one place time passes as platforms demand."""
        for _ in range(_MOST_ROUNDS):
            async with self.ports.reading() as unit:
                if await queries.notices.oldest_pending(unit) is None:
                    return
            if not await deliver_notices(self.ports):
                self.clock.step_to(self.clock.now() + PACE)
        raise RuntimeError("a notice could not be delivered in the demo")

    async def _mark(self) -> None:
        while await mark_contributions(self.ports) is not None:
            pass
