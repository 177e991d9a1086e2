"""`cop serve` as a process of its own, and what an operator does with it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COP = (sys.executable, "-m", "cop_bot")

Line = dict[str, Any]


@dataclass
class Served:
    """A bot that can be started, killed and asked for its record, again and again."""

    folder: Path
    settings: Mapping[str, str]
    arguments: tuple[str, ...] = ()
    wrap: tuple[str, ...] = ()
    """What runs it, such as the command that enters a network."""
    name: str = "cop"
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log_file(self) -> Path:
        """All that it has logged, over all its lives."""
        return self.folder / f"{self.name}.log"

    def start(self) -> None:
        """Start it; that it serves is for the caller to see."""
        assert self.process is None
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.wrap, *COP, "serve", *self.arguments], env=self._env(), cwd=self.folder, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """As when the machine goes down: nothing is finished."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self, seconds: float = 20) -> int:
        """As an operator stops it; returns the exit status. Fails when it takes longer than it may."""
        _must_not_block_a_loop()
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(seconds)
        self.process = None
        return status

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Another command of `cop` with the same settings."""
        _must_not_block_a_loop()
        return subprocess.run(
            [*COP, *arguments], env=self._env() | settings, cwd=self.folder, capture_output=True, text=True, timeout=60
        )

    def record(self) -> list[Line]:
        """What `cop export` prints, in the order of the numbers."""
        done = self.run("export")
        assert done.returncode == 0, done.stderr
        lines: list[Line] = [json.loads(line) for line in done.stdout.splitlines()]
        return sorted(lines, key=lambda line: line["number"] or 0)

    def log(self) -> list[Line]:
        """What it has logged, line by line."""
        return [json.loads(line) for line in self.log_file.read_text().splitlines() if line.startswith("{")]

    def has_logged(self, event: str) -> bool:
        """Whether it has come to this."""
        return any(line["event"] == event for line in self.log())

    def _env(self) -> dict[str, str]:
        return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **self.settings}


def _must_not_block_a_loop() -> None:
    """A loop that serves the bot's platform would keep the bot waiting for as long as it waits for the bot."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise AssertionError("wait for another process in a thread: asyncio.to_thread")


def passed_by(log: list[Line]) -> int:
    """How many reminders were not sent because their moment had passed, as the log tells."""
    dropped = [line for line in log if line.get("state") == "dropped" and "/reminder/" in str(line.get("key"))]
    nights = [int(line.get(why, 0)) for line in log if line.get("event") == "reminded" for why in ("night", "missed")]
    return len(dropped) + sum(nights)


@contextmanager
def serving(served: Served) -> Iterator[Served]:
    """It runs in here, and nothing of it is left afterwards."""
    served.start()
    try:
        yield served
    finally:
        if served.process is not None:
            served.kill()
