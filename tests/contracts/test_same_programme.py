"""One programme on every platform ends in the same record and the same words, but for the platform's dress."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from platform_worlds import CHANNEL_NAME, STAGES, Stage
from support.community import CLOSES, DAY, HOUR, OPENS, programme
from support.databases import sqlite_copy
from support.hand_clock import HandClock

from cop_bot.domain.post import Post
from cop_bot.ports import Ports
from cop_bot.programme_file.reading import read_programme
from cop_bot.store.engine import connect
from cop_bot.summariser.offline import OfflineSummariser
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.exports.export_record import export_record
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.record.catch_up import catch_up_everywhere
from cop_bot.usecases.record.record_posts import record_posts
from cop_bot.usecases.summaries.write_summary import summarise_next

OF_THE_PLATFORM = {"platform", "place", "message", "thread", "permalink", "posted_at", "member"}
GUIDE = "resource: A guide for local boards: https://example.org/guide"


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_the_same_programme_ends_in_the_same_record_and_the_same_words(
    platform: str, migrated_sqlite: Path, tmp_path: Path
) -> None:
    record, shown = await played("console", copy(migrated_sqlite, tmp_path / "console"))
    assert await played(platform, copy(migrated_sqlite, tmp_path / platform)) == (record, shown)
    assert [line["number"] for line in record] == list(range(1, 9))
    assert len(shown) == 5


def copy(template: Path, folder: Path) -> str:
    """A database of its own."""
    folder.mkdir()
    return sqlite_copy(template, folder)


async def played(platform: str, url: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Two sessions; what the record keeps, and what can be seen of the bot in the channel."""
    clock, database = HandClock(), connect(url)
    try:
        async with STAGES[platform](clock) as stage:
            chats = {platform: stage.chat}
            ports = Ports(clock, database.unit, database.reading, chats, OfflineSummariser(), None, "d0", "first")
            await plan_programme(ports, read_programme(programme(2, channel=CHANNEL_NAME), "power.yaml"))
            await sync_places(ports)
            await first_session(ports, clock, stage)
            await second_session(ports, clock, stage)
            lines = [json.loads(line) async for line in export_record(ports.reading, None)]
            kept = [{name: value for name, value in line.items() if name not in OF_THE_PLATFORM} for line in lines]
            return kept, stage.shown()
    finally:
        await database.close()


async def first_session(ports: Ports, clock: HandClock, stage: Stage) -> None:
    """What is said arrives at once, in a bad order and several times."""
    await until(ports, clock, OPENS)
    clock.move(HOUR)
    idea, told = stage.says("amina", "idea: Local boards decide on the <budget> & report")
    await arrive(ports, told, told)
    clock.move(HOUR)
    _, told = stage.says("bram", "I agree, if they are paid for it", idea)
    await arrive(ports, told)
    clock.move(HOUR)
    resource, told = stage.says("carla", GUIDE)
    clock.move(HOUR)
    edit = stage.edits(resource, f"{GUIDE} and https://example.org/more")
    await arrive(ports, edit, told, edit)
    clock.move(HOUR)
    mistake, told = stage.says("carla", "Posted by mistake, who sees this?")
    await arrive(ports, told)
    clock.move(HOUR)
    gone = stage.deletes(mistake)
    await arrive(ports, gone, gone)
    clock.move(HOUR)
    _, told = stage.says("amina", "Who pays for the time of the boards?")
    await arrive(ports, told)
    await until(ports, clock, CLOSES + HOUR)


async def second_session(ports: Ports, clock: HandClock, stage: Stage) -> None:
    """What is said while the bot is away is read back."""
    await until(ports, clock, OPENS + 7 * DAY)
    clock.move(HOUR)
    idea, _ = stage.says("bram", "lesson: Start with the people who do the work")
    clock.move(HOUR)
    stage.says("amina", "#1 that is what we found too", idea)
    clock.move(HOUR)
    stage.says("carla", "**Not** a [link](https://example.org/x) but text")
    await catch_up_everywhere(ports)
    await catch_up_everywhere(ports)
    await until(ports, clock, CLOSES + 7 * DAY + HOUR)


async def arrive(ports: Ports, *posts: Post | None) -> None:
    """The platform delivers, one by one."""
    known: Sequence[Post] = [post for post in posts if post is not None]
    assert len(known) == len(posts)
    for post in known:
        await record_posts(ports, [post])


async def until(ports: Ports, clock: HandClock, moment: Any) -> None:
    """Go on to this moment, and let everything be said that is due."""
    clock.move_to(moment)
    for _ in range(12):
        while await run_due(ports) or await summarise_next(ports) or await deliver_notices(ports):
            pass
        clock.move_wall(timedelta(seconds=2))
