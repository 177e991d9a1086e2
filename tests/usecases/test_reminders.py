"""Quiet members are reminded by a direct message, in the daylight of their own zone, and never against their will."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, PLACE, SECOND, Community

from cop_bot.domain.member import Member
from cop_bot.domain.notice import NoticeState
from cop_bot.domain.reminder import Reminded, Reminder
from cop_bot.ports import Later, Profile, Refused
from cop_bot.usecases.people.sync_places import sync_places
from cop_bot.usecases.programme.link_openings import link_openings
from cop_bot.usecases.record.catch_up import catch_up_everywhere

pytestmark = EMBEDDED

MOMENT = CLOSES - timedelta(days=3, hours=12)
"""Thursday 5 March, 11:00 UTC: noon in Amsterdam and Maputo, 05:00 in Tegucigalpa, 23:00 in Fiji."""
IN_THE_AMERICAS = MOMENT + 4 * HOUR
IN_FIJI = MOMENT + 10 * HOUR
FACILITATES = "roles: {facilitators: [U8]}"
"""Somebody who is not in the channel, so that everybody there may be reminded."""
NOOR = Profile("U8", "Noor", "Europe/Amsterdam", "en")
RHYTHM = ", remind: [{at: open}, {before: P3DT12H, to: quiet}]"


async def reminded(community: Community) -> dict[str, str]:
    """Whom a reminder concerned, and what came of it."""
    names = {member.id: member.name or member.platform_id for member in await community.rows(Member)}
    return {names[row.member_id]: row.outcome for row in await community.rows(Reminded)}


def told(community: Community) -> list[str]:
    """Who has heard from the bot in private, in order."""
    return [str(said.to.person) for said in community.chat.keyed("/reminder/")]


async def test_quiet_members_are_reminded_and_those_who_contributed_are_not(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.contributes("U1", "I was here")
    await community.until(MOMENT)
    await community.until(IN_THE_AMERICAS)
    assert sorted(told(community)) == ["U2", "U3"]
    assert all(said.to.place is None for said in community.chat.keyed("/reminder/")), "never in public"


async def test_every_reminder_says_how_to_pause_and_how_to_stop(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.until(MOMENT)
    texts = [said.text for said in community.chat.keyed("/reminder/")]
    assert len(texts) == 2
    for text in texts:
        assert "settings pause" in text
        assert "settings off" in text


async def test_the_opening_post_is_the_reminder_at_the_opening(community: Community) -> None:
    await community.open(rhythm=", remind: [{at: open}]", rest=FACILITATES)
    assert told(community) == []


async def test_who_sleeps_is_reminded_in_the_morning_if_that_is_soon_enough(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.until(MOMENT)
    assert "U4" not in told(community)
    await community.until(IN_FIJI - SECOND)
    assert "U4" not in told(community)
    await community.until(IN_FIJI)
    assert told(community).count("U4") == 1


async def test_where_nobody_works_before_the_close_it_comes_on_the_last_working_day(community: Community) -> None:
    """The session closes on a Sunday; eight hours before that nobody works, and on Friday everybody did."""
    community.chat.people["U1"] = Profile("U1", "Amina", "Africa/Cairo")
    await community.open(rhythm=", remind: [{before: PT8H, to: quiet}]", rest=FACILITATES)
    heard: dict[str, datetime] = {}
    moment = OPENS
    while moment < CLOSES:
        await community.until(moment)
        heard |= {who: moment for who in told(community) if who not in heard}
        moment += HOUR
    there = {"U1": "Africa/Cairo", "U2": "Europe/Amsterdam", "U3": "America/Tegucigalpa", "U4": "Pacific/Fiji"}
    days = {who: at.astimezone(ZoneInfo(there[who])).strftime("%a") for who, at in heard.items()}
    assert days == {"U1": "Sun", "U2": "Fri", "U3": "Fri", "U4": "Mon"}
    assert all(9 <= at.astimezone(ZoneInfo(there[who])).hour < 17 for who, at in heard.items())


async def test_of_two_on_one_day_the_later_one_is_sent(community: Community) -> None:
    await community.open(rhythm=", remind: [{before: PT30H, to: quiet}, {before: PT8H, to: quiet}]", rest=FACILITATES)
    moment = OPENS
    while moment < CLOSES:
        await community.until(moment)
        moment += HOUR
    assert sorted(told(community)) == ["U1", "U2", "U3", "U4"]
    assert {"same day", "sent"} <= {row.outcome for row in await community.rows(Reminded)}


async def test_who_facilitates_is_not_reminded(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
    await community.until(MOMENT)
    assert told(community) == ["U1"]


async def test_after_a_start_the_history_is_read_before_anybody_is_reminded(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    community.clock.move_to(MOMENT - HOUR)
    community.ports = replace(community.ports, started=community.clock.wall())
    community.chat.posts = [community.post("U1", "Said while the bot was away")]
    await community.until(MOMENT)
    assert told(community) == []
    await catch_up_everywhere(community.ports)
    await community.go(2 * MINUTE)
    assert told(community) == ["U2"]


async def test_a_reminder_leads_to_the_opening(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await link_openings(community.ports)
    await community.until(MOMENT)
    (opening,) = community.chat.keyed("session/1/opening")
    assert all(opening.ref.message in said.text for said in community.chat.keyed("/reminder/"))


async def test_who_waited_for_the_morning_and_contributed_meanwhile_is_not_reminded(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.until(MOMENT)
    await community.contributes("U4", "I was awake after all")
    await community.until(IN_FIJI)
    assert "U4" not in told(community)


@pytest.mark.parametrize(
    ("command", "outcome"), [("settings pause 14d", "paused"), ("settings off", "off"), ("settings forget yes", "off")]
)
async def test_who_wants_none_gets_none(community: Community, command: str, outcome: str) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.types("U1", command)
    await community.until(MOMENT)
    assert "U1" not in told(community)
    assert outcome in (await reminded(community)).values()


async def test_a_pause_ends_by_itself(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.types("U1", "settings pause 7d")
    await community.until(MOMENT)
    assert "U1" not in told(community)
    await community.until(MOMENT + 7 * DAY)
    assert "U1" in told(community)


async def test_a_reminder_that_waits_to_be_sent_is_dropped_when_the_member_stops_it(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    community.chat.will(*[_later() for _ in range(40)], on="/reminder/")
    await community.until(MOMENT)
    await community.types("U1", "settings off")
    community.chat.fates.clear()
    for _ in range(3):
        await community.go(20 * MINUTE)
    assert "U1" not in told(community)
    assert "U2" in told(community)


def _later() -> Later:
    return Later(timedelta(minutes=5), "ratelimited")


async def test_bots_and_the_unreachable_are_not_reminded(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    community.chat.will(Refused("cannot_dm"), on="/reminder/")
    await community.until(MOMENT)
    (reached,) = told(community)
    (refused,) = {"U1", "U2"} - {reached}
    await community.until(MOMENT + 7 * DAY)
    assert told(community).count(reached) == 2
    assert refused not in told(community)
    assert set((await reminded(community)).values()) >= {"not a person", "unreachable"}


async def test_who_left_the_channel_hears_nothing(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    community.chat.present[PLACE].remove("U1")
    community.clock.move_to(MOMENT - HOUR)
    await sync_places(community.ports)
    await community.until(MOMENT)
    assert "U1" not in told(community)


async def test_a_reminder_is_never_late(community: Community) -> None:
    """Down while it was day for anybody."""
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.until(MOMENT + 20 * HOUR)
    assert told(community) == []
    assert [reminder.next_at for reminder in await community.rows(Reminder)][:1] == [None]


async def test_a_reminder_waits_until_it_is_known_who_is_there(community: Community) -> None:
    found = community.chat.places.pop("#cop-power")
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.until(MOMENT)
    assert await community.rows(Reminded) == []
    community.chat.places["#cop-power"] = found
    await sync_places(community.ports)
    await community.go(2 * MINUTE)
    assert sorted(told(community)) == ["U1", "U2"]


async def test_to_all_reminds_those_who_contributed_too(community: Community) -> None:
    await community.open(rhythm=", remind: [{before: P3DT12H, to: all}]", rest=FACILITATES)
    await community.contributes("U1", "I was here")
    await community.until(MOMENT)
    assert "U1" in told(community)


async def test_a_reminder_that_could_not_be_delivered_in_daylight_is_not_delivered_at_night(
    community: Community,
) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    for _ in range(200):
        community.chat.will(_later(), on="/reminder/")
    await community.until(MOMENT)
    community.chat.fates.clear()
    await community.until(IN_FIJI + HOUR)
    assert "U1" not in told(community), "midnight in Maputo"


async def test_a_dry_run_tells_whom_and_why_not_and_changes_nothing(community: Community) -> None:
    community.chat.people["U8"] = NOOR
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    await community.contributes("U1", "I was here")
    community.clock.move_to(MOMENT - HOUR)
    answer = await community.types("U8", "remind --dry-run")
    for name in ("Amina", "Bram", "Carla", "Sela"):
        assert name in answer
    assert "already contributed" in answer
    assert await community.rows(Reminded) == []
    await community.settle()
    assert told(community) == []


async def test_a_facilitator_can_remind_by_hand_and_is_asked_first(community: Community) -> None:
    community.chat.people["U8"] = NOOR
    await community.open(rest=FACILITATES)
    await community.contributes("U1", "I was here")
    community.clock.move_to(OPENS + DAY + 6 * HOUR)
    question = await community.types("U8", "remind")
    assert "Reminded now: 1. Later, in their daylight: 2. Not reminded: 2." in question
    await community.settle()
    assert told(community) == []
    await community.types("U8", "remind yes")
    await community.settle()
    assert sorted(told(community)) == ["U2"]
    await community.go(3 * HOUR)
    assert sorted(told(community)) == ["U2", "U3"], "each in their own daylight"


async def test_reminding_by_hand_twice_says_so_and_sends_nothing(community: Community) -> None:
    community.chat.people["U8"] = NOOR
    await community.open(rest=FACILITATES)
    community.clock.move_to(OPENS + DAY + 6 * HOUR)
    await community.types("U8", "remind yes")
    await community.settle()
    before = told(community)
    for typed in ("remind", "remind yes", "remind --dry-run"):
        assert "nobody is reminded by hand twice in a day" in await community.types("U8", typed)
    await community.settle()
    assert told(community) == before


async def test_a_reminder_that_is_settled_twice_is_sent_once(community: Community) -> None:
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    for minutes in range(0, 60, 10):
        await community.until(MOMENT + minutes * MINUTE)
    assert len(told(community)) == len(set(told(community)))
    states = {notice.state for notice in await community.notices("/reminder/")}
    assert states == {NoticeState.SENT}


ZONES = [
    "Pacific/Kiritimati",
    "Pacific/Fiji",
    "Asia/Kathmandu",
    "Africa/Maputo",
    "Europe/Amsterdam",
    "America/St_Johns",
    "America/Tegucigalpa",
    "Pacific/Pago_Pago",
]


@pytest.mark.parametrize("zone", ZONES)
async def test_daylight_is_the_members_own(community: Community, zone: str) -> None:
    community.chat.people["U1"] = Profile("U1", "Amina", zone)
    await community.open(rhythm=RHYTHM, rest=FACILITATES)
    for hours in range(13):
        await community.until(MOMENT + timedelta(hours=hours))
    for said in community.chat.keyed("/reminder/"):
        if said.to.person == "U1":
            assert 9 <= said.at.astimezone(ZoneInfo(zone)).hour < 17
            break
    else:
        assert (await reminded(community))["Amina"] == "night"
