"""Each notice is said once, whatever becomes of an attempt."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, PLACE, SECOND, Community
from support.fake_chat import Fate
from support.killing import KilledError

from cop_bot.domain.message import Message, Paragraph, Words
from cop_bot.domain.notice import GIVE_UP, LEASE, OLD, SETTLE, Notice, NoticeState
from cop_bot.domain.notice_key import NoticeKey, NoticeKind
from cop_bot.ports import Later, Ref, Refused, To, Unknown
from cop_bot.usecases.delivery.deliver_notices import deliver_notices
from cop_bot.usecases.programme.run_due import run_due


def says(text: str) -> Message:
    return Message((Paragraph((Words(text),)),))


def key_of(key: str) -> NoticeKey:
    return NoticeKey("d0", key, NoticeKind.OPENING)


async def to_place(community: Community, *keys: str) -> None:
    """The bot decides to say this in the place."""
    async with community.ports.unit() as unit:
        for key in keys:
            notice = Notice.to_place(key_of(key), 1, says(key), community.clock.wall(), programme_id=None)
            notice.key = key
            unit.add(notice)


async def to_member(community: Community, key: str, member_id: int = 1) -> None:
    """The bot decides to say this to one member."""
    async with community.ports.unit() as unit:
        notice = Notice.to_member(key_of(key), member_id, says(key), community.clock.wall())
        notice.key = key
        unit.add(notice)


@pytest.fixture
async def place(community: Community) -> Community:
    """A community whose place is known; nothing is due."""
    await community.begin()
    return community


async def minutes(community: Community, many: int = 1) -> None:
    """So many minutes of wall time pass, with a look at the notices every quarter of a minute."""
    for _ in range(4 * many):
        await deliver_notices(community.ports)
        community.clock.move_wall(15 * SECOND)
    await deliver_notices(community.ports)


async def state(community: Community, key: str) -> NoticeState:
    (notice,) = await community.notices(key)
    return notice.state


TAKEN = [None, "lost answer"]
NOT_TAKEN = [
    "lost post",
    Unknown("503"),
    Later(timedelta(seconds=7), "ratelimited"),
    RuntimeError("ours"),
    ValueError(),
]


@EMBEDDED
@pytest.mark.parametrize("fate", [*TAKEN, *NOT_TAKEN], ids=str)
async def test_a_notice_is_said_once_whatever_becomes_of_the_first_attempt(place: Community, fate: Fate | None) -> None:
    if fate is not None:
        place.chat.will(fate)
    await to_place(place, "k")
    await minutes(place, 3)
    assert [said.key for said in place.chat.said] == ["k"]
    assert await state(place, "k") is NoticeState.SENT


@EMBEDDED
@pytest.mark.parametrize("second", [*TAKEN, *NOT_TAKEN], ids=str)
@pytest.mark.parametrize("first", ["lost answer", "lost post"])
async def test_a_second_failure_does_not_double_it_either(place: Community, first: Fate, second: Fate | None) -> None:
    place.chat.will(first, *([second] if second else []))
    await to_place(place, "k")
    await minutes(place, 6)
    assert [said.key for said in place.chat.said] == ["k"]


async def test_an_attempt_of_unknown_outcome_is_found_and_not_posted_again(place: Community) -> None:
    place.chat.will("lost answer")
    await to_place(place, "k")
    await minutes(place)
    assert place.chat.tried == ["k"]
    assert place.chat.looked == ["k"]
    (notice,) = await place.notices("k")
    assert (notice.sent_place, notice.sent_message) == (PLACE, place.chat.said[0].ref.message)


async def test_nobody_looks_before_the_platform_has_had_time_to_settle(place: Community) -> None:
    place.chat.blind_for = SETTLE - SECOND
    place.chat.will("lost answer")
    await to_place(place, "k")
    for _ in range(int(SETTLE / SECOND) - 1):
        await deliver_notices(place.ports)
        assert place.chat.looked == []
        place.clock.move_wall(SECOND)
    await minutes(place)
    assert len(place.chat.said) == 1


async def test_what_did_not_arrive_is_posted_again_after_a_look(place: Community) -> None:
    place.chat.will("lost post")
    await to_place(place, "k")
    await minutes(place)
    assert place.chat.looked == ["k"]
    assert place.chat.tried == ["k", "k"]


async def test_without_a_look_nothing_doubtful_is_posted_again(place: Community) -> None:
    place.chat.will("lost answer")
    await to_place(place, "k")
    await deliver_notices(place.ports)
    place.chat.down = True
    await minutes(place, 5)
    assert place.chat.tried == ["k"]
    place.chat.down = False
    await minutes(place, 16)
    assert (place.chat.tried, await state(place, "k")) == (["k"], NoticeState.SENT)


async def test_a_rate_limit_keeps_the_order_and_waits_as_long_as_it_was_told(place: Community) -> None:
    place.chat.will(Later(timedelta(seconds=30), "ratelimited"), on="first")
    await to_place(place, "first", "second", "third")
    await deliver_notices(place.ports)
    place.clock.move_wall(29 * SECOND)
    assert await deliver_notices(place.ports) == 0
    await minutes(place)
    assert [said.key for said in place.chat.said] == ["first", "second", "third"]
    assert place.chat.looked == []


async def test_while_one_conversation_waits_the_others_go_on(place: Community) -> None:
    place.chat.will(Later(timedelta(minutes=10), "ratelimited"), on="place")
    await to_place(place, "place/1", "place/2")
    await to_member(place, "member/1")
    await minutes(place)
    assert [said.key for said in place.chat.said] == ["member/1"]


async def test_what_is_doubtful_is_settled_before_anything_later_is_said_there(place: Community) -> None:
    place.chat.will("lost post", on="first")
    await to_place(place, "first", "second")
    await minutes(place, 2)
    assert [said.key for said in place.chat.said] == ["first", "second"]


async def test_two_posts_in_one_place_are_a_second_apart(place: Community) -> None:
    await to_place(place, "a", "b")
    assert [await deliver_notices(place.ports) for _ in range(3)] == [1, 0, 0]
    place.clock.move_wall(SECOND)
    assert await deliver_notices(place.ports) == 1


async def test_a_refusal_is_final_and_the_next_ones_are_said(place: Community) -> None:
    place.chat.will(Refused("msg_too_long"), on="bad")
    await to_place(place, "bad", "good")
    await minutes(place)
    assert [said.key for said in place.chat.said] == ["good"]
    (notice,) = await place.notices("bad")
    assert (notice.state, notice.last_error) == (NoticeState.FAILED, "msg_too_long")


async def test_a_member_who_cannot_be_reached_is_noted_and_not_hammered(place: Community) -> None:
    place.chat.will(Refused("user_disabled"))
    await to_member(place, "hello")
    await minutes(place, 2)
    assert place.chat.tried == ["hello"]
    unreachable = [member for member in (await place.member("U1"), await place.member("U2")) if member.unreachable]
    assert [member.unreachable for member in unreachable] == ["user_disabled"]


@pytest.mark.parametrize("fate", ["killed before", "killed after"])
async def test_a_process_killed_while_it_posts_is_followed_by_one_that_looks_first(
    place: Community, fate: Fate
) -> None:
    place.chat.will(fate)
    await to_place(place, "k")
    with pytest.raises(KilledError):
        await deliver_notices(place.ports)
    successor = replace(place.ports, owner="second")
    assert await deliver_notices(successor) == 0, "the lease of the dead still runs"
    place.clock.move_wall(LEASE + SECOND)
    await deliver_notices(successor)
    assert [said.key for said in place.chat.said] == ["k"]
    assert place.chat.looked == ["k"]


async def test_a_process_that_wakes_up_after_its_lease_does_not_overrule_its_successor(place: Community) -> None:
    place.chat.will("hang")
    await to_place(place, "k")
    sleeper = asyncio.create_task(deliver_notices(place.ports))
    await place.chat.reached.wait()
    place.clock.move_wall(LEASE + SECOND)
    await deliver_notices(replace(place.ports, owner="second"))
    (by_successor,) = await place.notices("k")
    place.chat.release.set()
    await sleeper
    (now,) = await place.notices("k")
    assert (now.state, now.sent_message) == (NoticeState.SENT, by_successor.sent_message)


async def test_while_the_lease_runs_nobody_else_posts(place: Community) -> None:
    place.chat.will("hang")
    await to_place(place, "k", "next")
    sleeper = asyncio.create_task(deliver_notices(place.ports))
    await place.chat.reached.wait()
    place.clock.move_wall(LEASE - SECOND)
    assert await deliver_notices(replace(place.ports, owner="second")) == 0
    place.chat.release.set()
    await sleeper
    await minutes(place)
    assert [said.key for said in place.chat.said] == ["k", "next"]


async def test_two_replicas_that_deliver_at_once_say_everything_once_and_in_order(
    place: Community,
) -> None:
    await to_place(place, *(f"n{number}" for number in range(6)))
    await to_member(place, "m1", 1)
    await to_member(place, "m2", 2)
    replicas = [replace(place.ports, owner=f"p{n}") for n in range(3)]
    for _ in range(10):
        await asyncio.gather(*(deliver_notices(ports) for ports in replicas))
        place.clock.move_wall(SECOND)
    assert sorted(said.key for said in place.chat.said if said.to.person) == ["m1", "m2"]
    assert [said.key for said in place.chat.said if said.to.place] == [f"n{number}" for number in range(6)]


async def test_a_notice_from_a_restored_backup_is_looked_for_before_its_first_attempt(place: Community) -> None:
    await to_place(place, "k")
    await place.chat.post(To(place=PLACE), says("k"), "k")
    place.clock.move_wall(OLD + SECOND)
    await minutes(place)
    assert [said.key for said in place.chat.said] == ["k"]
    assert place.chat.looked == ["k"]
    assert await state(place, "k") is NoticeState.SENT


async def test_a_fresh_notice_costs_no_look(place: Community) -> None:
    await to_place(place, "k")
    await minutes(place)
    assert place.chat.looked == []


async def test_a_notice_that_fails_for_a_day_steps_aside(place: Community) -> None:
    stuck: list[Fate] = ["lost post"]
    place.chat.will(*stuck * 200, on="stuck")
    await to_place(place, "stuck", "next")
    for _ in range(int(GIVE_UP / (15 * MINUTE)) + 5):
        await deliver_notices(place.ports)
        place.clock.move_wall(15 * MINUTE + SECOND)
    await minutes(place)
    assert await state(place, "stuck") is NoticeState.FAILED
    assert [said.key for said in place.chat.said] == ["next"]
    assert len(place.chat.tried) < 130, "it is not hammered"


async def test_what_is_sent_is_no_longer_kept_in_words(place: Community) -> None:
    await to_place(place, "k")
    await minutes(place)
    assert [notice.message for notice in await place.notices("k")] == [{}]


@pytest.mark.parametrize("fate", [Refused("is_archived"), "lost post"], ids=str)
async def test_what_is_given_up_is_no_longer_kept_in_words(place: Community, fate: Fate) -> None:
    place.chat.will(*([fate] * 200))
    await to_place(place, "k")
    await deliver_notices(place.ports)
    place.clock.move_wall(GIVE_UP + MINUTE)
    await minutes(place)
    assert [(notice.state, notice.message) for notice in await place.notices("k")] == [(NoticeState.FAILED, {})]


async def test_a_chat_that_is_not_configured_now_only_makes_its_notices_wait(place: Community) -> None:
    await to_place(place, "k")
    without = replace(place.ports, chats={})
    for _ in range(5):
        assert await deliver_notices(without) == 0
        place.clock.move_wall(MINUTE)
    await minutes(place)
    assert [said.key for said in place.chat.said] == ["k"]


async def test_an_announcement_whose_moment_has_passed_is_not_made(place: Community) -> None:
    async with place.ports.unit() as unit:
        notice = Notice.to_place(key_of("k"), 1, says("k"), place.clock.wall(), programme_id=None)
        notice.key = "k"
        notice.not_after = place.clock.now() + HOUR
        unit.add(notice)
    place.clock.move(HOUR)
    await minutes(place)
    assert (place.chat.tried, await state(place, "k")) == ([], NoticeState.DROPPED)


async def test_a_killed_process_leaves_nothing_half_done(community: Community) -> None:
    """The state and its notice are one commit: a session is never open without its opening post on the way."""
    await community.begin()
    community.clock.move_to(CLOSES + DAY)
    await run_due(community.ports)
    sessions = [session for session in await community.sessions() if session.opened_at]
    assert [f"d0/session/{session.id}/opening" for session in sessions] == [
        notice.key for notice in await community.notices("opening")
    ]


async def test_where_it_stands_is_remembered(place: Community) -> None:
    await to_member(place, "hello")
    await minutes(place)
    (notice,) = await place.notices("hello")
    assert Ref(str(notice.sent_place), str(notice.sent_message)) == place.chat.said[0].ref
