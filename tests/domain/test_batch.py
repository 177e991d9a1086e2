"""What becomes of posts that are recorded together: decisions without any database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from cop_bot.domain.batch import Batch, Known, Moment
from cop_bot.domain.contribution import Contribution, Kind, Mark
from cop_bot.domain.post import Change, Post
from cop_bot.domain.session import Session, SessionState
from cop_bot.domain.wording import Manner

HOUR = timedelta(hours=1)
OPENS = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOW = OPENS + 30 * HOUR
SESSION = Session(
    id=5,
    programme_id=2,
    place_id=1,
    position=1,
    slug="trust",
    opens_at=OPENS,
    closes_at=OPENS + 336 * HOUR,
    state=SessionState.OPEN,
)
BEFORE = OPENS - HOUR


def batch(*, kept: dict[tuple[int, str], Contribution] | None = None, early: tuple[Contribution, ...] = ()) -> Batch:
    known = Known({1: [SESSION]}, kept or {}, {}, early, Manner({"question": Kind.QUESTION}))
    return Batch(Moment(NOW, NOW, lambda wall: wall), known)


def post(message: str = "m1", text: str = "An idea", **more: object) -> Post:
    return Post("console", "C1", message, "U1", **({"at": OPENS + HOUR, "text": text} | more))  # type: ignore[arg-type]  # whatever a case sets


def written(taken: Batch, *, first: int = 1) -> list[Contribution]:
    """As the use case writes it, without a record."""
    taken.identify(dict.fromkeys(taken.authors, 9))
    for programme in taken.wanted:
        taken.number(programme, first)
    taken.adopt()
    return [fresh.contribution for fresh in taken.fresh]


def test_posts_get_numbers_in_their_order() -> None:
    taken = batch()
    for name in ("m1", "m2", "m3"):
        taken.take(1, post(name, f"Idea {name}"))
    assert [(c.number, c.text, c.member_id) for c in written(taken, first=7)] == [
        (7, "Idea m1", 9),
        (8, "Idea m2", 9),
        (9, "Idea m3", 9),
    ]
    assert {c.mark for c in written(taken)} == {Mark.WANTED}


def test_nothing_is_left_of_a_post_outside_every_session() -> None:
    taken = batch()
    taken.take(1, post(at=BEFORE))
    taken.take(4, post())
    assert (taken.fresh, taken.changed, taken.wanted, taken.authors) == ([], [], {}, set())


@pytest.mark.parametrize(("text", "kept"), [("", False), ("   ", False), ("x", True)])
def test_a_post_without_anything_in_it_is_not_kept(text: str, kept: bool) -> None:
    taken = batch()
    taken.take(1, post(text=text))
    assert bool(taken.fresh) is kept


def test_a_prefix_chooses_the_kind_and_goes() -> None:
    taken = batch()
    taken.take(1, post(text="Question: who decides"))
    (contribution,) = written(taken)
    assert (contribution.kind, contribution.text) == (Kind.QUESTION, "who decides")


def test_what_a_person_chose_stays_whatever_the_text_says_later() -> None:
    taken = batch()
    taken.take(1, post(), Kind.RESOURCE)
    taken.take(1, post(text="Question: is it?", edited="2"))
    (contribution,) = written(taken)
    assert (contribution.kind, contribution.text) == (Kind.RESOURCE, "is it?")


def test_an_edit_of_what_is_kept_is_a_change_and_no_number() -> None:
    kept = written(_taken(post()))[0]
    taken = batch(kept={(1, "m1"): kept})
    taken.take(1, post(text="A better idea", edited="2"))
    assert (taken.fresh, taken.wanted) == ([], {})
    assert [(c.number, c.text) for c in taken.changed] == [(1, "A better idea")]


@pytest.mark.parametrize("edited", ["", "1"])
def test_a_delivery_again_or_one_that_says_the_same_changes_nothing(edited: str) -> None:
    kept = written(_taken(post()))[0]
    taken = batch(kept={(1, "m1"): kept})
    taken.take(1, post(edited=edited))
    assert (taken.fresh, taken.changed) == ([], [])


def test_a_deletion_that_comes_first_leaves_a_row_without_number_or_words() -> None:
    taken = batch()
    taken.take(1, post(change=Change.DELETED, text=""))
    taken.take(1, post())
    (contribution,) = written(taken)
    assert (contribution.number, contribution.text, contribution.is_tombstone) == (None, "", True)
    assert (taken.wanted, taken.authors) == ({}, set())


def test_a_deletion_erases_the_words_of_what_was_kept() -> None:
    kept = written(_taken(post()))[0]
    taken = batch(kept={(1, "m1"): kept})
    taken.take(1, post(change=Change.DELETED, text="", edited="2"))
    assert [(c.number, c.text, c.is_withdrawn) for c in taken.changed] == [(1, "", True)]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_in_whichever_order_a_post_its_edit_and_its_deletion_come_it_is_gone(order: tuple[int, ...]) -> None:
    several = (post(), post(text="Better", edited="2"), post(change=Change.DELETED, text="", edited="3"))
    taken = batch()
    for at in order:
        taken.take(1, several[at])
    (contribution,) = written(taken)
    assert (contribution.text, contribution.is_withdrawn) == ("", True)


@pytest.mark.parametrize("order", list(permutations(range(2))), ids=str)
def test_in_whichever_order_a_post_and_its_reply_come_the_reply_is_feedback_on_it(order: tuple[int, ...]) -> None:
    several = (post(), post("m2", "I agree with all of it", thread="m1", at=OPENS + 2 * HOUR))
    taken = batch()
    for at in order:
        taken.take(1, several[at])
    by_message = {c.message: c for c in written(taken)}
    assert (by_message["m2"].kind, by_message["m2"].parent) == (Kind.FEEDBACK, by_message["m1"].number)


def test_a_reply_recorded_before_its_root_finds_it_later() -> None:
    (reply,) = written(_taken(post("m2", "I agree with all of it", thread="m1")))
    taken = batch(early=(reply,))
    taken.take(1, post())
    written(taken, first=2)
    assert (reply.kind, reply.parent) == (Kind.FEEDBACK, 2)


def test_a_time_that_is_not_exact_counts_as_on_time_if_it_may_have_been() -> None:
    at_once = Batch(Moment(OPENS + timedelta(seconds=30), OPENS, lambda wall: wall), Known({1: [SESSION]}))
    at_once.take(1, post(at=OPENS - timedelta(seconds=1), give=timedelta(seconds=60)))
    assert [fresh.contribution.late for fresh in at_once.fresh] == [False]


def _taken(one: Post) -> Batch:
    taken = batch()
    taken.take(1, one)
    return taken
