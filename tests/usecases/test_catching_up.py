"""What was posted while the bot was away is fetched and counts by its own time; marks are quiet and unimportant."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, PLACE, Community

from cop_bot.domain.contribution import Contribution, Mark
from cop_bot.domain.errors import ChatUnavailable
from cop_bot.domain.member import Member
from cop_bot.domain.place import Place
from cop_bot.domain.post import Post
from cop_bot.ports import Later, PlaceFound, Profile, Refused
from cop_bot.usecases.people.sync_places import look_again, sync_places
from cop_bot.usecases.record.catch_up import catch_up, catch_up_everywhere
from cop_bot.usecases.record.mark_contributions import WORTH_IT, mark_contributions

pytestmark = EMBEDDED


@pytest.fixture
async def cop(community: Community) -> Community:
    """The first session has just opened, and the bot has just started."""
    await community.open()
    await catch_up_everywhere(community.ports)
    return community


def said(number: int, at: timedelta, thread: str | None = None) -> Post:
    """A message that nobody delivered."""
    return Post("console", PLACE, f"h{number}", "U1", OPENS + at, f"Post {number}", thread=thread)


async def test_what_was_missed_is_kept_by_its_own_time_and_once(cop: Community) -> None:
    cop.chat.posts = [said(1, HOUR), said(2, 2 * HOUR, "h1"), said(3, 9 * DAY)]
    cop.clock.move_to(OPENS + 9 * DAY + HOUR)
    await cop.contributes("U1", "Post 1", message="h1", at=OPENS + HOUR)
    for _ in range(2):
        await catch_up_everywhere(cop.ports)
    rows = {row.message: row for row in await cop.rows(Contribution)}
    assert sorted(rows) == ["h1", "h2", "h3"]
    assert rows["h2"].parent == 1
    assert [rows[name].session_id for name in ("h1", "h2", "h3")] == [1, 1, 2]


async def test_an_edit_that_was_missed_is_found(cop: Community) -> None:
    kept = await cop.contributes("U1", "First words", message="h1")
    cop.chat.posts = [replace(said(1, HOUR), text="Better words", edited="7", at=kept.posted_at)]
    await catch_up_everywhere(cop.ports)
    assert (await cop.kept(1)).text == "Better words"


async def test_absence_from_the_history_alone_is_no_deletion(cop: Community) -> None:
    await cop.contributes("U1", "Still here")
    await catch_up_everywhere(cop.ports)
    assert (await cop.kept(1)).text == "Still here"


async def test_a_long_history_is_read_in_batches(cop: Community) -> None:
    cop.chat.posts = [said(number, number * MINUTE) for number in range(450)]
    cop.clock.move_to(OPENS + DAY)
    (place,) = await cop.rows(Place)
    assert await catch_up(cop.ports, place) == 450
    assert await catch_up(cop.ports, place) == 0


async def test_a_platform_that_is_down_is_asked_again_later(cop: Community) -> None:
    cop.chat.posts = [said(1, HOUR)]
    cop.clock.move_to(OPENS + DAY)
    cop.chat.down = True
    await catch_up_everywhere(cop.ports)
    (place,) = await cop.rows(Place)
    with pytest.raises(ChatUnavailable):
        await catch_up(cop.ports, place)
    cop.chat.down = False
    await catch_up_everywhere(cop.ports)
    assert (await cop.kept(1)).message == "h1"


async def test_what_was_said_before_the_first_session_stays_out(cop: Community) -> None:
    cop.chat.posts = [said(1, -HOUR)]
    await catch_up_everywhere(cop.ports)
    assert await cop.rows(Contribution) == []


async def test_what_is_kept_gets_one_mark_and_loses_it_when_it_is_withdrawn(cop: Community) -> None:
    kept = await cop.contributes("U1", "An idea")
    while await mark_contributions(cop.ports) is not None:
        pass
    assert cop.chat.marks == {kept.message}
    await cop.types("U1", "withdraw #1 yes")
    while await mark_contributions(cop.ports) is not None:
        pass
    assert cop.chat.marks == set()
    assert cop.chat.reactions == [(kept.message, True), (kept.message, False)]


async def test_a_mark_waits_as_long_as_the_platform_says(cop: Community) -> None:
    await cop.contributes("U1", "An idea")
    cop.chat.react_fates = [Later(timedelta(seconds=30), "ratelimited")]
    assert await mark_contributions(cop.ports) == timedelta(seconds=30)
    assert await mark_contributions(cop.ports) == timedelta(0)
    assert len(cop.chat.marks) == 1


async def test_a_mark_that_is_refused_is_given_up(cop: Community) -> None:
    await cop.contributes("U1", "An idea")
    cop.chat.react_fates = [Refused("message_not_found")]
    await mark_contributions(cop.ports)
    assert await mark_contributions(cop.ports) is None


async def test_after_an_hour_a_mark_is_not_worth_it(cop: Community) -> None:
    await cop.contributes("U1", "An idea")
    cop.clock.move(WORTH_IT + MINUTE)
    assert await mark_contributions(cop.ports) is None
    assert cop.chat.reactions == []


async def test_a_thousand_marks_lose_none(cop: Community) -> None:
    for number in range(50):
        await cop.contributes("U1", f"Post {number}")
    while await mark_contributions(cop.ports) is not None:
        pass
    assert {row.mark for row in await cop.rows(Contribution)} == {Mark.SET}
    assert len(cop.chat.marks) == 50


async def test_the_bot_learns_who_is_in_the_channel_and_when_they_have_daylight(cop: Community) -> None:
    sela = await cop.member("U4")
    assert (sela.name, sela.zone, sela.is_person) == ("Sela", "Pacific/Fiji", True)
    assert not (await cop.member("B9")).is_person


async def test_profiles_are_read_again_after_a_day_and_odd_zones_are_not_believed(cop: Community) -> None:
    cop.chat.people["U4"] = Profile("U4", "Sela V.", "Mars/Phobos", "en")
    cop.clock.move_wall(HOUR)
    await sync_places(cop.ports)
    assert (await cop.member("U4")).name == "Sela"
    cop.clock.move_wall(25 * HOUR)
    await sync_places(cop.ports)
    assert ((await cop.member("U4")).name, (await cop.member("U4")).zone) == ("Sela V.", "")


async def test_when_the_bot_is_removed_it_waits_and_when_it_is_invited_it_goes_on(cop: Community) -> None:
    cop.chat.places["#cop-power"] = PlaceFound(PLACE, "cop-power", bot_is_in=False)
    await look_again(cop.ports, "console", PLACE)
    await sync_places(cop.ports)
    await cop.until(CLOSES)
    assert cop.chat.keyed("summary") == []
    cop.chat.places["#cop-power"] = PlaceFound(PLACE, "cop-power", bot_is_in=True)
    await sync_places(cop.ports)
    for _ in range(4):
        await cop.go(10 * MINUTE)
    assert len(cop.chat.keyed("session/1/summary")) == 1


async def test_who_joins_later_is_known_later(cop: Community) -> None:
    cop.chat.people["U7"] = Profile("U7", "Noor", "Asia/Dhaka")
    cop.chat.present[PLACE].append("U7")
    cop.clock.move_wall(HOUR)
    await sync_places(cop.ports)
    assert "Noor" in {member.name for member in await cop.rows(Member)}


async def test_what_was_deleted_meanwhile_is_asked_for_and_gone_where_the_platform_says_so(cop: Community) -> None:
    gone = await cop.contributes("U1", "I take this back while you are away")
    there = await cop.contributes("U1", "Still here")
    cop.chat.gone = {gone.message}
    await catch_up_everywhere(cop.ports)
    assert [ref.message for ref in cop.chat.reread_refs] == [gone.message, there.message]
    assert ((await cop.kept(1)).text, (await cop.kept(1)).is_withdrawn) == ("", True)
    assert (await cop.kept(2)).text == "Still here"


async def test_what_was_contributed_by_a_command_is_not_asked_for(cop: Community) -> None:
    await cop.types("U1", "idea Let partners chair")
    cop.chat.gone = {row.message for row in await cop.rows(Contribution)}
    await catch_up_everywhere(cop.ports)
    assert (await cop.kept(1)).text == "Let partners chair"


async def test_where_it_cannot_be_asked_nothing_is_deleted_and_it_is_owed(cop: Community) -> None:
    kept = await cop.contributes("U1", "Nobody knows")
    cop.chat.gone, cop.chat.rereading_fails = {kept.message}, True
    assert not await catch_up_everywhere(cop.ports)
    assert (await cop.kept(1)).text == "Nobody knows"
    cop.chat.rereading_fails = False
    assert await catch_up_everywhere(cop.ports)
    assert (await cop.kept(1)).is_withdrawn


async def test_what_could_be_read_is_kept_although_the_rest_could_not(cop: Community) -> None:
    cop.chat.posts, cop.chat.breaks_off = [said(1, HOUR)], True
    cop.clock.move_to(OPENS + DAY)
    assert not await catch_up_everywhere(cop.ports)
    assert (await cop.kept(1)).message == "h1"


async def test_a_place_that_was_never_read_is_read_from_its_first_session_on(cop: Community) -> None:
    cop.chat.posts = [said(1, HOUR)]
    await cop.until(CLOSES + 3 * DAY)
    async with cop.ports.unit() as unit:
        (place,) = await cop.rows(Place)
        (await unit.get_one(Place, place.id)).read_until = None
    await catch_up_everywhere(cop.ports)
    assert [(row.message, row.session_id) for row in await cop.rows(Contribution)] == [("h1", 1)]
