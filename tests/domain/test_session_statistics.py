"""A session in figures, in which no small group can be made out."""

from __future__ import annotations

import pytest

from cop_bot.domain.contribution import Kind
from cop_bot.domain.session_statistics import Counted, Region, Statistics, region_of, statistics


def row(number: int, member: int, kind: Kind = Kind.IDEA, parent: int | None = None) -> Counted:
    return Counted(number, kind, member, parent)


def from_zones(*zones: str) -> Statistics:
    rows = [row(at, at) for at in range(1, len(zones) + 1)]
    return statistics(rows, dict(enumerate(zones, start=1)), ("en", "sw", ""))


def test_regions_follow_from_zones() -> None:
    found = from_zones(*["Africa/Maputo"] * 6, *["Europe/Amsterdam"] * 5, "UTC")
    assert found.regions == {Region.AFRICA: 55, Region.EUROPE: 45}
    assert (found.zones, found.languages) == (3, 2)


@pytest.mark.parametrize("few", [1, 4])
def test_a_small_region_is_not_shown_nor_can_it_be_found_out(few: int) -> None:
    assert from_zones(*["Africa/Maputo"] * 9, *["Asia/Dhaka"] * few).regions == {}


def test_of_fewer_than_five_people_nothing_is_told_apart() -> None:
    found = from_zones(*["Africa/Maputo"] * 4)
    assert (found.zones, found.languages, found.regions) == (0, 0, {})


def test_a_question_is_answered_by_somebody_else() -> None:
    asked = [row(1, 1, Kind.QUESTION), row(2, 2, Kind.QUESTION), row(3, 3, Kind.QUESTION)]
    replies = [row(4, 9, Kind.FEEDBACK, 1), row(5, 2, Kind.FEEDBACK, 2), row(6, 7, Kind.TALK, 3)]
    found = statistics([*asked, *replies], {}, ())
    assert (found.questions, found.answered, found.replies, found.talk) == (3, 1, 2, 1)


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("Africa/Harare", Region.AFRICA),
        ("America/Argentina/Ushuaia", Region.AMERICAS),
        ("Pacific/Suva", Region.OCEANIA),
        ("Indian/Antananarivo", Region.AFRICA),
        ("Atlantic/Cape_Verde", Region.AFRICA),
        ("UTC", None),
        ("Etc/GMT+3", None),
        ("", None),
    ],
)
def test_where_a_zone_lies(zone: str, region: Region | None) -> None:
    assert region_of(zone) is region
