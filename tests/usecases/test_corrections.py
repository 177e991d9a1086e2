"""Facilitators correct a summary by typed words before everybody reads it; later versions keep to it."""

from __future__ import annotations

import pytest
from support.community import CLOSES, EMBEDDED, HOUR, MINUTE, Community

from cop_bot.domain import brief as briefs
from cop_bot.domain.correction import Correction
from cop_bot.domain.summary import Summary

pytestmark = EMBEDDED

BUDGET = "Let partners in the South chair the meeting that decides on the budget"
RISK = "Whoever has the money should carry the risk of the exchange rate"
TRUST = "Trust grows where reports are written in the language of the village"
OWN = "The board answers to these points before the plenary"
REVIEW = "summary: {review: facilitator}"


async def closed(community: Community, rest: str = REVIEW, sessions: int = 2) -> Community:
    """The first session has closed with three lines."""
    await community.open(sessions, rest)
    for who, text in (("U1", BUDGET), ("U3", RISK), ("U4", TRUST)):
        await community.contributes(who, text)
    await community.until(CLOSES)
    return community


@pytest.fixture
async def cop(community: Community) -> Community:
    """A draft waits for its review."""
    return await closed(community)


async def lines(cop: Community) -> list[str]:
    """What the newest written version says, line by line."""
    newest = [one for one in await cop.rows(Summary) if one.session_id == 1 and one.content][-1]
    return [point.text for point in briefs.from_json(newest.content).lines()]


async def place_of(cop: Community, text: str) -> int:
    return (await lines(cop)).index(text) + 1


async def published(cop: Community) -> str:
    """What everybody reads."""
    await cop.settle()
    return "\n".join(said.text for said in cop.chat.keyed("session/1/summary/"))


async def test_a_line_is_taken_out_before_anybody_reads_it(cop: Community) -> None:
    said = await cop.types("U2", f"summary draft {await place_of(cop, RISK)} out")
    assert "Corrected" in said
    assert RISK not in said
    await cop.types("U2", "summary publish yes")
    everybody = await published(cop)
    assert RISK not in everybody
    assert BUDGET in everybody
    assert "3 read: 2 cited" in everybody


async def test_a_line_is_said_anew_keeps_its_sources_and_is_marked_as_the_facilitators(cop: Community) -> None:
    place = await place_of(cop, BUDGET)
    said = await cop.types("U2", f"summary draft theme-1 {place} say Partners want to chair the budget meeting")
    line = next(line for line in said.splitlines() if "Partners want to chair" in line)
    assert "(in the words of the facilitators)" in line
    assert "#1" in line
    assert "“" not in line
    assert BUDGET not in said


async def test_a_line_of_ones_own_is_added_with_and_without_sources(cop: Community) -> None:
    await cop.types("U2", f"summary draft add {OWN}")
    said = await cop.types("U2", "summary draft add Two of you speak of money #1 #2")
    assert OWN in said
    assert "Two of you speak of money (in the words of the facilitators) #1" in said
    await cop.types("U2", "summary publish yes")
    assert OWN in await published(cop)


async def test_numbers_that_nobody_contributed_are_no_sources(cop: Community) -> None:
    said = await cop.types("U2", "summary draft add Two of you speak of money #1 #99")
    assert "#99" not in said


async def test_the_draft_that_was_sent_says_what_it_says_now(cop: Community) -> None:
    await cop.types("U2", f"summary draft {await place_of(cop, RISK)} out")
    await cop.settle()
    [draft] = cop.chat.keyed("/draft/")
    assert RISK not in draft.text
    assert "summary draft theme-1 3 out" in draft.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("summary draft 9 out", "no line 9"),
        ("summary draft 1 say", "Write the words of the line"),
        ("summary draft add", "Write the words of the line"),
        ("summary draft theme-2 1 out", "no draft"),
        (f"summary draft add {'word ' * 200}", "at most"),
    ],
)
async def test_what_can_not_be_corrected_is_said_and_changes_nothing(cop: Community, typed: str, told: str) -> None:
    before = await lines(cop)
    assert told in await cop.types("U2", typed)
    assert await lines(cop) == before


async def test_members_correct_nothing(cop: Community) -> None:
    before = await lines(cop)
    assert "facilitators" in await cop.types("U1", "summary draft 1 out")
    assert await lines(cop) == before


@pytest.mark.parametrize("typed", ["samenvatting concept 1 weg", "summary draft 1 retirer", "summary draft 1 fora"])
async def test_the_words_are_understood_in_other_languages(cop: Community, typed: str) -> None:
    before = await lines(cop)
    await cop.types("U2", typed.replace("samenvatting concept", "summary draft"))
    assert await lines(cop) == before[1:]


async def test_a_session_by_its_number_is_still_a_session(cop: Community) -> None:
    assert BUDGET in await cop.types("U2", "summary draft 1")


async def test_a_later_version_keeps_to_what_was_corrected(cop: Community) -> None:
    await cop.types("U2", f"summary draft {await place_of(cop, RISK)} out")
    await cop.types("U2", f"summary draft {await place_of(cop, BUDGET)} say Partners want the chair")
    await cop.types("U2", f"summary draft add {OWN}")
    await cop.types("U2", "summary publish yes")
    await cop.go(HOUR)
    late = "Publish every report on the wall of the school so that all can read it"
    await cop.contributes("U1", late)
    await cop.types("U2", "summary publish yes")
    everybody = await published(cop)
    assert "version 2" in everybody
    assert RISK not in everybody
    assert BUDGET not in everybody
    assert everybody.count("Partners want the chair") == 1
    assert everybody.count(OWN) == 1


async def test_what_is_published_is_corrected_in_a_new_draft_that_waits(community: Community) -> None:
    cop = await closed(community, "")
    assert RISK in await published(cop)
    said = await cop.types("U2", f"summary draft {await place_of(cop, RISK)} out")
    assert RISK not in said
    assert RISK in await published(cop)
    await cop.types("U2", "summary publish yes")
    everybody = await published(cop)
    assert RISK not in everybody
    assert "version 2" in everybody


async def test_a_withdrawn_contribution_leaves_the_corrections_too(cop: Community) -> None:
    await cop.types("U2", f"summary draft {await place_of(cop, RISK)} out")
    await cop.types("U2", f"summary draft {await place_of(cop, BUDGET)} say Partners want the chair")
    await cop.types("U1", "withdraw #1 yes")
    await cop.types("U3", "withdraw #2 yes")
    assert await cop.rows(Correction) == []
    assert await lines(cop) == [TRUST]


async def test_a_facilitator_who_is_forgotten_leaves_no_words_behind(cop: Community) -> None:
    await cop.types("U2", f"summary draft {await place_of(cop, RISK)} out")
    await cop.types("U2", f"summary draft {await place_of(cop, BUDGET)} say Partners want the chair")
    await cop.types("U2", f"summary draft add {OWN}")
    await cop.types("U2", "settings forget yes")
    assert sorted(await lines(cop)) == sorted([BUDGET, TRUST])
    assert [one.member_id for one in await cop.rows(Correction)] == [None]


async def test_an_objection_to_a_line_that_was_said_anew_stands_under_it(cop: Community) -> None:
    await cop.types("U2", "summary publish yes")
    await cop.settle()
    await cop.go(3 * MINUTE)
    place = await place_of(cop, RISK)
    await cop.types("U1", f"summary object {place} That is too short")
    await cop.settle()
    await cop.types("U2", f"summary draft {await place_of(cop, RISK)} say Those with money carry the risk")
    await cop.types("U2", "summary publish yes")
    assert f"Objection to line {await place_of(cop, 'Those with money carry the risk')}" in await published(cop)


async def test_corrections_are_undone_one_by_one(cop: Community) -> None:
    before = await lines(cop)
    for typed in (f"{await place_of(cop, RISK)} out", "1 say Something else", f"add {OWN}"):
        await cop.types("U2", f"summary draft {typed}")
    assert await lines(cop) != before
    for _ in range(3):
        assert "is undone" in await cop.types("U2", "undo yes")
    assert await lines(cop) == before


async def test_the_findings_are_reviewed_first_where_summaries_are(community: Community) -> None:
    cop = await closed(community, sessions=1)
    await cop.types("U2", "summary publish yes")
    await cop.settle()
    assert cop.chat.keyed("programme/1/summary/") == []
    assert BUDGET in await cop.types("U2", "summary draft findings")
    [draft] = cop.chat.keyed("programme/1/draft/")
    assert "summary publish findings" in draft.text
    assert "Post the findings" in await cop.types("U2", "summary publish findings")
    await cop.types("U2", "summary publish findings yes")
    await cop.settle()
    [everybody] = cop.chat.keyed("programme/1/summary/")
    assert BUDGET in everybody.text
    assert "no findings" in await cop.types("U2", "summary draft findings")


async def test_a_line_without_sources_is_in_no_findings(community: Community) -> None:
    cop = await closed(community, sessions=1)
    await cop.types("U2", f"summary draft add {OWN}")
    await cop.types("U2", "summary publish yes")
    await cop.settle()
    said = await cop.types("U2", "summary draft findings")
    assert BUDGET in said
    assert OWN not in said
