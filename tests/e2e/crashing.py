"""Four ways to lose a bot, played at the same time: each with a workspace, a database and bots of its own."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from e2e.faulty_slack import (
    AMINA,
    JOAO,
    SECRET,
    FaultySlack,
    free_port,
    send_until_acknowledged,
)
from e2e.served import Line, Served, serving
from e2e.waiting import soon
from fakes.fake_slack import fake_slack

PROGRAMME = Path(__file__).parent / "three-weeks.yaml"

EDGE = timedelta(hours=3)
"""Nobody posts that near to an opening or a close: which side it falls on is not what is asked here."""

SESSIONS = [
    (datetime(2020, 11, opens, 8, tzinfo=UTC), datetime(2020, 11, closes, 23, tzinfo=UTC))
    for opens, closes in ((18, 21), (25, 28))
] + [(datetime(2020, 12, 2, 8, tzinfo=UTC), datetime(2020, 12, 5, 23, tzinfo=UTC))]
LATE = timedelta(days=1)


@dataclass
class Scene:
    """A workspace and its bots, and what members said in it."""

    slack: FaultySlack
    folder: Path
    session: aiohttp.ClientSession
    bots: list[Served] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    said: dict[str, int | None] = field(default_factory=dict)
    """Message -> the number of the session (from 1) that has to keep it, or None."""
    record: list[Line] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    sending: set[asyncio.Task[None]] = field(default_factory=set)
    anchor: tuple[datetime, datetime, float] | None = None

    async def ready(self, bot: int = 0) -> None:
        """Wait until this bot serves."""
        late = asyncio.get_running_loop().time() + 40
        while (answer := await self._ready(bot)) is None:
            assert asyncio.get_running_loop().time() < late, self.bots[bot].log_file.read_text()[-2000:]
            await asyncio.sleep(0.05)
        rehearsal = answer["rehearsal"]
        self.anchor = datetime.now(UTC), datetime.fromisoformat(rehearsal["programme_time"]), rehearsal["speed"]

    async def _ready(self, bot: int) -> dict[str, Any] | None:
        try:
            async with self.session.get(f"http://127.0.0.1:{self.ports[bot]}/readyz") as answer:
                found: dict[str, Any] = await answer.json()
                return found if answer.status == 200 else None
        except aiohttp.ClientError:
            return None

    def now(self) -> datetime:
        """The programme's time, as a bot has told it."""
        assert self.anchor is not None
        wall, programme, speed = self.anchor
        return programme + (datetime.now(UTC) - wall) * speed

    async def until(self, moment: datetime) -> None:
        """Wait for a moment of the programme."""
        assert self.anchor is not None
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds() / self.anchor[2]))

    def contribute(self, text: str, *, delivered: bool = True) -> None:
        """A member posts; the event is sent until somebody takes it, or not at all."""
        now = self.now()
        if any(abs(now - edge) < EDGE for opens, closes in SESSIONS for edge in (opens, closes, closes + LATE)):
            return
        kept = [number for number, (o, c) in enumerate(SESSIONS, 1) if o <= now < c + LATE]
        event = self.slack.posted(random.choice((AMINA, JOAO)), text)
        self.said[event["ts"]] = kept[0] if kept else None
        if delivered:
            task = asyncio.create_task(send_until_acknowledged(self.session, event, *self.ports))
            self.sending.add(task)
            task.add_done_callback(self.sending.discard)

    async def over(self) -> None:
        """Wait for the findings; then read the record."""
        await soon(lambda: "programme/1/summary/1/1" in self.slack.said_keys(), "the findings", 100)
        await asyncio.gather(*self.sending)
        await self.look()

    async def look(self) -> None:
        """Stop what runs and read the record and the channel.

        In threads: a bot that stops may wait for its Slack, which is served by our loop, as are those of the other
        plays.
        """
        for bot in self.bots:
            if bot.process is not None:
                assert await asyncio.to_thread(bot.stop) == 0
        self.record, self.keys = await asyncio.to_thread(self.bots[0].record), self.slack.said_keys()


def bot(scene: Scene, database_url: str, rehearse_from: str, speed: int) -> Served:
    """One more bot of this workspace, not started."""
    port = free_port()
    settings = {
        "COP_DATABASE_URL": database_url,
        "COP_PROGRAMMES": str(PROGRAMME),
        "COP_PORT": str(port),
        "SLACK_BOT_TOKEN": f"xoxb-bot-{len(scene.bots)}",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": scene.slack.base_url,
    }
    arguments = ("--rehearse-from", rehearse_from, "--speed", str(speed))
    made = Served(scene.folder, settings, arguments, name=f"cop-{len(scene.bots)}")
    scene.bots.append(made)
    scene.ports.append(port)
    return made


async def storm(scene: Scene) -> None:
    """Killed again and again through a whole programme, while members post."""
    served, chance = bot(scene, f"sqlite:///{scene.folder}/cop.db", "2020-11-15T00:00Z", 40_320), random.Random(7)
    with serving(served):
        await scene.ready()
        writing = asyncio.create_task(_keep_writing(scene))
        while scene.now() < SESSIONS[-1][1]:
            await asyncio.sleep(chance.uniform(0.2, 2.5))
            served.kill()
            served.start()
            await scene.ready()
        writing.cancel()
        await scene.over()


async def _keep_writing(scene: Scene) -> None:
    number = 0
    while True:
        number += 1
        scene.contribute(f"Thought number {number} about who decides")
        await asyncio.sleep(0.25)


async def at_the_worst_moment(scene: Scene) -> None:
    """Killed when Slack has taken a message and the bot doesn't know it: an opening, a reminder and a summary."""
    served = bot(scene, f"sqlite:///{scene.folder}/cop.db", "2020-11-17T15:00Z", 20_160)
    with serving(served):
        for key in ("session/1/opening", "reminder/2/member", "session/2/summary/1/1"):
            await scene.ready()
            await _kill_when_said(scene, served, key)
            served.start()
        await scene.over()


async def _kill_when_said(scene: Scene, served: Served, key: str) -> None:
    scene.slack.hang_on = key
    before = len(scene.slack.hanging)
    await soon(lambda: len(scene.slack.hanging) > before, key, 60)
    served.kill()
    scene.slack.hang_on = None


async def long_absence(scene: Scene) -> None:
    """Down over an opening and a close and the next opening, while members post all the time."""
    served = bot(scene, f"sqlite:///{scene.folder}/cop.db", "2020-11-15T00:00Z", 40_320)
    with serving(served):
        await scene.ready()
        served.kill()
        while scene.now() < SESSIONS[1][0] + timedelta(days=1):
            scene.contribute(f"Said while nobody listened, at {scene.now()}", delivered=False)
            await asyncio.sleep(0.4)
        served.start()
        await scene.over()


async def one_of_two(scene: Scene, database_url: str) -> None:
    """Two bots on one database; the one that is at it dies in the middle of an opening, and comes back."""
    first = bot(scene, database_url, "2020-11-17T00:00Z", 10_080)
    second = bot(scene, database_url, "2020-11-17T00:00Z", 10_080)
    with ExitStack() as stack:
        stack.enter_context(serving(first))
        await scene.ready(0)
        stack.enter_context(serving(second))
        scene.slack.hang_on = "session/1/opening"
        await soon(lambda: scene.slack.hanging, "the opening", 40)
        at_it = next(one for one in scene.bots if one.settings["SLACK_BOT_TOKEN"] == scene.slack.hanging[0])
        at_it.kill()
        scene.slack.hang_on = None
        for number in range(30):
            scene.contribute(f"Thought number {number} about who decides")
            await asyncio.sleep(0.2)
        at_it.start()
        await soon(lambda: "session/1/summary/1/1" in scene.slack.said_keys(), "the summary", 90)
        await soon(lambda: "session/2/opening" in scene.slack.said_keys(), "the next opening", 60)
        await asyncio.gather(*scene.sending)
        await scene.look()


async def _in_a_scene(folder: Path, play: Callable[[Scene], Awaitable[None]]) -> Scene | BaseException:
    """The scene when its play is over, or what went wrong in it."""
    async with fake_slack(FaultySlack()) as slack, aiohttp.ClientSession() as session:
        assert isinstance(slack, FaultySlack)
        scene = Scene(slack, folder, session)
        try:
            await play(scene)
        except BaseException as failure:  # noqa: BLE001 - the other plays go on; the test of this one tells
            return failure
        return scene


async def all_scenes(folders: Mapping[str, Path], database_url: str) -> dict[str, Scene | BaseException]:
    """Every play at the same time: they mostly wait."""
    plays: dict[str, Callable[[Scene], Awaitable[None]]] = {
        "storm": storm,
        "worst moment": at_the_worst_moment,
        "absence": long_absence,
        "two": partial(one_of_two, database_url=database_url),
    }
    scenes = await asyncio.gather(*(_in_a_scene(folders[name], play) for name, play in plays.items()))
    return dict(zip(plays, scenes, strict=True))
