"""Edits and deletions come in any order and however often; the record ends the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.community import EMBEDDED, PLACE, Community, ports_on
from support.fake_chat import FakeChat
from support.hand_clock import HandClock

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.post import Change, Post
from cop_bot.store.engine import connect
from cop_bot.usecases.record.record_posts import record_posts

STEPS = ("new", "edit1", "edit2", "delete")
_messages = count(1)


@st.composite
def deliveries(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Some of what happened to a message, each at least once, shuffled, in batches."""
    happened = draw(st.sets(st.sampled_from(STEPS), min_size=1))
    again = draw(st.lists(st.sampled_from(sorted(happened)), max_size=4))
    order = draw(st.permutations([*sorted(happened), *again]))
    cut = draw(st.integers(0, len(order)))
    together = draw(st.booleans())
    return [tuple(order[:cut]), tuple(order[cut:])] if together else [(one,) for one in order]


def step(community: Community, name: str, message: str) -> Post:
    """One thing that happened to this message."""
    post = community.post("U1", "First words", message=message)
    match name:
        case "edit1":
            return replace(post, text="question: second words", edited="100.1", change=Change.EDITED)
        case "edit2":
            return replace(
                post, text="Third words?", edited="100.2", change=Change.EDITED, links=("https://example.org",)
            )
        case "delete":
            return replace(post, text="", change=Change.DELETED)
    return post


@EMBEDDED
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=deliveries())
async def test_whatever_the_order_a_message_ends_in_the_same_row(
    community: Community, batches: list[tuple[str, ...]]
) -> None:
    if not await community.sessions():
        await community.open()
    message = f"m{next(_messages)}"
    for batch in batches:
        await record_posts(community.ports, [step(community, name, message) for name in batch])
    (row,) = await community.rows(Contribution, Contribution.message == message)
    happened = {name for batch in batches for name in batch}
    if "delete" in happened:
        assert (row.text, row.links, row.is_withdrawn) == ("", [], True)
    elif "edit2" in happened:
        assert (row.text, row.kind.value, row.links) == ("Third words?", "question", ["https://example.org"])
    elif "edit1" in happened:
        assert (row.text, row.kind.value) == ("second words", "question")
    else:
        assert (row.text, row.kind.value) == ("First words", "idea")


@EMBEDDED
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_is_delivered_again_numbers_have_no_doubles_and_no_gaps(
    community: Community, data: st.DataObject
) -> None:
    if not await community.sessions():
        await community.open()
    names = [f"x{next(_messages)}" for _ in range(4)]
    order = data.draw(st.lists(st.sampled_from(names), min_size=4, max_size=12))
    before = len(await community.rows(Contribution))
    await record_posts(community.ports, [step(community, "new", name) for name in order])
    rows = await community.rows(Contribution)
    assert len(rows) == before + len(set(order))
    assert sorted(row.number or 0 for row in rows) == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("change", [Change.NEW, Change.EDITED])
async def test_two_replicas_that_record_the_same_posts_at_once_keep_each_once(
    postgres_url: str, clock: HandClock, chat: FakeChat, change: Change
) -> None:
    import asyncio

    databases = [connect(postgres_url), connect(postgres_url)]
    try:
        replicas = [ports_on(database, clock, chat, owner=f"p{n}") for n, database in enumerate(databases)]
        community = Community(replicas[0], clock, chat)
        await community.open()
        posts = [community.post(f"U9{n}", f"Post {n}", change=change, edited="1") for n in range(20)]
        deliveries = [record_posts(ports, [post]) for post in posts for ports in replicas]
        failures = [f for f in await asyncio.gather(*deliveries, return_exceptions=True) if isinstance(f, Exception)]
        assert failures == []
        rows = await community.rows(Contribution)
        assert sorted(row.number or 0 for row in rows) == list(range(1, 21))
        assert {row.message for row in rows} == {post.message for post in posts}
        assert all(post.place == PLACE for post in posts)
    finally:
        for database in databases:
            await database.close()
