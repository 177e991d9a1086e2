"""How long the offline summariser takes, and how much memory: python benchmarks/summaries.py

The statements are made up from a few words, so that every run and every machine reads the same ones.
"""

import random
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime

from cop_bot.domain.assignment import Assignment, Voice
from cop_bot.summariser.offline import write

SIZES = (100, 1_000, 10_000)
OPENED = datetime(2020, 11, 23, 8, 0, tzinfo=UTC)
WORDS = [f"{root}{ending}" for root in ("fund", "risk", "village", "report", "partner", "train", "vote") for ending in
         ("ing", "s", "ation", "ers", "ful", "line", "house", "less", "work", "day")]  # fmt: skip


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


def measure(count: int) -> None:
    """One line: how many, seconds, and by how many megabytes the process grew."""
    assignment = Assignment("How to share power", statements(count))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    write(assignment)
    took = time.perf_counter() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{count:>7} contributions  {took:6.2f} s  {grown:6.1f} MB more")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        for size in SIZES:  # each in a process of its own: memory that was taken is not given back
            subprocess.run([sys.executable, __file__, str(size)], check=True)
