"""Quiet members are reminded by a direct message, in the daylight of their own zone, and never against their will."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from support.community import CLOSES, DAY, EMBEDDED, HOUR, MINUTE, OPENS, PLACE, SECOND, Community

from cop_bot.domain.member import Member
from cop_bot.domain.notice import NoticeState
from cop_bot.domain.reminder import Reminded, Reminder
from cop_bot.ports import Later, Profile, Refused
from cop_bot.usecases.people.sync_places import sync_places

pytestmark = EMBEDDED

MOMENT = CLOSES - timedelta(days=3, hours=12)
"""Thursday 5 March, 11:00 UTC: noon in Amsterdam and Maputo, 05:00 in Tegucigalpa, 23:00 in Fiji."""
IN_THE_AMERICAS = MOMENT + 4 * HOUR
IN_FIJI = MOMENT + 10 * HOUR
RHYTHM = ", remind: [{at: open}, {before: P3DT12H, to: quiet}]"


async def reminded(community: Community) -> dict[str, str]:
    """Whom a reminder concerned, and what came of it."""
    names = {member.id: member.name or member.platform_id for member in await community.rows(Member)}
    return {names[row.member_id]: row.outcome for row in await community.rows(Reminded)}


def told(community: Community) -> list[str]:
    """Who has heard from the bot in private, in order."""
    return [str(said.to.person) for said in community.chat.keyed("/reminder/")]


async def test_quiet_members_are_reminded_and_those_who_contributed_are_not(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
    await community.contributes("U1", "I was here")
    await community.until(MOMENT)
    await community.until(IN_THE_AMERICAS)
    assert sorted(told(community)) == ["U2", "U3"]
    assert all(said.to.place is None for said in community.chat.keyed("/reminder/")), "never in public"


async def test_every_reminder_says_how_to_pause_and_how_to_stop(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
    await community.until(MOMENT)
    texts = [said.text for said in community.chat.keyed("/reminder/")]
    assert len(texts) == 2
    for text in texts:
        assert "settings pause" in text
        assert "settings off" in text


async def test_the_opening_post_is_the_reminder_at_the_opening(community: Community) -> None:
    await community.open(rhythm=", remind: [{at: open}]")
    assert told(community) == []


async def test_who_sleeps_is_reminded_in_the_morning_if_that_is_soon_enough(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
    await community.until(MOMENT)
    assert "U4" not in told(community)
    await community.until(IN_FIJI - SECOND)
    assert "U4" not in told(community)
    await community.until(IN_FIJI)
    assert told(community).count("U4") == 1


async def test_who_has_no_daylight_before_it_is_too_late_is_left_in_peace(community: Community) -> None:
    await community.open(rhythm=", remind: [{before: PT8H, to: quiet}]")
    await community.until(CLOSES - 8 * HOUR)
    assert (await reminded(community))["Amina"] == "night"
    await community.until(CLOSES - MINUTE)
    assert told(community) == ["U2", "U3", "U4"]


async def test_who_waited_for_the_morning_and_contributed_meanwhile_is_not_reminded(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
    await community.until(MOMENT)
    await community.contributes("U4", "I was awake after all")
    await community.until(IN_FIJI)
    assert "U4" not in told(community)


@pytest.mark.parametrize(
    ("command", "outcome"), [("settings pause 14d", "paused"), ("settings off", "off"), ("settings forget yes", "off")]
)
async def test_who_wants_none_gets_none(community: Community, command: str, outcome: str) -> None:
    await community.open(rhythm=RHYTHM)
    await community.types("U1", command)
    await community.until(MOMENT)
    assert "U1" not in told(community)
    assert outcome in (await reminded(community)).values()


async def test_a_pause_ends_by_itself(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
    await community.types("U1", "settings pause 7d")
    await community.until(MOMENT)
    assert "U1" not in told(community)
    await community.until(MOMENT + 7 * DAY)
    assert "U1" in told(community)


async def test_a_reminder_that_waits_to_be_sent_is_dropped_when_the_member_stops_it(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
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
    await community.open(rhythm=RHYTHM)
    community.chat.will(Refused("cannot_dm"), on="/reminder/")
    await community.until(MOMENT)
    (reached,) = told(community)
    (refused,) = {"U1", "U2"} - {reached}
    await community.until(MOMENT + 7 * DAY)
    assert told(community).count(reached) == 2
    assert refused not in told(community)
    assert set((await reminded(community)).values()) >= {"not a person", "unreachable"}


async def test_who_left_the_channel_hears_nothing(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
    community.chat.present[PLACE].remove("U1")
    community.clock.move_to(MOMENT - HOUR)
    await sync_places(community.ports)
    await community.until(MOMENT)
    assert "U1" not in told(community)


async def test_a_reminder_is_never_late(community: Community) -> None:
    """Down over the whole twelve hours in which it may be sent."""
    await community.open(rhythm=RHYTHM)
    await community.until(MOMENT + 12 * HOUR)
    assert told(community) == []
    assert [reminder.next_at for reminder in await community.rows(Reminder)][:1] == [None]


async def test_a_reminder_waits_until_it_is_known_who_is_there(community: Community) -> None:
    found = community.chat.places.pop("#cop-power")
    await community.open(rhythm=RHYTHM)
    await community.until(MOMENT)
    assert await community.rows(Reminded) == []
    community.chat.places["#cop-power"] = found
    await sync_places(community.ports)
    await community.go(2 * MINUTE)
    assert sorted(told(community)) == ["U1", "U2"]


async def test_to_all_reminds_those_who_contributed_too(community: Community) -> None:
    await community.open(rhythm=", remind: [{before: P3DT12H, to: all}]")
    await community.contributes("U1", "I was here")
    await community.until(MOMENT)
    assert "U1" in told(community)


async def test_a_reminder_that_could_not_be_delivered_in_daylight_is_not_delivered_at_night(
    community: Community,
) -> None:
    await community.open(rhythm=RHYTHM)
    for _ in range(200):
        community.chat.will(_later(), on="/reminder/")
    await community.until(MOMENT)
    community.chat.fates.clear()
    await community.until(IN_FIJI + HOUR)
    assert "U1" not in told(community), "midnight in Maputo"


async def test_a_dry_run_tells_whom_and_why_not_and_changes_nothing(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
    await community.contributes("U1", "I was here")
    community.clock.move_to(MOMENT - HOUR)
    answer = await community.types("U2", "remind --dry-run")
    for name in ("Amina", "Bram", "Carla", "Sela"):
        assert name in answer
    assert "already contributed" in answer
    assert await community.rows(Reminded) == []
    await community.settle()
    assert told(community) == []


async def test_a_facilitator_can_remind_by_hand(community: Community) -> None:
    await community.open()
    await community.contributes("U1", "I was here")
    community.clock.move_to(OPENS + DAY + 6 * HOUR)
    await community.types("U2", "remind")
    await community.settle()
    assert sorted(told(community)) == ["U2"]
    await community.go(3 * HOUR)
    assert sorted(told(community)) == ["U2", "U3"], "each in their own daylight"


async def test_a_reminder_that_is_settled_twice_is_sent_once(community: Community) -> None:
    await community.open(rhythm=RHYTHM)
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
    await community.open(rhythm=RHYTHM)
    for hours in range(13):
        await community.until(MOMENT + timedelta(hours=hours))
    for said in community.chat.keyed("/reminder/"):
        if said.to.person == "U1":
            assert 9 <= said.at.astimezone(ZoneInfo(zone)).hour < 17
            break
    else:
        assert (await reminded(community))["Amina"] == "night"
