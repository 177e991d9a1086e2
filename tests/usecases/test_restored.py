"""A deletion that is undone, where the platform can."""

from itertools import permutations

import pytest
from support.community import Community

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.post import Change, Post
from cop_bot.usecases.record.record_posts import record_posts


@pytest.fixture
async def cop(community: Community) -> Community:
    """A community whose first session is open."""
    await community.open()
    return community


def said(community: Community, change: Change, text: str = "", stamp: str = "") -> Post:
    return community.post("U1", text, message="m1", change=change, edited=stamp)


async def test_an_undone_deletion_brings_the_words_back_under_the_same_number(cop: Community) -> None:
    kept = await cop.contributes("U1", "An idea", message="m1")
    await record_posts(cop.ports, [said(cop, Change.DELETED, stamp="t1")])
    await record_posts(cop.ports, [said(cop, Change.RESTORED, "An idea", stamp="t2")])
    [row] = await cop.rows(Contribution, Contribution.message == "m1")
    assert (row.text, row.number, row.withdrawn_at) == ("An idea", kept.number, None)


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_in_whatever_order_they_come_the_last_word_holds(cop: Community, order: tuple[int, ...]) -> None:
    posts = [
        said(cop, Change.NEW, "An idea"),
        said(cop, Change.DELETED, stamp="t1"),
        said(cop, Change.RESTORED, "An idea", stamp="t2"),
    ]
    for index in (*order, *order):
        await record_posts(cop.ports, [posts[index]])
    [row] = await cop.rows(Contribution, Contribution.message == "m1")
    assert (row.text, row.withdrawn_at) == ("An idea", None)
    assert row.number is not None
    assert row.member_id is not None


async def test_what_a_person_withdrew_is_not_restored(cop: Community) -> None:
    await cop.contributes("U1", "An idea", message="m1")
    [row] = await cop.rows(Contribution, Contribution.message == "m1")
    await cop.types("U1", f"withdraw #{row.number} yes")
    await record_posts(cop.ports, [said(cop, Change.RESTORED, "An idea", stamp="t9")])
    [row] = await cop.rows(Contribution, Contribution.message == "m1")
    assert row.text == ""


async def test_what_was_deleted_and_then_forgotten_is_not_restored(cop: Community) -> None:
    await cop.contributes("U1", "An idea", message="m1")
    await record_posts(cop.ports, [said(cop, Change.DELETED, stamp="t1")])
    await cop.contributes("U1", "Another one")
    await cop.types("U1", "settings forget yes")
    await record_posts(cop.ports, [said(cop, Change.RESTORED, "An idea", stamp="t2")])
    [row] = await cop.rows(Contribution, Contribution.message == "m1")
    assert (row.text, row.member_id) == ("", None)
