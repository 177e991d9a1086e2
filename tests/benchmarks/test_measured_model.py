"""The model's columns: what goes through is counted by what the server says, and without a model they say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from benchmarks.summaries.by_model import model_columns
from benchmarks.summaries.counting import counting
from benchmarks.summaries.model import Memory, NoModel, model


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL"):
        monkeypatch.delenv(name, raising=False)


async def serve(app: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/v1"


async def test_everything_passes_unchanged_and_is_counted() -> None:
    async def answer(request: web.Request) -> web.Response:
        if "nonsense" in await request.text():
            return web.json_response({"error": "no"}, status=400, headers={"Retry-After": "7"})
        assert request.headers["Authorization"] == "Bearer key"
        return web.json_response({"usage": {"prompt_tokens": 12, "completion_tokens": 5}})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner, url = await serve(app)
    async with counting(url) as (door, counted), ClientSession() as client:
        headers = {"Authorization": "Bearer key"}
        async with client.post(f"{door}/chat/completions", json={"messages": []}, headers=headers) as good:
            assert (await good.json())["usage"]["prompt_tokens"] == 12
        async with client.post(f"{door}/chat/completions", data="nonsense") as bad:
            assert (bad.status, bad.headers["Retry-After"]) == (400, "7")
    await runner.cleanup()
    assert (counted.now(), counted.refused) == ((2, 12, 5), 1)
    assert counted.sent[1] == "nonsense"


async def test_without_a_model_the_column_says_so() -> None:
    (column,) = await model_columns(None, 40)
    assert [cell.text for cell in column.cells.values()] == ["not run"]


async def test_a_file_of_weights_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=r"no file .*weights\.gguf"):
        async with model(tmp_path / "weights.gguf"):
            pass


async def test_answers_are_remembered_while_it_measures() -> None:
    memory = Memory()
    await memory.keep("key", "answer", subject="", numbers=())
    await memory.spend("", 10, 5)
    assert (await memory.recall("key"), await memory.recall("other")) == ("answer", None)
    assert (await memory.spent("")).today == 15
