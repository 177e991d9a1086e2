"""The same people in Slack and in Teams are answered in the same zone and language, and reminded at the same moments.

In Slack a member's zone is in the profile. In Teams each activity tells it; who never does anything has the last known
one, else the programme's.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from platform_inputs import DOORS, ByTeams
from platform_worlds import CHANNEL_NAME, STAGES, OnSlack, OnTeams
from sqlalchemy import select
from support.community import CLOSES, DAY, OPENS, programme
from support.databases import sqlite_copy
from support.hand_clock import HandClock

from cop_bot.domain.member import Member
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKind
from cop_bot.ports import Ports
from cop_bot.programme_file.reading import read_programme
from cop_bot.store.engine import connect
from cop_bot.summariser.offline import OfflineSummariser
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due

ZONES = {"amina": "Pacific/Fiji", "bram": "Europe/Amsterdam", "carla": "America/Tegucigalpa"}
HALF_AN_HOUR = timedelta(minutes=30)


async def test_who_does_something_in_teams_has_the_zone_and_language_that_they_would_have_in_slack(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    slack, teams = [await asked_and_reminded(one, copy(migrated_sqlite, tmp_path / one)) for one in ("slack", "teams")]
    assert slack == teams
    answer, moments = slack
    assert "segunda-feira" in answer
    assert "Pacific/Fiji" in answer
    assert set(moments) == {"amina", "carla"}
    assert len(set(moments.values())) == 2  # each in their own daylight


def copy(template: Path, folder: Path) -> str:
    """A database of its own."""
    folder.mkdir()
    return sqlite_copy(template, folder)


async def asked_and_reminded(platform: str, url: str) -> tuple[str, dict[str, Any]]:
    """What Amina is answered when she asks for the agenda, and at which half hour each of them is reminded."""
    clock, database = HandClock(), connect(url)
    async with STAGES[platform](clock) as stage:
        if isinstance(stage, OnSlack):
            for person, zone in ZONES.items():
                stage.slack.users[person] |= {"tz": zone, "locale": "pt-PT" if person == "amina" else "en-US"}
        ports = Ports(
            clock, database.unit, database.reading, {platform: stage.chat}, OfflineSummariser(), None, "d0", "x"
        )
        more = "roles: {facilitators: [bram]}\nlanguages: {interface: [en, pt]}"
        file = programme(2, more, channel=CHANNEL_NAME, rhythm=", remind: [{before: P2D, to: quiet}]")
        await plan_programme(ports, read_programme(file, "power.yaml"))
        await sync_places(ports)
        async with DOORS[platform](stage, ports) as door:
            clock.move_to(OPENS + timedelta(minutes=1))
            while await run_due(ports):
                pass
            if isinstance(door, ByTeams):
                await use_teams(door)
            answer = await door.mentions("amina", "agenda")
        moments = await reminded_at(ports, clock)
    await database.close()
    return answer.replace("/cop", "").replace("@CoP Bot", ""), moments


async def use_teams(door: ByTeams) -> None:
    """Amina and Carla thank somebody, which is no contribution; Teams sends along where they are."""
    assert isinstance(door.stage, OnTeams)
    for person, language in (("amina", "pt-PT"), ("carla", "en-US")):
        told = {"type": "clientInfo", "locale": language, "timezone": ZONES[person]}
        message = door.stage.tenant.says(person, "<p>Thanks!</p>")
        more: dict[str, Any] = {"text": "Thanks!", "locale": language, "entities": [told]}
        await door._tell(message, **more)


async def reminded_at(ports: Ports, clock: HandClock) -> dict[str, Any]:
    found: dict[str, Any] = {}
    moment = CLOSES - 4 * DAY
    while moment < CLOSES:
        clock.move_to(moment)
        while await run_due(ports):
            pass
        async with ports.reading() as unit:
            rows = await unit.execute(
                select(Member, Notice)
                .join(Notice, Notice.member_id == Member.id)  # type: ignore[arg-type]  # columns typed as their values
                .where(Notice.kind == NoticeKind.REMINDER)  # type: ignore[arg-type]  # the same
            )
            for member, _ in rows:
                found.setdefault(member.platform_id, moment)
        moment += HALF_AN_HOUR
    return found


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_who_never_does_anything_has_the_zone_of_the_programme(
    platform: str, migrated_sqlite: Path, tmp_path: Path
) -> None:
    clock, database = HandClock(), connect(sqlite_copy(migrated_sqlite, tmp_path))
    async with STAGES[platform](clock) as stage:
        chats = {platform: stage.chat}
        ports = Ports(clock, database.unit, database.reading, chats, OfflineSummariser(), None, "d0", "x")
        file = programme(1, "roles: {facilitators: [bram]}", channel=CHANNEL_NAME, rhythm=", remind: [{before: P2D}]")
        await plan_programme(ports, read_programme(file, "power.yaml"))
        await sync_places(ports)
        clock.move_to(OPENS + timedelta(minutes=1))
        while await run_due(ports):
            pass
        moments = await reminded_at(ports, clock)
    await database.close()
    assert set(moments) == {"amina", "carla"}
    assert len(set(moments.values())) == 1
