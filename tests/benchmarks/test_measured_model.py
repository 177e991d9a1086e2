"""The model's columns: what goes through is counted by what the server says, and without a model they say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from benchmarks.summaries.by_model import model_columns, played_column
from benchmarks.summaries.counting import counting
from benchmarks.summaries.datasets import Pile, Statement
from benchmarks.summaries.model import Memory, NoModel, model
from benchmarks.summaries.played import Played
from cop_bot.domain.brief import Brief, Point, Receipt, Section


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


async def test_a_model_that_is_played_has_its_true_points_shown_and_no_false_one() -> None:
    said = (
        "The clinic in the hills needs a nurse who stays.",
        "Buses after nine in the evening would bring the apprentices home.",
        "Plant trees along the market road before the summer.",
        "The library should open on Sunday for families.",
        "Rents near the station have doubled since the fair.",
        "Farmers sell at the gate because the market is full.",
        "A radio programme in Makhuwa reaches the fishing villages.",
        "Street lamps behind the mill are dark from October on.",
        "Every audit costs a small partner a whole month.",
        "Young people want a vote in the water committee.",
        "School meals with local vegetables cost less than rice.",
        "The ferry leaves before the hospital shift ends.",
    )
    pile = Pile("clinics", "en", tuple(Statement(text, f"m{at % 12}", "en") for at, text in enumerate(said)))
    column = await played_column(pile, (40,))
    assert {key: column.cells[key].holds for key in ("Q19", "Q19f", "Q15k")} == {
        "Q19": True,
        "Q19f": True,
        "Q15k": True,
    }
    assert column.cells["Q19"].text != "1.00 (0/0)"


def test_a_true_point_that_is_not_shown_and_a_false_one_that_is_are_counted() -> None:
    strong = Played(true=["Water is far."], false=["Water is free."], in_the_end=["Water is far."])
    brief = Brief((Point(Section.MAIN_POINTS, "Water is free.", (1,)),), Receipt((1,)), "played", "en")
    assert strong.published(brief, 6).value == 0
    assert strong.slipped(brief).good == 1
