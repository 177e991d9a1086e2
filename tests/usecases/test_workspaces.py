"""Two workspaces of one platform, with the same ids for their channels and people: neither ever sees the other."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import inspect as inspected
from sqlmodel import SQLModel
from support.community import CLOSES, EMBEDDED, Community, ports_on
from support.fake_chat import FakeChat
from support.hand_clock import HandClock

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.member import Member
from cop_bot.domain.place import Place
from cop_bot.domain.tables import TABLES
from cop_bot.domain.workspace import Workspace
from cop_bot.store import queries
from cop_bot.store.engine import Database
from cop_bot.usecases.people.sign_in import sign_in
from handlers.commands.dispatch import VERBS

OURS, THEIRS = "Let partners in the South chair the budget meeting", "zanzibar is what the others speak of"

SCOPES = {
    "about",
    "anchor",
    "audience",
    "contribution_id",
    "contributions",
    "ids",
    "keys",
    "key",
    "member_id",
    "notice_id",
    "objections",
    "part_id",
    "part_ids",
    "place_id",
    "place_ids",
    "programme_id",
    "programme_ids",
    "publication_id",
    "reminder_id",
    "row",
    "session_id",
    "subject",
    "use",
    "wanted",
    "workspace_id",
}
"""What a query is given that lies within one workspace."""

ACROSS = {
    "answers.tokens_of_day": "the operator's cap is for all that the operator pays",
    "contributions.to_mark": "a loop; each row has its place",
    "identity.anchor": "the database's own",
    "identity.must_be_writable": "the database's own",
    "identity.take_turns": "the database's own",
    "notices.deliverable": "a loop; each row has its place or its member",
    "notices.first_of": "from a notice of the loop",
    "notices.oldest_pending": "health",
    "people.places_in_use": "a loop; each row is a place",
    "people.unknown_facilitators": "a loop; each row has its programme",
    "programmes.openings_without_link": "all that are open; each is asked of its own place's platform",
    "programmes.due": "a loop; each row is a programme",
    "programmes.every": "the operator's purge and export",
    "programmes.next_moment": "the demo's clock",
    "publications.stale": "a loop; each row has its place or its member",
    "summaries.next_wanted": "a loop; each row has its programme",
    "workspaces.begin": "which workspace it is",
    "workspaces.of_platform": "which workspace it is",
}


def test_every_query_is_within_a_workspace_or_named_here_with_its_reason() -> None:
    across = set()
    for room in queries.__all__:
        module = getattr(queries, room)
        for name, function in inspect.getmembers(module, inspect.iscoroutinefunction):
            is_query = function.__module__ == module.__name__ and not name.startswith("_")
            if is_query and not SCOPES & set(inspect.signature(function).parameters):
                across.add(f"{room}.{name}")
    assert across == set(ACROSS)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_table_reaches_its_workspace(table: type[SQLModel]) -> None:
    reached: set[Any] = {inspected(table).local_table}
    while more := {key.column.table for one in reached for key in one.foreign_keys} - reached:
        reached |= more
    assert "workspace" in {one.name for one in reached} or table.__name__ == "Anchor", "the database's own"


@pytest.fixture
async def both(database: Database) -> tuple[Community, Community]:
    """Our workspace and theirs in one database, each with its own process, channel and people of the same ids."""
    clock = HandClock()
    ours = Community(ports_on(database, clock, chat := FakeChat(clock)), clock, chat)
    await ours.open(2)
    async with database.unit() as unit:
        unit.add(Workspace(id=2, platform="console", platform_id="theirs"))
    others = FakeChat(clock)
    ports = replace(ports_on(database, clock, others, owner="other"), workspaces={"console": 2})
    theirs = Community(ports, clock, others)
    await theirs.begin(2)
    await theirs.settle()
    await ours.contributes("U1", OURS)
    await theirs.contributes("U1", THEIRS)
    await theirs.contributes("U3", f"{THEIRS} too")
    return ours, theirs


COMMANDS = [
    *VERBS,
    "find zanzibar",
    "withdraw #2 yes",
    "kind #2 question",
    "feedback #2 Not so",
    "summary draft 1",
    "facilitators add <@U4>",
    "facilitators remove <@U2> yes",
    "session extend 1d",
    "session close yes",
    "programme shift 7d yes",
    "summary object 1 Not so",
    "summary full",
    "settings off",
    "settings forget yes",
]


async def snapshot(cop: Community, workspace_id: int) -> str:
    """All that a workspace owns, as it is in the database."""
    held = list[str]()
    async with cop.ports.reading() as unit:
        for table in TABLES:
            rows = await cop.rows(table)
            held += [repr(row) for row in rows if await owner_of(unit, row) == workspace_id]
    return "\n".join(sorted(held))


async def owner_of(unit: object, row: object) -> int | None:
    """The workspace of a row, by the shortest way."""
    if (own := getattr(row, "workspace_id", None)) is not None:
        return int(own)
    if isinstance(row, Workspace):
        return row.id
    ways = {"place_id": Place, "member_id": Member, "contribution_id": Contribution}
    for column, table in ways.items():
        if (points := getattr(row, column, None)) is not None:
            return await owner_of(unit, await unit.get(table, points))  # type: ignore[attr-defined]  # a session
    from cop_bot.domain.programme import Programme

    points = getattr(row, "programme_id", None)
    return await owner_of(unit, await unit.get(Programme, points)) if points else None  # type: ignore[attr-defined]


@pytest.mark.parametrize("when", ["while the session is open", "after its summary"])
async def test_whatever_is_typed_touches_and_tells_nothing_of_the_others(
    both: tuple[Community, Community], when: str
) -> None:
    ours, theirs = both
    if when == "after its summary":
        await ours.until(CLOSES)
        await theirs.settle()
    before, said = await snapshot(theirs, 2), [one.message for one in theirs.chat.said]
    for who in ("U2", "U1"):
        for command in COMMANDS:
            for place in ("C1", None):
                assert "zanzibar" not in await ours.types(who, command, place=place) or command == "find zanzibar"
    await ours.settle()
    assert "zanzibar" not in "".join(ours.chat.texts())
    assert await snapshot(theirs, 2) == before
    assert [one.message for one in theirs.chat.said] == said


async def test_posts_with_the_same_ids_are_kept_apart(both: tuple[Community, Community]) -> None:
    ours, theirs = both
    kept = await ours.contributes("U1", "The same message id", message="same")
    other = await theirs.contributes("U1", "In the other workspace", message="same")
    assert kept.programme_id != other.programme_id
    assert kept.member_id != other.member_id
    await ours.deletes(kept)
    assert {row.text for row in await ours.rows(Contribution, Contribution.message == "same")} == {
        "",
        "In the other workspace",
    }


async def test_loops_speak_to_each_workspace_through_its_own_process(both: tuple[Community, Community]) -> None:
    ours, theirs = both
    ours.clock.move_to(CLOSES)
    for _ in range(3):
        await ours.settle()
        await theirs.settle()
    assert "zanzibar" not in "".join(ours.chat.texts())
    assert OURS not in "".join(theirs.chat.texts())
    assert len(theirs.chat.keyed("/summary/")) == 1
    assert len(ours.chat.keyed("/summary/")) == 1


@EMBEDDED
async def test_the_first_sign_in_is_kept_and_another_workspace_refused(community: Community) -> None:
    assert await sign_in(community.ports) is False
    community.chat.team = "T1"
    for _ in range(2):
        assert await sign_in(community.ports) is True
    assert [row.platform_id for row in await community.rows(Workspace)] == ["T1"]
    community.chat.team = "T2"
    with pytest.raises(OperatorMistake, match=r"another workspace of console \(T1\).*T2"):
        await sign_in(community.ports)
    community.chat.down = True
    assert await sign_in(community.ports) is False
