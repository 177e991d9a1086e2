"""A table that comes later ("members may vote") is erased, purged and exported by the map alone."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Column, ForeignKey, inspect
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel
from support.community import CLOSES, DAY, Community

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.erasure import ERASURE, Fate, Pointer, Purge, Rule, To
from cop_bot.domain.member import Member
from cop_bot.store.engine import Database
from cop_bot.store.erasure import table_of
from cop_bot.usecases.admin.purge_record import purge_record
from cop_bot.usecases.exports.export_record import export_record


class _Base(SQLModel, registry=registry()):
    """Tables of this file alone: the schema of the bot does not learn of them."""


def _points_to(table: type[SQLModel]) -> Column[int]:
    target = inspect(table).local_table.columns["id"]
    return Column(ForeignKey(target, ondelete="CASCADE"), primary_key=True)


class Vote(_Base, table=True):
    """A member finds a contribution worth more."""

    contribution_id: int = Field(sa_column=_points_to(Contribution))
    member_id: int = Field(sa_column=_points_to(Member))
    cast_at: datetime


RULE = Rule(
    Purge.WITH_PROGRAMME,
    (
        Pointer("contribution_id", To.CONTRIBUTION, Fate.ROW_GOES, export="votes"),
        Pointer("member_id", To.MEMBER, Fate.ROW_GOES),
    ),
)


@pytest.fixture
async def cop(community: Community, database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Community]:
    """Amina and Carla have contributed, and each has voted for both."""
    assert isinstance(ERASURE, dict)
    monkeypatch.setitem(ERASURE, Vote, RULE)
    table = table_of(Vote)
    async with database.writer.begin() as connection:
        await connection.run_sync(table.create)
    await community.open(2)
    await community.contributes("U1", "An idea of Amina's")
    await community.contributes("U3", "An idea of Carla's")
    async with community.ports.unit() as unit:
        for kept in await community.rows(Contribution):
            for who in ("U1", "U3"):
                member = await community.member(who)
                row = Vote(contribution_id=known(kept.id), member_id=known(member.id), cast_at=community.clock.now())
                unit.add(row)
    yield community
    async with database.writer.begin() as connection:
        await connection.run_sync(table.drop)


async def votes(cop: Community) -> list[tuple[int, str]]:
    """(number of the contribution, who voted for it)."""
    numbers = {row.id: row.number or 0 for row in await cop.rows(Contribution)}
    people = {row.id: row.platform_id for row in await cop.rows(Member)}
    return sorted((numbers[vote.contribution_id], people[vote.member_id]) for vote in await cop.rows(Vote))


async def test_forgetting_takes_the_votes_of_the_member_and_those_on_their_contributions(cop: Community) -> None:
    assert len(await votes(cop)) == 4
    await cop.types("U1", "settings forget yes")
    assert await votes(cop) == [(2, "U3")]


@pytest.mark.parametrize("how", ["withdraw #1 yes", "deletion"])
async def test_withdrawing_takes_the_votes_on_it(cop: Community, how: str) -> None:
    if how == "deletion":
        await cop.deletes(await cop.kept(1))
    else:
        await cop.types("U1", how)
    assert await votes(cop) == [(2, "U1"), (2, "U3")]


async def test_a_purge_takes_them_with_the_programme(cop: Community) -> None:
    await cop.until(CLOSES + 8 * DAY)
    cop.clock.move_to(CLOSES + timedelta(days=1000))
    assert await purge_record(cop.ports) == ["power"]
    assert await cop.rows(Vote) == []


async def test_the_export_has_them_with_their_contribution(cop: Community) -> None:
    lines = [json.loads(line) async for line in export_record(cop.ports.reading, "power")]
    first = next(line for line in lines if line["number"] == 1)
    assert [vote["member"] for vote in first["votes"]] == ["U1", "U3"]
    assert all(datetime.fromisoformat(vote["cast_at"]) == cop.clock.now() for vote in first["votes"])
    assert "contribution_id" not in json.dumps(first)
