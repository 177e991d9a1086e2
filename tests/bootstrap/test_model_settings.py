"""What the operator says about the model reaches it, wrong prompts are told at the start, and its connections end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cop_bot.bootstrap import model_summariser, open_ports
from cop_bot.config import Settings, load_settings
from cop_bot.domain.assignment import Assignment, Voice
from cop_bot.domain.errors import OperatorMistake, SummariserFailed
from cop_bot.domain.model_answer import TokenUse
from cop_bot.store import queries

ASSIGNMENT = Assignment(
    "Theme", (Voice(1, "idea", "Let partners chair the meeting", "m1", datetime(2026, 3, 2, tzinfo=UTC)),)
)


def settings(tmp_path: Path, **more: str) -> Settings:
    values = {"COP_DATABASE_URL": f"sqlite:///{tmp_path / 'cop.db'}", "OPENAI_API_KEY": "sk-test"} | more
    return load_settings(_env_file=None, **values)


@contextlib.asynccontextmanager
async def refusing(heads: list[str]) -> AsyncIterator[str]:
    """A server that refuses every request; its address, without a path."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            writer.write(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_without_a_key_and_an_address_there_is_no_model(tmp_path: Path) -> None:
    async with open_ports(load_settings(_env_file=None, COP_DATABASE_URL=f"sqlite:///{tmp_path / 'cop.db'}")) as ports:
        assert ports.model is None


async def test_the_address_of_an_azure_resource_is_used_as_it_stands(tmp_path: Path) -> None:
    heads: list[str] = []
    async with refusing(heads) as url:
        chosen = settings(tmp_path, OPENAI_BASE_URL=f"{url}/openai/v1/", OPENAI_MODEL="our-deployment")
        async with open_ports(chosen) as ports:
            assert ports.model is not None
            assert ports.model.name == "our-deployment"
            with pytest.raises(SummariserFailed, match="401"):
                await ports.model.summarise(ASSIGNMENT)
    assert heads[0].startswith("POST /openai/v1/chat/completions HTTP/1.1")
    assert "authorization: bearer sk-test" in heads[0].lower()
    assert "api-version" not in heads[0].lower()


async def test_a_cap_that_is_reached_stops_every_request(tmp_path: Path) -> None:
    heads: list[str] = []
    async with refusing(heads) as url:
        chosen = settings(tmp_path, OPENAI_BASE_URL=f"{url}/v1", OPENAI_TOKENS_PER_DAY="1000")
        async with open_ports(chosen) as ports:
            assert ports.model is not None
            async with ports.unit() as unit:
                today = ports.clock.wall().date()
                await queries.answers.add_tokens(
                    unit, TokenUse(day=today, subject="", tokens_in=990, tokens_out=10, calls=1)
                )
            with pytest.raises(SummariserFailed, match="OPENAI_TOKENS_PER_DAY"):
                await ports.model.summarise(ASSIGNMENT)
    assert heads == []


async def test_the_connections_to_the_model_end_with_the_bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cop_bot.summariser.openai import OpenAISummariser

    closed: list[str] = []

    async def aclose(self: OpenAISummariser) -> None:
        closed.append(self.name)

    monkeypatch.setattr(OpenAISummariser, "aclose", aclose)
    async with open_ports(settings(tmp_path, OPENAI_MODEL="small")):
        assert closed == []
    assert closed == ["small"]


@pytest.mark.parametrize("key", ["sk-test", None])
async def test_wrong_prompts_are_told_at_the_start_whether_there_is_a_model_or_not(
    tmp_path: Path, key: str | None
) -> None:
    (tmp_path / "brief.system.md").write_text("Be brief, $nonsense.", encoding="utf-8")
    chosen = settings(tmp_path, COP_PROMPTS=str(tmp_path))
    chosen = chosen if key else chosen.model_copy(update={"openai_api_key": None})
    with pytest.raises(OperatorMistake, match=r"COP_PROMPTS: brief\.system\.md.*\$nonsense"):
        async with open_ports(chosen):
            pass


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperatorMistake, match=r"COP_PROMPTS: .*nowhere"):
        model_summariser(settings(tmp_path, COP_PROMPTS=str(tmp_path / "nowhere")))


@pytest.mark.parametrize("name", ["OPENAI_TOKENS_PER_SESSION", "OPENAI_TOKENS_PER_DAY"])
@pytest.mark.parametrize("value", ["0", "-5", "many"])
def test_a_cap_is_a_number_above_nothing(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(OperatorMistake, match=name):
        settings(tmp_path, **{name: value})
