"""Who asks to be forgotten leaves no word behind; nothing is kept longer than promised; the record can be read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, PLACE, Community, plan
from support.fake_model import FakeModel

from cop_bot.domain import brief as briefs
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.member import Member
from cop_bot.domain.model_answer import ModelAnswer, TokenUse
from cop_bot.domain.notice import Notice
from cop_bot.domain.objection import Objection
from cop_bot.domain.place import Presence
from cop_bot.domain.programme import Programme
from cop_bot.domain.summary import Summary
from cop_bot.domain.tables import METADATA
from cop_bot.ports import Refused
from cop_bot.store.answers import StoredAnswers
from cop_bot.usecases.admin.purge_record import purge_record
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.exports.export_record import export_record
from cop_bot.usecases.people import sync_places as sync_places_module
from cop_bot.usecases.people.forget_member import count_objections
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.plan_programme import plan_programme
from cop_bot.usecases.programme.run_due import run_due
from cop_bot.usecases.summaries.write_summary import summarise_next

SECRET = "zanzibar"


async def everything(community: Community) -> str:
    """All that the database holds, in one text."""
    held = []
    async with community.ports.reading() as unit:
        for table in METADATA.sorted_tables:
            held += [f"{table.name} {tuple(row)}" for row in await unit.execute(select(table))]
    return "\n".join(held)


def with_kept_answers(community: Community) -> FakeModel:
    """A model that keeps what it answers in the record."""
    ports = community.ports
    model = FakeModel(answers=StoredAnswers(ports.unit, ports.reading, ports.clock))
    community.with_model(model)
    return model


async def line_with(community: Community, words: str) -> int:
    """The number of the line of the first session's summary that contains these words."""
    summary = (await community.rows(Summary, Summary.session_id == 1))[-1]
    lines = briefs.from_json(summary.content).lines()
    return next(number for number, line in enumerate(lines, start=1) if words in line.text)


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


@pytest.mark.parametrize("how", ["settings forget yes", "withdraw #1 yes", "deletion"])
async def test_neither_a_models_answers_nor_objections_repeat_what_was_erased(community: Community, how: str) -> None:
    with_kept_answers(community)
    await community.open(2)
    kept = await community.contributes("U1", f"An idea about {SECRET}")
    await community.contributes("U3", "An idea of Carla's about donors who carry risk")
    await community.until(CLOSES)
    assert SECRET in repr(await community.rows(ModelAnswer))
    line = await line_with(community, SECRET)
    await community.types("U3", f"summary object {line} Only half of it is true")
    await community.settle()
    assert SECRET in repr(await community.rows(Objection))
    if how == "deletion":
        await community.deletes(kept)
    else:
        await community.types("U1", how)
    assert SECRET not in repr(await community.rows(ModelAnswer))
    await community.settle()
    assert SECRET not in await everything(community)
    assert SECRET not in "".join(community.chat.texts(place="C1"))
    assert "Only half of it is true" in await everything(community)


@pytest.mark.parametrize("settled", [True, False], ids=["told", "not told yet"])
async def test_what_a_forgotten_member_objected_is_gone_too(cop: Community, settled: bool) -> None:
    await cop.until(CLOSES)
    line = await line_with(cop, "donors who carry risk")
    await cop.types("U1", f"summary object {line} I would call it {SECRET} rather")
    amina = (await cop.member("U1")).id or 0
    assert await count_objections(cop.ports, amina) == 1
    if settled:
        await cop.settle()
        assert f"call it {SECRET}" in "".join(cop.chat.texts(place="C1"))
    await cop.types("U1", "settings forget yes")
    await cop.settle()
    held = await everything(cop)
    assert SECRET not in held
    assert "Amina" not in held
    assert SECRET not in "".join(cop.chat.texts(place="C1"))
    (objection,) = await cop.rows(Objection)
    assert (objection.member_id, objection.text, objection.is_withdrawn) == (None, "", True)
    assert await count_objections(cop.ports, amina) == 0


async def test_what_a_forgotten_facilitator_answered_is_gone_too(cop: Community) -> None:
    await cop.until(CLOSES)
    async with cop.ports.unit() as unit:
        summary = (await cop.rows(Summary))[0]
        objection = Objection.made(summary, 1, "A line", [5], "Not so", (await cop.member("U3")).id or 0, CLOSES)
        objection.reply(f"Think of {SECRET}", (await cop.member("U2")).id or 0, CLOSES)
        unit.add(objection)
    await cop.types("U2", "settings forget yes")
    (kept,) = await cop.rows(Objection)
    assert (kept.text, kept.answer, kept.answered_by, kept.answered_at) == ("Not so", "", None, None)


async def test_an_answer_that_arrives_after_the_erasure_is_not_kept(community: Community) -> None:
    model = with_kept_answers(community)
    model.hold = asyncio.Event()
    await community.open(2)
    await community.contributes("U1", f"An idea about {SECRET}")
    await community.contributes("U3", "An idea of Carla's about donors who carry risk")
    community.clock.move_to(CLOSES)
    await run_due(community.ports)
    writing = asyncio.create_task(summarise_next(community.ports))
    await model.reached.wait()
    await community.types("U1", "settings forget yes")
    model.hold.set()
    await writing
    await community.settle()
    assert SECRET not in await everything(community)
    assert "donors who carry risk" in community.chat.keyed("session/1/summary")[0].text


@EMBEDDED
async def test_answers_of_a_model_are_kept_for_thirty_days(community: Community) -> None:
    with_kept_answers(community)
    await community.open(2)
    await community.contributes("U1", "An idea")
    await community.until(CLOSES)
    community.clock.move(timedelta(days=29))
    await purge_record(community.ports)
    assert len(await community.rows(ModelAnswer)) == 1
    community.clock.move(timedelta(days=2))
    await purge_record(community.ports)
    assert await community.rows(ModelAnswer) == []
    assert len(await community.rows(TokenUse)) == 1, "what it has cost is still known"


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
    await sync_places(cop.ports)
    assert await cop.says("U1", f"An idea about {SECRET}", message=first.message, at=first.posted_at) is None
    held = await everything(cop)
    assert SECRET not in held
    assert "Amina" not in held


async def test_the_roster_can_be_read_while_members_whom_nothing_holds_are_purged(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = community.ports

    @asynccontextmanager
    async def purged_after() -> AsyncIterator[AsyncSession]:
        async with ports.unit() as unit:
            yield unit
        await purge_record(ports)

    monkeypatch.setattr(sync_places_module, "AT_ONCE", 2)
    await plan_programme(ports, plan(3))
    await sync_places(replace(ports, unit=purged_after))
    there = {member.id for member in await community.rows(Member)}
    assert len(there) == len(community.chat.present[PLACE])
    assert {row.member_id for row in await community.rows(Presence)} == there


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
    await cop.until(CLOSES + DAY)
    line = await line_with(cop, "donors who carry risk")
    await cop.types("U1", f"summary object {line} Not at all")
    await cop.settle()
    answers = StoredAnswers(cop.ports.unit, cop.ports.reading, cop.clock)
    await answers.spend("session/1", 10, 1)
    await answers.keep("a" * 64, SECRET, subject="session/1", numbers=[1])
    await cop.until(CLOSES + 8 * DAY)
    cop.clock.move_to(CLOSES + timedelta(days=1000))
    assert await purge_record(cop.ports) == ["power"]
    for table in (Contribution, Objection, ModelAnswer, TokenUse, Summary, Notice):
        assert await cop.rows(table) == [], table


@EMBEDDED
async def test_whoever_is_in_no_place_and_has_said_nothing_is_forgotten(cop: Community) -> None:
    cop.chat.present["C1"].remove("U4")
    cop.clock.move(HOUR)
    await sync_places(cop.ports)
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


async def test_after_one_is_forgotten_no_more_people_are_counted_than_are_left(community: Community) -> None:
    await community.open()
    for who in ("U1", "U2", "U4"):
        await community.contributes(who, f"Let partners chair the budget meeting, says {who}")
    await community.until(CLOSES)
    for _ in range(3):
        await community.go(MINUTE)
    (summary,) = community.chat.keyed("session/1/summary")
    assert "3 people" in summary.text
    await community.types("U4", "settings forget yes")
    for _ in range(3):
        await community.go(MINUTE)
    (summary,) = community.chat.keyed("session/1/summary/1")
    assert "3 people" not in summary.text
    assert "2 people" in summary.text
