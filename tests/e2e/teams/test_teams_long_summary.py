"""A summary that becomes too long for one card, and short again: its parts come and go under the same post."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from e2e.teams.teams_scene import Scene, playing
from e2e.waiting import soon
from fakes.teams_tenant import CHANNEL, Said

SUMMARY = "session/1/summary/"
MOST_BYTES = 28_000
LONG = "This line leaves out what the women of the village council said about the well. " * 12


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A session that a facilitator has closed."""
    async with playing(tmp_path, "2020-11-19T10:00Z", 1, ("amina", "joao", "sifa")) as scene:
        await scene.has_said("session/1/opening")
        await scene.says("amina", "Let the women who use the water point decide on its budget")
        await soon(lambda: scene.bot.has_logged("found a facilitator"), "who facilitates", 20)
        assert "is closed" in await scene.writes_to_bot("sifa", "session close yes")
        await scene.has_said(f"{SUMMARY}1/1")
        yield scene
        assert scene.tenant.violations == []


def cards(scene: Scene) -> list[Said]:
    return [card for card in scene.tenant.ours(CHANNEL) if SUMMARY in str(card["body"][0].get("id"))]


async def objects(scene: Scene, *numbers: int) -> None:
    for number in numbers:
        assert "Thank you" in await scene.writes_to_bot("joao", f"summary object 1 {number}: {LONG}")
    await soon(lambda: f"{numbers[-1]}: This line" in str(cards(scene)), "the last objection", 40)


async def takes_back(scene: Scene, *numbers: int) -> None:
    """The latest ones, from the last on."""
    for _ in numbers:
        assert "erased" in await scene.writes_to_bot("joao", "summary object 1 withdraw")
    await soon(lambda: f"{numbers[-1]}: This line" not in str(cards(scene)), "it to be gone", 40)


async def test_parts_of_a_summary_come_and_go_in_teams(scene: Scene) -> None:
    await objects(scene, 1, 2, 3, 4, 5, 6)
    first, second = cards(scene)
    assert [part(second), "1: This line" in words(first), "6: This line" in words(second)] == ["2/2", True, True]
    assert "Let the women" in words(first)
    assert all(len(json.dumps(card).encode()) < MOST_BYTES for card in (first, second))
    await takes_back(scene, 6, 5, 4)
    await soon(lambda: "has become shorter" in str(cards(scene)), "the end of the second part", 40)
    first, second = cards(scene)
    assert "3: This line" in words(first)
    assert "This line" not in words(second)
    await objects(scene, 7, 8, 9)
    first, second = cards(scene)
    assert [part(second), "9: This line" in words(second)] == ["2/2", True]
    assert "has become shorter" not in str(cards(scene))


def words(card: Said) -> str:
    return str(card["fallbackText"])


def part(card: Said) -> str:
    return words(card).split("\n")[0]
