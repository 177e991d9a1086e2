"""Breaks are kept with the programme: what a facilitator does to the plan keeps out of them, and says so."""

from __future__ import annotations

from support.community import DAY, EMBEDDED, OPENS, Community

from cop_bot.domain.breaks import Break
from cop_bot.domain.programme import Programme
from cop_bot.usecases.programme.plan_programme import plan_programme

BREAKS = ", breaks: [{from: 2026-03-16, to: 2026-03-22, why: spring}]"


@EMBEDDED
async def test_a_shift_opens_after_the_break_and_the_channel_reads_why(community: Community) -> None:
    await community.begin(3, rhythm=BREAKS)
    assert [f"{s.opens_at:%d %b}" for s in await community.sessions()] == ["02 Mar", "09 Mar", "23 Mar"]
    await community.until(OPENS)
    said = await community.types("U2", "programme shift 7d yes")
    assert "spring" in said
    assert [f"{s.opens_at:%d %b}" for s in await community.sessions()] == ["02 Mar", "23 Mar", "30 Mar"]
    await community.settle()
    assert "spring" in community.chat.keyed("/shift/")[0].text


@EMBEDDED
async def test_an_extension_into_a_break_is_refused_with_its_days(community: Community) -> None:
    await community.begin(2, rhythm=", breaks: [{from: 2026-03-10, to: 2026-03-11, why: elections}]", themes=SECOND)
    await community.until(OPENS)
    said = await community.types("U2", "session extend 2d")
    assert "elections" in said
    assert "10 March 2026" in said
    assert "1" in await community.types("U2", "session extend 1d")


SECOND = "  - {id: theme-1, title: Theme 1}\n  - {id: theme-2, title: Theme 2, opens: 2026-04-06T09:00}"


@EMBEDDED
async def test_a_programme_of_before_learns_its_breaks_from_the_same_file(community: Community) -> None:
    planned = await community.begin(3, rhythm=BREAKS)
    async with community.ports.unit() as unit:
        programme = (await community.rows(Programme))[0]
        stored = await unit.get_one(Programme, programme.id)
        stored.settings = {name: value for name, value in stored.settings.items() if name not in ("breaks", "every")}
    assert (await community.rows(Programme))[0].decided().breaks == ()
    assert await plan_programme(community.ports, planned) is False
    (pause,) = (await community.rows(Programme))[0].decided().breaks
    assert isinstance(pause, Break)
    assert pause.why == "spring"
    community.clock.move(DAY)
