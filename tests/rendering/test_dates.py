"""Moments spelled out."""

from datetime import UTC, datetime
from typing import Literal

import pytest

from cop_bot.domain.message import Moment
from cop_bot.rendering.dates import spelled_out

KICKOFF = datetime(2020, 11, 17, 12, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "words"),
    [
        ("en", "Europe/Amsterdam", "Tuesday, 17 November 2020 at 13:15 (Europe/Amsterdam)"),
        ("en", "Pacific/Fiji", "Wednesday, 18 November 2020 at 00:15 (Pacific/Fiji)"),
        ("en", "UTC", "Tuesday, 17 November 2020 at 12:15 (UTC)"),
        ("nl", "Europe/Amsterdam", "dinsdag 17 november 2020 om 13:15 (Europe/Amsterdam)"),
        ("da", "Europe/Copenhagen", "tirsdag den 17. november 2020 kl. 13.15 (Europe/Copenhagen)"),
        ("fr", "Africa/Kinshasa", "mardi 17 novembre 2020 à 13:15 (Africa/Kinshasa)"),
        ("es", "America/Tegucigalpa", "martes, 17 de noviembre de 2020, 6:15 (America/Tegucigalpa)"),
        ("pt", "Africa/Maputo", "terça-feira, 17 de novembro de 2020 às 14:15 (Africa/Maputo)"),
    ],
)
def test_a_moment_is_spelled_out_in_the_readers_language_with_its_zone(language: str, zone: str, words: str) -> None:
    assert spelled_out(Moment(KICKOFF, zone), language) == words


@pytest.mark.parametrize(("style", "words"), [("date", "17 November 2020"), ("time", "13:15 (Europe/Amsterdam)")])
def test_a_date_or_a_time_can_stand_alone(style: Literal["date", "time"], words: str) -> None:
    assert spelled_out(Moment(KICKOFF, "Europe/Amsterdam", style), "en") == words


@pytest.mark.parametrize("language", ["xx", "", "no such language", "en-GB"])
def test_a_language_that_nobody_knows_is_written_in_english(language: str) -> None:
    assert spelled_out(Moment(KICKOFF, "Europe/Amsterdam"), language).startswith("Tuesday, 17 November 2020 at 13:15")
