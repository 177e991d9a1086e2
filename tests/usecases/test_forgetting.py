"""Who asks to be forgotten leaves no word behind; nothing is kept longer than promised; the record can be read."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from ground.community import CLOSES, DAY, EMBEDDED, HOUR, Community
from sqlalchemy import select

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.member import Member
from cop_bot.domain.programme import Programme
from cop_bot.domain.tables import METADATA
from cop_bot.ports import Refused
from cop_bot.usecases.deliver_notices import deliver_notices
from cop_bot.usecases.export_record import export_record
from cop_bot.usecases.look_around import look_around
from cop_bot.usecases.purge_record import purge_record

SECRET = "zanzibar"


async def everything(community: Community) -> str:
    """All that the database holds, in one text."""
    held = []
    async with community.ports.reading() as unit:
        for table in METADATA.sorted_tables:
            held += [f"{table.name} {tuple(row)}" for row in await unit.execute(select(table))]
    return "\n".join(held)


@pytest.fixture
async def cop(community: Community) -> Community:
    """Amina has said what she said in every way there is, and others too."""
    await community.open(2)
    await community.contributes("U1", f"An idea about {SECRET}")
    await community.contributes(
        "U1", f"See https://example.org/{SECRET}", links=(f"https://example.org/{SECRET}",), files=(f"{SECRET}.pdf",)
    )
    await community.types("U1", f"lesson Never mention {SECRET}")
    await community.types("U1", f"idea {SECRET} by mention", message="m99")
    await community.contributes("U3", "An idea of Carla's about donors who carry risk")
    await community.settle()
    return community


@pytest.mark.parametrize("moment", ["at once", "after the summary", "after the findings"])
async def test_after_forgetting_no_word_is_left_in_the_database_nor_in_what_the_bot_said(
    cop: Community, moment: str
) -> None:
    if moment != "at once":
        await cop.until(CLOSES if moment == "after the summary" else CLOSES + 8 * DAY)
        assert SECRET in "".join(cop.chat.texts())
    said = await cop.types("U1", "settings forget yes")
    assert "4 contributions" in said
    await cop.settle()
    held = await everything(cop)
    assert SECRET not in held
    assert "Amina" not in held
    assert "Africa/Maputo" not in held
    assert SECRET not in "".join(cop.chat.texts())
    assert "donors who carry risk" in held


async def test_forgetting_before_anything_is_delivered_says_nothing_of_it(community: Community) -> None:
    await community.open(2)
    await community.types("U1", f"idea {SECRET}")
    await community.types("U1", "settings forget yes")
    await community.settle()
    assert SECRET not in "".join(community.chat.texts())
    assert SECRET not in await everything(community)


async def test_words_that_the_platform_refused_are_forgotten_too(community: Community) -> None:
    await community.open(2)
    community.chat.will(Refused("msg_blocked"), on="contribution")
    await community.types("U1", f"idea {SECRET}")
    await deliver_notices(community.ports)
    await community.types("U1", "settings forget yes")
    await community.settle()
    assert SECRET not in await everything(community)


async def test_who_withdrew_before_can_be_forgotten_still(cop: Community) -> None:
    await cop.types("U1", "withdraw #3 yes")
    await cop.settle()
    assert "3 contributions" in await cop.types("U1", "settings forget yes")
    assert "nothing of yours" in await cop.types("U1", "settings forget yes")


@EMBEDDED
async def test_neither_the_roster_nor_a_late_delivery_brings_back_who_was_forgotten(cop: Community) -> None:
    first = await cop.kept(1)
    await cop.types("U1", "settings forget yes")
    cop.clock.move(2 * DAY)
    await look_around(cop.ports)
    assert await cop.says("U1", f"An idea about {SECRET}", message=first.message, at=first.posted_at) is None
    held = await everything(cop)
    assert SECRET not in held
    assert "Amina" not in held


@EMBEDDED
async def test_after_two_years_nothing_of_a_programme_is_kept(cop: Community) -> None:
    await cop.until(CLOSES + 8 * DAY)
    end = CLOSES + 7 * DAY
    cop.clock.move_to(end + timedelta(days=730) - HOUR)
    assert await purge_record(cop.ports) == []
    cop.clock.move_to(end + timedelta(days=730))
    assert await purge_record(cop.ports) == ["power"]
    held = await everything(cop)
    for word in (SECRET, "Amina", "Carla", "donors"):
        assert word not in held


async def test_a_purge_leaves_what_is_still_running_alone(cop: Community) -> None:
    before = await everything(cop)
    assert await purge_record(cop.ports) == []
    assert await everything(cop) == before
    assert len(await cop.rows(Programme)) == 1


async def test_a_purge_on_every_database_takes_all_that_hangs_on_the_programme(cop: Community) -> None:
    await cop.until(CLOSES + 8 * DAY)
    cop.clock.move_to(CLOSES + timedelta(days=1000))
    assert await purge_record(cop.ports) == ["power"]
    assert await cop.rows(Contribution) == []
    assert await cop.notices() == []


@EMBEDDED
async def test_whoever_is_in_no_place_and_has_said_nothing_is_forgotten(cop: Community) -> None:
    cop.chat.present["C1"].remove("U4")
    cop.clock.move(HOUR)
    await look_around(cop.ports)
    await purge_record(cop.ports)
    assert "U4" not in {member.platform_id for member in await cop.rows(Member)}
    assert "U3" in {member.platform_id for member in await cop.rows(Member)}


async def test_the_export_has_every_contribution_with_all_that_identifies_it(cop: Community) -> None:
    await cop.contributes("U4", "#1 is true", thread="m1")
    await cop.types("U1", "withdraw #2 yes")
    lines = [json.loads(line) async for line in export_record(cop.ports.reading, "power")]
    by_number = {line["number"]: line for line in lines}
    assert sorted(by_number) == [1, 2, 3, 4, 5, 6]
    feedback, gone = by_number[6], by_number[2]
    assert (feedback["kind"], feedback["parent"], feedback["place"], feedback["thread"]) == ("feedback", 1, "C1", "m1")
    assert (feedback["late"], feedback["member"]) == (False, "U4")
    assert datetime.fromisoformat(feedback["posted_at"]) == cop.clock.now()
    assert (gone["withdrawn"], gone["text"], gone["links"], gone["files"]) == (True, "", [], [])


@EMBEDDED
async def test_the_export_of_a_programme_that_does_not_exist_names_those_that_do(cop: Community) -> None:
    with pytest.raises(OperatorMistake, match="power"):
        _ = [line async for line in export_record(cop.ports.reading, "peace")]
    assert len([line async for line in export_record(cop.ports.reading, None)]) == 5
