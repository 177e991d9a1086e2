"""The whole reply: a summary with every contribution under it, for whoever asks, and as a file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.community import CLOSES, DAY, EMBEDDED, MINUTE, Community

from cop_bot.domain.contribution import Contribution
from cop_bot.domain.message import Buttons
from cop_bot.ports import Later
from cop_bot.usecases.exports.export_replies import export_replies

BUDGET = "Let partners in the South chair the meeting that decides on the budget"


@pytest.fixture
async def cop(community: Community) -> Community:
    """The first session has closed and its summary is out."""
    await community.open()
    await community.contributes("U1", BUDGET)
    await community.contributes("U3", "A guide", links=("https://example.org/guide",))
    await community.contributes("U4", "Who audits the donors?")
    await community.until(CLOSES)
    return community


async def many(community: Community, count: int, length: int = 300) -> None:
    """A session with so many long contributions has closed."""
    await community.open()
    for number in range(count):
        words = " ".join(f"w{number}x{k}" for k in range(length))
        await community.contributes(f"U{number % 4 + 1}", f"Contribution {number}: {words}")
    await community.until(CLOSES)


def direct(cop: Community, who: str = "U1") -> list[str]:
    return [said.text for said in cop.chat.keyed("/full/") if said.to.person == who]


async def test_the_posted_summary_has_a_button_that_anybody_may_press(cop: Community) -> None:
    (posted,) = cop.chat.keyed("session/1/summary")
    buttons = [b for block in posted.message.blocks if isinstance(block, Buttons) for b in block.buttons]
    assert [b.command for b in buttons] == ["summary object theme-1", "summary full theme-1", "summary draft theme-1"]
    full = buttons[1]
    assert "the number of the line" in await cop.types("U4", buttons[0].command)
    assert "Only facilitators" in await cop.types("U4", buttons[2].command)
    said = await cop.types("U4", full.command)
    for text in (BUDGET, "A guide", "Who audits the donors?", "https://example.org/guide"):
        assert text in said
    assert direct(cop, "U4") == [], "what fits into one answer is the answer"


async def test_every_contribution_is_linked_and_nobody_named(cop: Community) -> None:
    late = await cop.contributes("U1", "Publish what the ferry costs")
    said = await cop.types("U2", "summary full")
    for number in (1, 2, 3, 4):
        assert f"#{number}" in said
        assert f"https://chat.example.org/C1/{(await cop.kept(number)).message}" in said
    assert late.text in said
    for name in ("Amina", "Bram", "Carla", "Sela"):
        assert name not in said


async def test_a_long_one_comes_by_direct_message_in_numbered_parts(community: Community) -> None:
    await many(community, 20)
    assert "messages" in await community.types("U1", "summary full")
    await community.settle()
    parts = direct(community)
    assert len(parts) > 1
    assert f"2/{len(parts)}" in parts[1]
    text = "".join(parts)
    assert all(f"Contribution {number}: w{number}x0 " in text for number in range(20))
    assert direct(community, "U2") == []


@EMBEDDED
async def test_one_that_nobody_would_read_in_a_chat_is_a_file(community: Community) -> None:
    await many(community, 60, 900)
    assert "cop export --format md" in await community.types("U1", "summary full theme-1")
    await community.settle()
    assert direct(community) == []


async def test_what_is_withdrawn_meanwhile_does_not_arrive(community: Community) -> None:
    await many(community, 20)
    community.chat.will(Later(timedelta(minutes=10), "ratelimited"), on="/full/")
    await community.types("U1", "summary full")
    await community.settle()
    await community.types("U2", "withdraw #3 yes")
    await community.go(11 * MINUTE)
    text = "".join(direct(community))
    assert "w2x0" not in text
    assert all(f"Contribution {number}: w{number}x0 " in text for number in range(20) if number != 2)


async def test_what_is_withdrawn_afterwards_leaves_the_messages_that_stand_there(community: Community) -> None:
    await many(community, 20)
    await community.types("U1", "summary full")
    await community.settle()
    before = len(direct(community))
    await community.types("U2", "withdraw #3 yes")
    await community.settle()
    text = "".join(direct(community))
    assert len(direct(community)) == before
    assert "w2x0" not in text
    assert all(f"Contribution {number}: w{number}x0 " in text for number in range(20) if number != 2)


@pytest.mark.parametrize("command", ["settings off", "settings pause 3d"])
async def test_who_wants_no_reminders_still_gets_what_they_asked_for(community: Community, command: str) -> None:
    await many(community, 20)
    community.chat.will(Later(timedelta(minutes=10), "ratelimited"), on="/full/")
    await community.types("U1", "summary full")
    await community.settle()
    await community.types("U1", command)
    await community.go(11 * MINUTE)
    assert len(direct(community)) > 1


@EMBEDDED
async def test_what_is_objected_stands_in_the_whole_reply_too(cop: Community) -> None:
    await cop.types("U3", "summary object 1 That is not what we said")
    assert "That is not what we said" in await cop.types("U4", "summary full")


@EMBEDDED
async def test_a_platform_that_can_not_be_asked_only_costs_the_links(
    cop: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cop_bot.domain.errors import ChatUnavailable

    async def down(ref: object) -> str:
        raise ChatUnavailable("the platform is down")

    await cop.contributes("U1", "Publish what the ferry costs")
    monkeypatch.setattr(cop.chat, "permalink", down)
    assert "what the ferry costs" in await cop.types("U2", "summary full")
    assert "kept" in await cop.types("U3", "summary object 1 That is not what we said")
    assert (await cop.rows(Contribution))[-1].permalink is None


async def test_operators_have_all_replies_as_one_file(cop: Community) -> None:
    await cop.until(CLOSES + 7 * DAY)
    texts = [text async for text in export_replies(cop.ports.reading, "power")]
    assert len(texts) == 2
    assert texts[0].startswith("# Theme 1")
    assert BUDGET in texts[0]
    assert "Amina" not in "".join(texts)
    await cop.until(CLOSES + 21 * DAY)
    assert len([text async for text in export_replies(cop.ports.reading, None)]) == 4, "three themes and the findings"
