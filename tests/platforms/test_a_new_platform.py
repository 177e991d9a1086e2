"""A platform more is a folder in `platforms/`, one in `handlers/`, and nothing else: tried on an invented one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.community import CLOSES, EMBEDDED, Community, programme

import handlers
from cop_bot import platforms
from cop_bot.bootstrap import _chats
from cop_bot.config import load_settings
from cop_bot.domain.errors import OperatorMistake
from cop_bot.domain.message import Message, Paragraph, Words
from cop_bot.env_example import env_example
from cop_bot.platforms import registry
from cop_bot.programme_file.reading import read_programme
from handlers.platform import WayIn
from handlers.service import _function

DECLARED = """
from contextlib import asynccontextmanager
from typing import ClassVar

from pydantic import Field

from cop_bot.domain.errors import OperatorMistake
from cop_bot.platforms.declaration import Platform, PlatformSettings
from cop_bot.rendering.splitting import Limits


class PigeonSettings(PlatformSettings):
    headings: ClassVar[dict[str, str]] = {"PIGEON": "Carrier pigeons"}
    loft: str | None = Field(None, validation_alias="PIGEON_LOFT", description="Where they live.")
    ring: str | None = Field(None, validation_alias="PIGEON_RING", description="What they wear.")

    @property
    def is_configured(self) -> bool:
        return self.loft is not None

    def must_be_enough(self, *, host: str, rehearsal: bool) -> None:
        if self.ring is None:
            raise OperatorMistake("PIGEON_LOFT is set, but PIGEON_RING is not.")


class PigeonChat:
    name = "pigeon"


@asynccontextmanager
async def open_chat(settings):
    yield PigeonChat()


PLATFORM = Platform(
    name="pigeon",
    title="Pigeons",
    channel=lambda text: text.upper() if text.startswith("loft:") else None,
    limits=Limits(most_blocks=2, most_characters=100),
    settings=PigeonSettings,
    how_to_configure="set PIGEON_LOFT",
    open_chat=open_chat,
    way_in="handlers.pigeon.platform:pigeon_way_in",
)
"""
WAY_IN = """
from contextlib import asynccontextmanager

from handlers.platform import WayIn


async def cooing():
    return "cooing"


@asynccontextmanager
async def pigeon_way_in(calls, settings, wall):
    yield WayIn("pigeon", cooing)
"""


@pytest.fixture(autouse=True)
def pigeon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folders of the new platform are there."""
    for room, text in (("out", DECLARED), ("in", WAY_IN)):
        folder = tmp_path / room / "pigeon"
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder / "platform.py").write_text(text)
    monkeypatch.setattr(platforms, "__path__", [*platforms.__path__, str(tmp_path / "out")])
    monkeypatch.setattr(handlers, "__path__", [*handlers.__path__, str(tmp_path / "in")])
    monkeypatch.chdir(tmp_path)
    registry.every.cache_clear()
    yield
    registry.every.cache_clear()
    for name in [name for name in sys.modules if "pigeon" in name]:
        del sys.modules[name]


def test_the_registry_finds_it() -> None:
    assert list(registry.every()) == ["console", "pigeon", "slack", "teams"]


def test_its_settings_are_read_explained_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "# --- Carrier pigeons ---\n\n# Where they live.\n#PIGEON_LOFT=" in env_example()
    with pytest.raises(OperatorMistake, match="for Pigeons set PIGEON_LOFT; for Slack"):
        load_settings().must_be_enough_to_serve(rehearsal=False)
    monkeypatch.setenv("PIGEON_LOFT", "attic")
    assert list(load_settings().platforms) == ["pigeon"]
    with pytest.raises(OperatorMistake, match="PIGEON_RING is not"):
        load_settings().must_be_enough_to_serve(rehearsal=False)
    monkeypatch.setenv("PIGEON_RING", " ")
    with pytest.raises(OperatorMistake, match="PIGEON_RING is set but empty"):
        load_settings()


async def test_its_ways_out_and_in_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIGEON_LOFT", "attic")
    async with AsyncExitStack() as stack:
        chats = await _chats(stack, load_settings())
        assert [chat.name for chat in chats.values()] == ["pigeon"]
        way_in = _function(registry.every()["pigeon"].way_in)
        way = await stack.enter_async_context(way_in(None, None, lambda: datetime.now(UTC)))
        assert isinstance(way, WayIn)
        assert await way.state() == "cooing"


def test_a_programme_file_may_name_it_and_its_channels() -> None:
    text = programme(1).replace("{channel: '#cop-power'}", "{kind: pigeon, channel: 'loft:attic'}")
    plan = read_programme(text, "power.yaml")
    assert (plan.platform, plan.channel) == ("pigeon", "LOFT:ATTIC")


@EMBEDDED
async def test_what_is_published_there_comes_in_parts_that_it_takes(community: Community) -> None:
    community.chat.name = "pigeon"
    community.ports = type(community.ports)(
        **{name: getattr(community.ports, name) for name in community.ports.__slots__ if name != "chats"},
        chats={"pigeon": community.chat},
    )
    await community.open(1)
    await community.contributes("U1", "Let partners in the South chair the meeting that decides on the budget")
    await community.until(CLOSES)
    said = community.chat.keyed("session/1/summary")
    assert len(said) > 3
    assert all(len(part.message.blocks) <= 2 for part in said)
    assert registry.split_for("pigeon", Message((Paragraph((Words("x"),)),)))
