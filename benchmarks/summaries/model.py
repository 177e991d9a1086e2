"""The model of the right-hand columns: a server that is there already, or one started for a file of weights."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.summaries.counting import Counted, counting
from cop_bot.config import load_settings
from cop_bot.ports import Spent, Summariser
from cop_bot.summariser.openai import OpenAISummariser

_PATIENCE = 1800.0
"""Seconds for one answer: a model on one slow core is measured for what it writes, not for how long it takes."""
_NO_CAP = 1_000_000_000
_CONTEXT = 16384
_INSTALL = (
    "--model-file needs a server for it: `pip install xllamacpp` in any environment whose python is first in PATH or "
    "named by COP_BENCH_PYTHON, or llama.cpp's own `llama-server` in PATH."
)
_SERVE = """
import sys, time, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.hostnames, p.port, p.n_ctx, p.n_parallel = sys.argv[1], ["127.0.0.1"], int(sys.argv[2]), {context}, 1
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(p)
while True:
    time.sleep(60)
"""


class NoModel(Exception):
    """No model can be asked; says why."""


@dataclass(slots=True)
class Memory:
    """Answers kept as long as the program runs."""

    kept: dict[str, str] = field(default_factory=dict)
    used: int = 0

    async def recall(self, key: str) -> str | None:
        """The answer that was kept."""
        return self.kept.get(key)

    async def keep(self, key: str, answer: str, *, subject: str, numbers: Collection[int]) -> None:
        """Keep an answer."""
        del subject, numbers
        self.kept[key] = answer

    async def spent(self, subject: str) -> Spent:
        """All that was spent."""
        del subject
        return Spent(self.used, self.used)

    async def spend(self, subject: str, tokens_in: int, tokens_out: int) -> None:
        """Count it."""
        del subject
        self.used += tokens_in + tokens_out


@dataclass(frozen=True, slots=True)
class Model:
    """A summariser that asks a model, and what it asked."""

    summariser: Summariser
    counted: Counted


@asynccontextmanager
async def model(weights: Path | None) -> AsyncIterator[Model | None]:
    """The model that OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL name, or one in a file; None without either.

    Raises NoModel if there is no server for the file.
    """
    if weights is not None:
        async with _served(weights) as url, asked(url, weights.stem, "none") as found:
            yield found
    elif os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_KEY"):
        url = os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
        name = os.environ.get("OPENAI_MODEL") or load_settings().openai_model
        async with asked(url, name, os.environ.get("OPENAI_API_KEY") or "none") as found:
            yield found
    else:
        yield None


@asynccontextmanager
async def asked(url: str, name: str, key: str) -> AsyncIterator[Model]:
    """The model behind this address, with all that it is asked counted."""
    async with counting(url) as (door, counted):
        summariser = OpenAISummariser(
            key,
            door,
            name,
            answers=Memory(),
            tokens_per_session=_NO_CAP,
            tokens_per_day=_NO_CAP,
            call_seconds=_PATIENCE,
            total_seconds=None,
        )
        try:
            yield Model(summariser, counted)
        finally:
            await summariser.aclose()


@asynccontextmanager
async def _served(weights: Path) -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *_command(weights, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        await _listening(process, port)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _command(weights: Path, port: int) -> list[str]:
    if not weights.is_file():
        raise NoModel(f"There is no file {weights}.")
    if found := shutil.which("llama-server"):
        options = ["--host", "127.0.0.1", "--port", str(port), "--parallel", "1", "--ctx-size", str(_CONTEXT)]
        return [found, "-m", str(weights), *options]
    for python in (os.environ.get("COP_BENCH_PYTHON"), sys.executable, shutil.which("python3")):
        if (
            python
            and subprocess.run([python, "-c", "import xllamacpp"], capture_output=True, check=False).returncode == 0
        ):
            return [python, "-c", _SERVE.format(context=_CONTEXT), str(weights), str(port)]
    raise NoModel(_INSTALL)


async def _listening(process: asyncio.subprocess.Process, port: int) -> None:
    """Wait until it has loaded the weights: it answers about itself only then."""
    from aiohttp import ClientError, ClientSession

    async with ClientSession() as beyond:
        for _ in range(600):
            if process.returncode is not None:
                raise NoModel("The model's server ended as soon as it was started.")
            try:
                async with beyond.get(f"http://127.0.0.1:{port}/health") as answer:
                    if answer.status == 200:
                        return
            except ClientError:
                pass
            await asyncio.sleep(0.2)
    raise NoModel("The model's server did not load the weights within two minutes.")
