"""Small things that people run into: each is answered so that they know what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.community import CLOSES, EMBEDDED, HOUR, PLACE, Community

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.message import Buttons
from cop_bot.usecases.programme.plan_programme import plan_programme
from handlers.commands.dispatch import answer
from handlers.gesture import Gesture

pytestmark = EMBEDDED

IDEA = "Let partners chair the budget meeting"


@pytest.fixture
async def cop(community: Community) -> Community:
    """A session is open, with #1 in it."""
    await community.open(2)
    await community.contributes("U3", IDEA)
    return community


async def test_feedback_by_command_names_what_it_is_about_and_repeats_no_number(cop: Community) -> None:
    await cop.types("U1", "feedback #1 We tried this in Nampula")
    await cop.settle()
    [posted] = cop.chat.keyed("contribution/2")
    assert posted.text.splitlines()[0] == "#2 · feedback from Amina → #1"
    assert "#1 We tried" not in posted.text
    assert "feedback · We tried this in Nampula" in await cop.types("U1", "status")


async def test_feedback_on_nothing_is_told_how(cop: Community) -> None:
    assert "feedback #12" in await cop.types("U1", "feedback We tried this in Nampula")
    assert len(await cop.rows(Contribution)) == 1


@pytest.mark.parametrize(("typed", "example"), [("ask", "/cop ask Who"), ("lesson", "/cop lesson Agree")])
async def test_a_command_without_words_is_answered_with_its_own_example(
    cop: Community, typed: str, example: str
) -> None:
    assert example in await cop.types("U1", typed)


async def test_the_same_words_twice_by_command_are_kept_once(cop: Community) -> None:
    await cop.types("U1", f"idea {IDEA} in the village")
    assert "already, as #2" in await cop.types("U1", f"idea {IDEA} in the  Village")
    assert len(await cop.rows(Contribution)) == 2
    await cop.types("U2", f"idea {IDEA} in the village")
    await cop.types("U1", "withdraw #2 yes")
    await cop.types("U1", f"idea {IDEA} in the village")
    assert len(await cop.rows(Contribution)) == 4


async def test_between_sessions_status_says_when_the_next_one_opens(cop: Community) -> None:
    await cop.until(CLOSES + HOUR)
    said = await cop.types("U1", "status")
    assert "No session is open now" in said
    assert "Next: Theme 2 · Theme 2 opens Monday, 9 March 2026" in said


async def test_elsewhere_members_are_told_where_their_programme_runs(cop: Community) -> None:
    assert "#cop-power" in await cop.types("U1", "status", place="C9")
    assert "#cop-power" not in await cop.types("U77", "status", place="C9")


async def test_members_may_ask_who_facilitates(cop: Community) -> None:
    assert "Bram" in await cop.types("U1", "facilitators list")


@pytest.mark.parametrize("name", ["@Carla", "carla", "CARLA "])
async def test_a_facilitator_is_named_as_people_name_each_other(cop: Community, name: str) -> None:
    assert "Carla facilitates" in await cop.types("U2", f"facilitators add {name}")
    asked = await cop.types("U2", f"facilitators remove {name}")
    assert "facilitators remove @Carla yes" in asked
    assert "U3" not in asked
    assert "no longer" in await cop.types("U2", "facilitators remove @Carla yes")
    assert "Name one person" in await cop.types("U2", "facilitators add @Bob")


async def test_who_is_made_a_facilitator_hears_of_it_and_so_does_who_is_no_longer(cop: Community) -> None:
    await cop.types("U2", "facilitators add <@U1>")
    await cop.types("U2", "facilitators remove <@U1> yes")
    await cop.settle()
    told = cop.chat.texts(person="U1")
    assert len(told) == 2
    assert all("Shifting the power" in text for text in told)


async def test_what_takes_nothing_from_anybody_is_no_red_button(cop: Community) -> None:
    async def style(typed: str) -> str:
        asked = await answer(cop.ports, Gesture("console", "U2", PLACE), typed)
        return next(block.buttons[0].style for block in asked.blocks if isinstance(block, Buttons))

    assert await style("session close") == "primary"
    assert await style("withdraw #1") == "danger"


async def test_a_session_closed_in_the_minute_it_opened_does_not_end_before_it_began(cop: Community) -> None:
    session = await cop.session(1)
    session.closes_at = session.opens_at
    assert session.last_minute == session.opens_at


async def test_no_program_is_listed_among_those_who_could_be_reminded(cop: Community) -> None:
    said = await cop.types("U2", "remind --dry-run")
    assert "Sela" in said
    assert "Robot" not in said


async def test_facilitators_of_a_running_programme_hear_once_what_its_file_promises(
    cop: Community, tmp_path: Path
) -> None:
    from support.community import plan

    for more in ("privacy: {anonymous: allowed}", "privacy: {anonymous: allowed}\npurpose: To learn"):
        await plan_programme(cop.ports, plan(2, more))
        await cop.settle()
    told = [text for text in cop.chat.texts(person="U2") if "anonymous" in text]
    assert len(told) == 1
