"""The stage: what happens on the console, as a transcript that a person can read along."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from time import monotonic
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TextColumn
from rich.rule import Rule
from rich.text import Text

from cop_bot.demo.script import Person
from cop_bot.demo.terminal import dressed, open_console, show_block, show_framed
from cop_bot.domain import wall_clock
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.message import Message
from cop_bot.domain.plan import Plan
from cop_bot.platforms.console.chat import BOT_ID, Happening, Said
from cop_bot.ports import Clock, Ref
from cop_bot.rendering.text import harmless

SCHEDULE_S = (2.0, 12.0)
"""When the first and the last pause have to be over: a slow machine makes fewer, and the whole stays under 20 s."""
A_LINE_S = 0.012
_COLOURS = ("magenta", "yellow", "blue", "green", "bright_magenta", "bright_yellow", "bright_blue", "bright_green")


class Stage:
    """Prints what it is told, with the time in the programme's zone; plain output has no colour and no pause."""

    def __init__(self, plan: Plan, people: Iterable[Person], clock: Clock, *, plain: bool) -> None:
        self.console = open_console(plain)
        self.plain = plain
        self._plan, self._clock = plan, clock
        self._people = {person.id: person for person in people}
        self._colours = {person: _COLOURS[i % len(_COLOURS)] for i, person in enumerate(self._people)}
        self._said: dict[Ref, Said] = {}
        self._lines: dict[Ref, set[str]] = {}
        """The lines of each of the bot's messages as it stood last."""
        self._reminded: list[str] = []
        self._has_shown_a_reminder = False
        self._printed = 0
        self._started = monotonic()
        self._share = 0.0
        columns = (TextColumn("[bold]{task.description}"), BarColumn(), TextColumn("{task.fields[date]}"))
        self._progress = Progress(*columns, console=self.console, transient=True, disable=plain)
        self._task = self._progress.add_task("Before the first theme", total=1.0, date="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    # --- where we are ------------------------------------------------------------------------------------------------

    def heading(self, text: str) -> None:
        """The beginning of a part."""
        self.console.print()
        self.console.print(f"== {text} ==" if self.plain else Rule(Text(text, "bold"), style="cyan"))
        self._printed += 4

    def theme(self, number: int, title: str) -> None:
        """A theme begins."""
        name = f"Theme {number} of {len(self._plan.sessions)}"
        self._progress.update(self._task, description=name)
        self.heading(f"{name} · {title} · {self._local():%d %B %Y}")

    def at(self, share: float) -> None:
        """This share of the programme (0 to 1) is over."""
        self._share = share
        self._progress.update(self._task, completed=share, date=f"{self._local():%d %b %Y}")

    async def pause(self) -> None:
        """Time to read what was printed since the last pause."""
        self._show_reminded()
        seconds, self._printed = min(self._printed * A_LINE_S, 0.5), 0
        first, last = SCHEDULE_S
        left = first + (last - first) * self._share - (monotonic() - self._started)
        if not self.plain and left > 0:
            await asyncio.sleep(min(seconds, left))

    # --- what is said ------------------------------------------------------------------------------------------------

    def happened(self, happening: Happening, said: Said) -> None:
        """The listener of the console chat."""
        if happening in ("marked", "unmarked"):
            return
        if said.message is not None and happening == "updated":
            self._show_what_is_new(said, said.message)
        elif said.message is not None:
            self._show_bot(said, said.message)
        elif happening == "deleted":
            self._line(said, "deletes a message")
            self._words("(It is gone from the record too.)")
        elif happening == "updated":
            self._line(said, "changes this message:")
            self._words(said.text)
        else:
            self._line(said, self._under(said))
            self._words(said.text)
        self._said[said.ref] = said
        if said.message is not None:
            self._lines[said.ref] = {line.plain for line in dressed(said.message).split("\n")}

    def typed(self, person: str, text: str) -> None:
        """A member types a slash command, which nobody else sees."""
        who = self._people[person]
        self._print(self._when(), self._name(who), Text(" · types a command, which nobody else sees", "dim"))
        self._words(f"/cop {text}")

    def answered(self, person: str, message: Message) -> None:
        """The private answer to a command."""
        name = self._people[person].name
        self._frame(dressed(message), f"CoP Bot · only {name} sees this", "bright_black")

    def kept(self, contribution: Contribution | None) -> None:
        """What the record made of a post."""
        if contribution is None or contribution.is_withdrawn:
            return
        late = ", late" if contribution.late else ""
        parent = f" on #{contribution.parent}" if contribution.parent else ""
        self._print(Text(f"    🌱 kept as #{contribution.number}, {contribution.kind.value}{parent}{late}", "green"))

    def _show_what_is_new(self, said: Said, message: Message) -> None:
        """Of words that replace earlier ones only the lines that did not stand there before."""
        earlier = self._lines.get(said.ref, set())
        lines = [line for line in dressed(message).split("\n") if line.plain not in earlier]
        title = f"CoP Bot · #{said.ref.place} · {self._stamp()} · changes its message, in which is new:"
        self._frame(Text("\n").join(lines), title, "cyan")

    def _show_bot(self, said: Said, message: Message) -> None:
        if "/reminder/" in said.key:
            person = self._people[said.ref.place.removeprefix("dm-")]
            there = wall_clock.local_time(said.at, person.zone)
            self._reminded.append(f"{person.name} ({there:%H:%M} in {person.home})")
            if self._has_shown_a_reminder:
                return
            self._has_shown_a_reminder = True
            self._frame(dressed(message), f"CoP Bot · alone to {person.name}, {there:%a %d %b %H:%M} there", "yellow")
            return
        thread = " · in the thread above" if said.thread else ""
        title = " · ".join(("CoP Bot", f"#{said.ref.place}{thread}", self._stamp()))
        self._frame(dressed(message), title, "cyan")

    def _show_reminded(self) -> None:
        if self._reminded:
            names = ", ".join(self._reminded)
            self._print(self._when(), Text(f"Reminded, each alone by direct message: {names}", "yellow"))
            self._reminded = []

    def _line(self, said: Said, what: str) -> None:
        who = self._people[said.author]
        there = wall_clock.local_time(self._clock.now(), who.zone)
        alone = "writes to the bot alone" if said.ref.place.startswith("dm-") else what
        about = f" · {who.home} {there:%H:%M}" + (f" · {alone}" if alone else "")
        self._print(self._when(), self._name(who), Text(about, "dim"))

    def _under(self, said: Said) -> str:
        root = self._said.get(Ref(said.ref.place, said.thread)) if said.thread else None
        if root is None:
            return ""
        author = "the bot" if root.author == BOT_ID else self._people[root.author].name
        return f"in the thread under {'their own message' if root.author == said.author else author}"

    def _words(self, text: str) -> None:
        self._printed += 1 + len(text) // self.console.width
        show_block(self.console, Text(harmless(text)), "    ")

    def _frame(self, text: Text, title: str, colour: str) -> None:
        self._printed += 2 + text.plain.count("\n")
        show_framed(self.console, text, title, colour, plain=self.plain)

    def _print(self, *parts: Text) -> None:
        self._printed += 1
        text = Text("").join(parts)
        if not self.plain:
            self.console.print(text)
            return
        show_block(self.console, text, "")

    def _name(self, person: Person) -> Text:
        return Text(person.name, f"bold {self._colours[person.id]}")

    def _when(self) -> Text:
        return Text(f"{self._stamp()}  ", "dim")

    def _stamp(self) -> str:
        return f"{self._local():%a %d %b %H:%M}"

    def _local(self) -> datetime:
        return wall_clock.local_time(self._clock.now(), self._plan.zone)
