"""What every database promises to the use cases: the same queries, the same answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from support.community import CLOSES, OPENS, Community

from cop_bot.domain.anchor import Anchor
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.member import Member
from cop_bot.domain.message import Message, Paragraph, Words
from cop_bot.domain.notice import Notice
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.store import queries
from cop_bot.store.workspaces import workspace_of


@pytest.fixture
async def cop(community: Community) -> Community:
    await community.open()
    await community.contributes("U1", "An IDEA about 100% of the_budget")
    return community


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("idea", True),
        ("IDEA budget", True),
        ("100%", True),
        ("the_budget", True),
        ("the%budget", False),
        ("x_budget", False),
    ],
)
async def test_a_search_ignores_case_and_knows_no_wildcards(cop: Community, words: str, found: bool) -> None:
    assert ("IDEA about" in await cop.types("U2", f"find {words}")) is found


async def test_text_of_every_script_comes_back_as_it_was(cop: Community) -> None:
    text = "Ὀδυσσεύς — 誰が決める — مَن يقرر — 👩‍👩‍👧‍👦 — \u202e \\ ' \" %s"
    await cop.contributes("U1", text)
    assert (await cop.kept(2)).text == text


async def test_a_message_is_one_row_of_its_place(cop: Community) -> None:
    async def again() -> None:
        async with cop.ports.unit() as unit:
            (row,) = await queries.contributions.of_session(unit, 1)
            unit.add(Contribution(**row.model_dump(exclude={"id", "number"})))

    with pytest.raises(IntegrityError):
        await again()


async def test_a_key_is_used_for_one_notice_only(cop: Community) -> None:
    async def twice() -> None:
        async with cop.ports.unit() as unit:
            said = Message((Paragraph((Words("a"),)),))
            key = NoticeKey("d0", "k", NoticeKind.OPENING)
            unit.add_all([Notice.to_place(key, 1, said, cop.clock.wall(), programme_id=None) for _ in range(2)])

    with pytest.raises(IntegrityError):
        await twice()


async def test_rows_that_point_nowhere_are_refused(cop: Community) -> None:
    async def nowhere() -> None:
        async with cop.ports.unit() as unit:
            unit.add(
                Notice(key="k", kind=NoticeKind.OPENING, audience="c", place_id=99, created_at=OPENS, not_before=OPENS)
            )

    with pytest.raises(IntegrityError):
        await nowhere()


async def test_words_that_no_enum_has_are_refused(cop: Community) -> None:
    from sqlalchemy import text

    async def odd() -> None:
        async with cop.ports.unit() as unit:
            await unit.execute(text("UPDATE contribution SET kind = 'poem'"))

    with pytest.raises(IntegrityError):
        await odd()


async def test_the_first_identity_of_a_database_holds(community: Community) -> None:
    first, second = Anchor.production(), Anchor.rehearsal(OPENS, CLOSES, 20160)
    async with community.ports.unit() as unit:
        assert (await queries.identity.drop_anchor(unit, first)).database_id == first.database_id
    async with community.ports.unit() as unit:
        assert (await queries.identity.drop_anchor(unit, second)).database_id == first.database_id


async def test_a_command_is_taken_once_and_again_when_its_lease_is_over(community: Community) -> None:
    wall = community.clock.wall()
    taken = []
    workspace_id = await workspace_of(community.ports, "console")
    for moment in (wall, wall, wall + timedelta(seconds=29), wall + timedelta(seconds=30)):
        async with community.ports.unit() as unit:
            taken.append(await queries.identity.take_command(unit, workspace_id, "k", moment))
    assert taken == [True, False, False, True]


async def test_counts_leave_out_what_is_withdrawn(cop: Community) -> None:
    second = await cop.contributes("U3", "Second")
    await cop.contributes("U3", "Third")
    await cop.deletes(second)
    async with cop.ports.reading() as unit:
        assert await queries.contributions.counts(unit, 1) == (2, 2)
        assert len(await queries.contributions.contributors(unit, 1)) == 2


async def test_moments_are_compared_as_moments(cop: Community) -> None:
    other_zone = OPENS.astimezone(tz=None)
    async with cop.ports.reading() as unit:
        assert len(await queries.contributions.sessions_around(unit, [1], other_zone, other_zone)) == 1
        assert (
            await queries.contributions.sessions_around(
                unit, [1], OPENS - timedelta(seconds=1), OPENS - timedelta(seconds=1)
            )
            == []
        )


async def test_microseconds_are_kept(cop: Community) -> None:
    at = datetime(2026, 3, 3, 8, 0, 0, 123456, tzinfo=UTC)
    await cop.contributes("U1", "Precisely", at=at)
    assert (await cop.kept(2)).posted_at == at


async def test_a_member_is_known_once_by_workspace_and_id(cop: Community) -> None:
    async def again() -> None:
        async with cop.ports.unit() as unit:
            unit.add(Member.known_as(1, "console", "U1"))

    with pytest.raises(IntegrityError):
        await again()
    elsewhere = await workspace_of(cop.ports, "slack")
    async with cop.ports.unit() as unit:
        unit.add(Member.known_as(elsewhere, "slack", "U1"))
