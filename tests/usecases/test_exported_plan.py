"""A programme exported as a file is the programme as it stands, and the file plans the same in another record."""

from __future__ import annotations

from dataclasses import replace

from support.community import DAY, Community

from cop_bot.programme_file.reading import read_programme
from cop_bot.usecases.exports.export_plan import export_plan


async def exported(cop: Community) -> str:
    (text,) = [text async for text in export_plan(cop.ports.reading, "power")]
    return text


async def test_what_was_planned_from_a_file_comes_out_as_one_that_plans_the_same(community: Community) -> None:
    rest = "summary: {review: facilitator}\nplenary: {at: 2026-04-20T13:15, where: {kind: Zoom}, invite: {send: [P2D]}}"
    planned = await community.begin(3, rest, rhythm=", remind: [{before: P2D, to: all}]")
    again = read_programme(await exported(community), "exported")
    assert again.sessions == planned.sessions
    assert again.gatherings == planned.gatherings
    assert (again.title, again.zone, again.channel, again.facilitators) == (
        planned.title,
        planned.zone,
        planned.channel,
        planned.facilitators,
    )
    assert again.settings == planned.settings
    assert again == replace(planned, digest=again.digest, platform=again.platform)


async def test_what_was_moved_and_left_out_since_is_as_it_is_now(community: Community) -> None:
    planned = await community.begin(3)
    await community.types("U2", "session skip theme-2 yes")
    await community.types("U2", "programme shift 7d yes")
    again = read_programme(await exported(community), "exported")
    assert [one.slug for one in again.sessions] == ["theme-1", "theme-3"]
    assert again.sessions[0].opens_at == planned.sessions[0].opens_at + 7 * DAY


async def test_a_reminder_by_hand_is_no_rule(community: Community) -> None:
    await community.open(1)
    await community.types("U2", "remind yes")
    assert "remind" not in await exported(community)
