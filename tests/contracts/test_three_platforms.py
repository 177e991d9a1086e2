"""The same gestures through each platform's true way in: the same record, summaries, notices and answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from platform_inputs import DOORS, Door
from platform_worlds import CHANNEL_NAME, STAGES
from sqlmodel import col, select
from support.community import CLOSES, DAY, HOUR, MINUTE, OPENS, programme
from support.databases import sqlite_copy
from support.hand_clock import HandClock

from cop_bot.domain.summary import Summary
from cop_bot.ports import Ports
from cop_bot.programme_file.reading import read_programme
from cop_bot.store.engine import connect
from cop_bot.summariser.offline import OfflineSummariser
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.exports.export_record import export_record
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.summaries.write_summary import summarise_next

OF_THE_PLATFORM = {"platform", "place", "message", "thread", "permalink", "posted_at", "member"}


@dataclass
class Outcome:
    """What a programme comes to."""

    record: list[dict[str, Any]] = field(default_factory=list)
    summaries: list[dict[str, Any]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


@dataclass
class Play:
    """One programme on one platform."""

    ports: Ports
    clock: HandClock
    door: Door
    answers: dict[str, str] = field(default_factory=dict)

    async def says(self, who: str, text: str, under: str | None = None) -> str:
        self.clock.move(MINUTE)
        return await self.door.says(who, text, under)

    async def edits(self, message: str, text: str) -> None:
        self.clock.move(MINUTE)
        await self.door.edits(message, text)

    async def deletes(self, message: str) -> None:
        self.clock.move(MINUTE)
        await self.door.deletes(message)

    async def asks(self, who: str, text: str, under: str | None = None) -> None:
        """Write to the bot, and keep what it answers."""
        self.clock.move(MINUTE)
        self.answers[f"{who}: {text}"] = await self.door.mentions(who, text, under)

    async def until(self, moment: datetime) -> None:
        """Go on to this moment, and let everything be said that is due."""
        self.clock.move_to(moment)
        for _ in range(12):
            while await run_due(self.ports) or await summarise_next(self.ports) or await deliver_notices(self.ports):
                pass
            self.clock.move_wall(timedelta(seconds=2))
        self.clock.move_wall(self.clock.now() - self.clock.wall())


@pytest.fixture
async def outcomes(migrated_sqlite: Path, tmp_path: Path) -> dict[str, Outcome]:
    """Of all three."""
    found = {}
    for platform in DOORS:
        folder = tmp_path / platform
        folder.mkdir()
        found[platform] = await outcome_on(platform, sqlite_copy(migrated_sqlite, folder))
    return found


async def outcome_on(platform: str, url: str) -> Outcome:
    """Play it there."""
    clock, database = HandClock(), connect(url)
    try:
        async with STAGES[platform](clock) as stage:
            chats = {platform: stage.chat}
            ports = Ports(clock, database.unit, database.reading, chats, OfflineSummariser(), None, "d0", "first")
            file = programme(2, "roles: {facilitators: [bram]}", channel=CHANNEL_NAME)
            await plan_programme(ports, read_programme(file, "power.yaml"))
            await sync_places(ports)
            async with DOORS[platform](stage, ports) as door:
                play = Play(ports, clock, door)
                await before(play)
                await first_session(play)
                await second_session(play)
            return Outcome(await record_of(ports), await summaries_of(ports), stage.shown(), play.answers)
    finally:
        await database.close()


async def before(play: Play) -> None:
    await play.says("amina", "Is anybody here yet?")
    await play.asks("amina", "status")


async def first_session(play: Play) -> None:
    await play.until(OPENS)
    idea = await play.says("amina", "idea: Local boards decide on the <budget> & report")
    await play.says("bram", "I agree, if they are paid for it", idea)
    guide = await play.says("carla", "A guide for local boards: https://example.org/guide?page=1&lang=en")
    await play.edits(guide, "A guide for local boards: https://example.org/guide?page=2&lang=en")
    mistake = await play.says("carla", "Posted by mistake, who sees this?")
    await play.deletes(mistake)
    question = await play.says("amina", "Who pays for the time of the boards?")
    await play.says("carla", "**Not** a [link](https://example.org/x) but __text__ with {{DATE(1)}}")
    await play.says("bram", "#1 The boards of my town would say the same")
    await play.asks("amina", "kind lesson", question)
    await play.asks("carla", "kind lesson", idea)
    await play.asks("carla", "idea Rotate the chair of the board")
    await play.asks("carla", "status")
    await play.asks("carla", "withdraw #3")
    await play.asks("amina", "settings off")
    await play.asks("amina", "session close")
    await play.asks("bram", "programme show")
    await play.asks("bram", "nonsense & <b>more</b>")
    await play.asks("bram", "help")
    await play.until(CLOSES + HOUR)
    await play.says("amina", "Too late by an hour", idea)
    await objections(play)


async def objections(play: Play) -> None:
    await play.asks("carla", "summary object 99 There is no such line")
    await play.asks("carla", "summary object 1 I meant <all> boards & not one")
    await play.until(CLOSES + 2 * HOUR)
    await play.asks("carla", "summary object 1 I meant <all> boards & not one")
    await play.asks("carla", "summary answer 1 I answer myself")
    await play.asks("bram", "summary answer 1 We <changed> it & thank you")
    await play.asks("amina", "object theme-1 2 withdraw")
    await play.until(CLOSES + 3 * HOUR)
    await play.asks("amina", "summary objections")
    await play.asks("amina", "summary full theme-1")
    await play.asks("amina", "summary")


async def second_session(play: Play) -> None:
    await play.until(OPENS + 7 * DAY)
    await play.says("bram", "lesson: Start with the people who do the work")
    await play.says("amina", "Seconded by all of us")
    await play.asks("bram", "session close yes")
    await play.until(OPENS + 8 * DAY)
    await play.asks("bram", "find boards")
    await play.until(CLOSES + 8 * DAY)


async def record_of(ports: Ports) -> list[dict[str, Any]]:
    lines = [json.loads(line) async for line in export_record(ports.reading, None)]
    return [{name: value for name, value in line.items() if name not in OF_THE_PLATFORM} for line in lines]


async def summaries_of(ports: Ports) -> list[dict[str, Any]]:
    async with ports.reading() as unit:
        return [one.content for one in await unit.scalars(select(Summary).order_by(col(Summary.id)))]


async def test_the_same_gestures_come_to_the_same_on_all_three(outcomes: dict[str, Outcome]) -> None:
    console, slack, teams = (outcomes[platform] for platform in ("console", "slack", "teams"))
    for other in (slack, teams):
        assert other.record == console.record
        assert other.summaries == console.summaries
        assert other.shown == console.shown
        assert other.answers == console.answers
    assert [line["number"] for line in console.record] == list(range(1, 12))
    assert len(console.summaries) == 5, "three versions of the first, one of the second, and the findings"
    assert all(console.answers.values())


async def test_an_objection_is_recorded_told_answered_and_shown_on_all_three(outcomes: dict[str, Outcome]) -> None:
    for outcome in outcomes.values():
        (first,) = [text for text in outcome.shown if text.startswith("Theme 1 · Theme 1 · summary")]
        assert "version 3" in first.splitlines()[0]
        assert first.index("I meant <all> boards & not one") < first.index("We <changed> it & thank you")
        assert "no line 99" in outcome.answers["carla: summary object 99 There is no such line"]
        assert "already" in outcome.answers["carla: summary object 1 I meant <all> boards & not one"]
        assert "Only facilitators" in outcome.answers["carla: summary answer 1 I answer myself"]
        full = outcome.answers["amina: summary full theme-1"]
        assert all(f"#{number}" in full for number in (1, 2, 3, 5, 9))
        assert "Too late by an hour" in full
