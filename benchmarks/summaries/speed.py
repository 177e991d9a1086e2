"""Q18: how long the offline summariser takes and how much memory, each size in a fresh process.

    python -m benchmarks.summaries.speed 1000      (seconds, megabytes more, as JSON)

The statements are made up from a few words, so that every run and every machine reads the same ones.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cop_bot.domain.assignment import Assignment, Voice

OPENED = datetime(2020, 11, 23, 8, 0, tzinfo=UTC)
WORDS = [f"{root}{ending}" for root in ("fund", "risk", "village", "report", "partner", "train", "vote") for ending in
         ("ing", "s", "ation", "ers", "ful", "line", "house", "less", "work", "day")]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Took:
    """What one run cost: seconds of one core, seconds on the wall, and megabytes that the process grew by."""

    seconds: float
    wall: float
    megabytes: float


def statements(count: int) -> tuple[Voice, ...]:
    """Statements of 8 to 30 words in English frames; common words are common, as in real ones."""
    chance = random.Random(count)
    found = []
    for number in range(1, count + 1):
        rare = [f"{chance.choice(WORDS)}{chance.randrange(count)}" for _ in range(chance.randrange(2, 8))]
        common = chance.choices(WORDS, [1 / rank for rank in range(1, len(WORDS) + 1)], k=chance.randrange(4, 20))
        words = rare + common
        chance.shuffle(words)
        text = f"We should have the {' '.join(words)} with our own"
        found.append(Voice(number, "idea", text, f"m{number % 97}", OPENED))
    return tuple(found)


def in_a_fresh_process(count: int) -> Took:
    """What `count` contributions cost."""
    command = [sys.executable, "-m", "benchmarks.summaries.speed", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ.copy())
    return Took(**json.loads(done.stdout))


def measure(count: int) -> Took:
    """Write one brief in this process, whose memory is not given back."""
    from cop_bot.summariser.choosing.selection import write

    assignment = Assignment("How to share power", statements(count))
    before = _peak()
    started, core = time.perf_counter(), time.process_time()
    write(assignment)
    wall, seconds = time.perf_counter() - started, time.process_time() - core
    return Took(round(seconds, 3), round(wall, 3), round((_peak() - before) / 1024, 1))


def _peak() -> int:
    """The most memory that this process has held, in kilobytes. Linux counts the parent's into `ru_maxrss`."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    took = measure(int(sys.argv[1]))
    print(json.dumps(asdict(took)))
